// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_HTTP_TARGET_IPP
#define CHATWIRE_IMPL_HTTP_TARGET_IPP

#include <chatwire/http/grammar.hpp>
#include <chatwire/http/target.hpp>

#include <algorithm>

namespace chatwire::http {
namespace detail {

inline std::optional<std::string> decode(std::string_view text, bool plus_is_space)
{
    auto const digit = [](char c) { return c <= '9' ? c - '0' : lower(c) - 'a' + 10; };
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%') {
            if (text.size() - i < 3 || !is_hex(text[i + 1]) || !is_hex(text[i + 2]))
                return std::nullopt;
            out += static_cast<char>(digit(text[i + 1]) * 16 + digit(text[i + 2]));
            if (out.back() == '\0')
                return std::nullopt;
            i += 2;
        } else {
            out += plus_is_space && text[i] == '+' ? ' ' : text[i];
        }
    }
    return out;
}

} // namespace detail

CHATWIRE_DECL target_view split_target(std::string_view target) noexcept
{
    if (!target.starts_with('/')) {
        auto const colon = target.substr(0, target.find_first_of("/?")).find(':');
        if (colon == target.npos || !target.substr(colon).starts_with("://"))
            return {target, {}};
        target.remove_prefix(colon + 3);
        target.remove_prefix(std::min(target.find_first_of("/?"), target.size()));
        if (!target.starts_with('/'))
            return {"/", target.substr(target.empty() ? 0 : 1)};
    }
    auto const question = std::min(target.find('?'), target.size());
    return {target.substr(0, question), target.substr(std::min(question + 1, target.size()))};
}

CHATWIRE_DECL std::string encode_segment(std::string_view text)
{
    constexpr std::string_view digits = "0123456789ABCDEF";
    if (text == "." || text == "..") // mean "here" and "above" to somebody on the way, unless their dots are encoded
        return text.size() == 1 ? "%2E" : "%2E%2E";
    std::string out;
    out.reserve(text.size());
    for (char c : text) {
        auto const u = static_cast<unsigned char>(c);
        if (detail::is_alnum(c) || c == '-' || c == '.' || c == '_' || c == '~')
            out += c;
        else
            out.append(1, '%').append(1, digits[u >> 4]).append(1, digits[u & 15]);
    }
    return out;
}

CHATWIRE_DECL result<std::string> decode_segment(std::string_view text)
{
    if (auto decoded = detail::decode(text, false))
        return std::move(*decoded);
    return failure(errc::bad_target, "bad percent-encoding");
}

CHATWIRE_DECL std::optional<std::string> find_query(std::string_view query, std::string_view name)
{
    while (!query.empty()) {
        auto const end = std::min(query.find('&'), query.size());
        auto const pair = query.substr(0, end);
        auto const equals = std::min(pair.find('='), pair.size());
        if (detail::decode(pair.substr(0, equals), true) == name)
            return detail::decode(pair.substr(std::min(equals + 1, pair.size())), true);
        query.remove_prefix(std::min(end + 1, query.size()));
    }
    return std::nullopt;
}

} // namespace chatwire::http
#endif
