// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_SERVER_OFFLINE_TEXT_IPP
#define CHATWIRE_IMPL_SERVER_OFFLINE_TEXT_IPP

#include <chatwire/server/offline/detail/text.hpp>
#include <chatwire/server/offline/text.hpp>

#include <algorithm>

namespace chatwire::offline {
namespace detail {

// The largest place not above `at` where no character is cut. A character is at most four bytes long: where more bytes
// continue, there is no character to spare.
inline std::size_t character_border(std::string_view s, std::size_t at) noexcept
{
    if (at >= s.size())
        return s.size();
    for (auto p = at; at - p < 4; --p) {
        if (!continues(s[p]))
            return p;
        if (p == 0)
            break;
    }
    return at;
}

inline void append_clean(std::string& out, std::string_view s)
{
    while (!s.empty()) {
        auto const n = utf8_length(s);
        if (n == 0) {
            out += "\xEF\xBF\xBD";
            s.remove_prefix(1);
            continue;
        }
        auto const c = static_cast<unsigned char>(s[0]);
        auto const character = s.substr(0, n);
        if (n == 1 && (c < 0x20 || c == 0x7F))
            out += c == '\n' ? '\n' : ' ';
        else if (character == "\xC2\xA0" || character == "\xE3\x80\x80") // no-break space, ideographic space
            out += ' ';
        else
            out += character;
        s.remove_prefix(n);
    }
}

} // namespace detail

CHATWIRE_DECL std::string clean(std::string_view text, std::size_t max)
{
    std::string out;
    if (text.size() <= max) {
        out.reserve(text.size());
        detail::append_clean(out, text);
        return out;
    }
    out.reserve(max + 1);
    detail::append_clean(out, text.substr(0, detail::character_border(text, max / 2)));
    out += '\n';
    auto tail = text.size() - max / 2;
    while (tail < text.size() && detail::continues(text[tail]))
        ++tail;
    detail::append_clean(out, text.substr(tail));
    return out;
}

CHATWIRE_DECL std::string shorten(std::string_view text, std::size_t max)
{
    if (text.size() <= max)
        return std::string(text);
    return std::string(text.substr(0, detail::character_border(text, max))) + "...";
}

CHATWIRE_DECL std::size_t piece_length(std::string_view rest) noexcept
{
    constexpr std::size_t longest = 32;
    std::size_t i = 0;
    auto const skip_blanks = [&](std::size_t most) {
        for (auto const end = std::min(rest.size(), i + most); i != end && detail::is_blank(rest[i]);)
            ++i;
    };
    skip_blanks(longest);
    auto const start = i;
    while (i != rest.size() && i - start != longest && !detail::is_blank(rest[i]))
        ++i;
    if (i - start == longest)
        i = std::max(start + 1, detail::character_border(rest, i));
    skip_blanks(longest);
    return i;
}

CHATWIRE_DECL std::size_t count_pieces(std::string_view text) noexcept
{
    std::size_t n = 0;
    for (; !text.empty(); ++n)
        text.remove_prefix(piece_length(text));
    return n;
}

CHATWIRE_DECL std::string to_lower(std::string_view text)
{
    std::string out(text);
    for (auto& c : out)
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c - 'A' + 'a');
    return out;
}

} // namespace chatwire::offline
#endif
