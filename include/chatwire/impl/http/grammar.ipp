// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_HTTP_GRAMMAR_IPP
#define CHATWIRE_IMPL_HTTP_GRAMMAR_IPP

#include <chatwire/http/grammar.hpp>

#include <algorithm>
#include <charconv>

namespace chatwire::http {
namespace detail {

inline char lower(char c) noexcept { return 'A' <= c && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }
inline bool is_digit(char c) noexcept { return '0' <= c && c <= '9'; }
inline bool is_alnum(char c) noexcept { return is_digit(c) || ('a' <= lower(c) && lower(c) <= 'z'); }
inline bool is_hex(char c) noexcept { return is_digit(c) || ('a' <= lower(c) && lower(c) <= 'f'); }

inline bool is_token_char(char c) noexcept
{
    return is_alnum(c) || (c != '\0' && std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos);
}

inline bool is_target_char(char c) noexcept
{
    return '!' <= c && c <= '~' && std::string_view("\"#<>\\").find(c) == std::string_view::npos;
}

// The text between the brackets: not every IPv6 address, but nothing that means anything else.
inline bool is_ipv6(std::string_view s) noexcept
{
    return 2 <= s.size() && s.size() <= 45 && std::count(s.begin(), s.end(), ':') >= 2 &&
           std::all_of(s.begin(), s.end(), [](char c) { return is_hex(c) || c == ':' || c == '.'; });
}

} // namespace detail

CHATWIRE_DECL bool iequals(std::string_view a, std::string_view b) noexcept
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](char x, char y) { return detail::lower(x) == detail::lower(y); });
}

CHATWIRE_DECL std::string_view trim(std::string_view s) noexcept
{
    auto const first = std::min(s.find_first_not_of(" \t"), s.size());
    s.remove_prefix(first);
    s.remove_suffix(s.size() - (s.find_last_not_of(" \t") + 1));
    return s;
}

CHATWIRE_DECL bool is_token(std::string_view s) noexcept
{
    return !s.empty() && std::all_of(s.begin(), s.end(), detail::is_token_char);
}

CHATWIRE_DECL bool valid_field_value(std::string_view s) noexcept
{
    return std::none_of(s.begin(), s.end(), [](char c) {
        auto const u = static_cast<unsigned char>(c);
        return (u < 0x20 && c != '\t') || u == 0x7f;
    });
}

CHATWIRE_DECL bool valid_host(std::string_view s) noexcept
{
    if (s.starts_with('['))
        return s.size() >= 2 && s.ends_with(']') && detail::is_ipv6(s.substr(1, s.size() - 2));
    return !s.empty() && std::all_of(s.begin(), s.end(), [](char c) {
        return detail::is_alnum(c) || c == '-' || c == '.' || c == '_' || c == '~';
    });
}

CHATWIRE_DECL std::optional<std::uint16_t> split_authority(std::string_view authority, std::string_view& host) noexcept
{
    auto const colon =
        authority.find(':', authority.starts_with('[') ? std::min(authority.find(']'), authority.size()) : 0);
    auto const name = authority.substr(0, colon);
    if (!valid_host(name))
        return std::nullopt;
    std::uint16_t port = 0;
    if (colon != authority.npos) {
        auto const number = parse_decimal(authority.substr(colon + 1));
        if (!number || *number == 0 || *number > 0xffff)
            return std::nullopt;
        port = static_cast<std::uint16_t>(*number);
    }
    host = name;
    return port;
}

CHATWIRE_DECL bool valid_target(std::string_view method, std::string_view target) noexcept
{
    if (target.empty() || !std::all_of(target.begin(), target.end(), detail::is_target_char))
        return false;
    std::string_view host;
    if (method == "CONNECT")
        return split_authority(target, host).value_or(0) != 0;
    if (target == "*")
        return method == "OPTIONS";
    if (target.front() == '/')
        return true;
    auto const colon = target.find("://");
    if (colon == target.npos ||
        !(iequals(target.substr(0, colon), "http") || iequals(target.substr(0, colon), "https")))
        return false;
    auto const rest = target.substr(colon + 3);
    return split_authority(rest.substr(0, rest.find_first_of("/?")), host).has_value();
}

CHATWIRE_DECL std::optional<std::uint64_t> parse_decimal(std::string_view s) noexcept
{
    std::uint64_t value = 0;
    auto const [end, error] = std::from_chars(s.data(), s.data() + s.size(), value);
    if (s.empty() || error != std::errc{} || end != s.data() + s.size())
        return std::nullopt;
    return value;
}

} // namespace chatwire::http
#endif
