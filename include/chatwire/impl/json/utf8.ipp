// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_JSON_UTF8_IPP
#define CHATWIRE_IMPL_JSON_UTF8_IPP

#include <chatwire/json/utf8.hpp>

namespace chatwire::json {
namespace detail {

// The number of bytes that go on as a well-formed sequence, and whether they are a whole one.
inline std::size_t utf8_prefix(char const* p, char const* end, bool& whole) noexcept
{
    auto const at = [&](std::size_t i) { return static_cast<unsigned char>(p[i]); };
    auto const n = static_cast<std::size_t>(end - p);
    whole = false;
    if (n == 0)
        return 0;
    unsigned const c = at(0);
    if (c < 0x80) {
        whole = true;
        return 1;
    }
    // Table 3-7 of the Unicode standard: the second byte's range depends on the first
    std::size_t const length = c < 0xC2 ? 0 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : c < 0xF5 ? 4 : 0;
    if (length == 0)
        return 0;
    unsigned const low = c == 0xE0 ? 0xA0 : c == 0xF0 ? 0x90 : 0x80;
    unsigned const high = c == 0xED ? 0x9F : c == 0xF4 ? 0x8F : 0xBF;
    if (n < 2 || at(1) < low || at(1) > high)
        return 1;
    for (std::size_t i = 2; i < length; ++i)
        if (n <= i || (at(i) & 0xC0) != 0x80)
            return i;
    whole = true;
    return length;
}

} // namespace detail

CHATWIRE_DECL std::size_t utf8_length(char const* p, char const* end) noexcept
{
    bool whole = false;
    auto const n = detail::utf8_prefix(p, end, whole);
    return whole ? n : 0;
}

CHATWIRE_DECL std::size_t utf8_bad_length(char const* p, char const* end) noexcept
{
    bool whole = false;
    auto const n = detail::utf8_prefix(p, end, whole);
    return n == 0 ? 1 : n;
}

CHATWIRE_DECL void append_utf8(std::string& out, char32_t c)
{
    char sequence[4];
    out.append(sequence, detail::put_utf8(sequence, c));
}

CHATWIRE_DECL bool is_utf8(std::string_view text) noexcept
{
    auto const* p = text.data();
    auto const* const end = p + text.size();
    while (p != end) {
        auto const n = utf8_length(p, end);
        if (n == 0)
            return false;
        p += n;
    }
    return true;
}

} // namespace chatwire::json
#endif
