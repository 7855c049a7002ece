// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_SERVER_ORIGIN_RULES_IPP
#define CHATWIRE_IMPL_SERVER_ORIGIN_RULES_IPP

#include <chatwire/http/grammar.hpp>
#include <chatwire/http/loopback.hpp>
#include <chatwire/http/url.hpp>
#include <chatwire/server/origin_rules.hpp>

#include <algorithm>
#include <utility>

namespace chatwire {
namespace detail {

// The name a request is sent to: the target's, if it is a whole URL, which the framing has compared with Host.
inline std::string_view authority_of(http::request_head const& head) noexcept
{
    std::string_view const target = head.target;
    if (auto const colon = target.find("://"); !target.starts_with('/') && colon != target.npos) {
        auto const rest = target.substr(colon + 3);
        return rest.substr(0, rest.find_first_of("/?"));
    }
    return head.fields.find("host").value_or("");
}

inline bool are_tokens(std::string_view list) noexcept
{
    while (!list.empty()) {
        auto const comma = std::min(list.find(','), list.size());
        if (!http::is_token(http::trim(list.substr(0, comma))))
            return false;
        list.remove_prefix(std::min(comma + 1, list.size()));
    }
    return true;
}

} // namespace detail

CHATWIRE_DECL bool origin_rules::valid_origin(std::string_view text) noexcept
{
    auto const colon = text.find("://");
    if (colon == text.npos || colon == 0)
        return false;
    auto const is_lower = [](char c) { return 'a' <= c && c <= 'z'; };
    auto const scheme = text.substr(0, colon);
    if (!is_lower(scheme.front()) || !std::all_of(scheme.begin(), scheme.end(), [&](char c) {
            return is_lower(c) || ('0' <= c && c <= '9') || c == '+' || c == '-' || c == '.';
        }))
        return false;
    auto const authority = text.substr(colon + 3);
    std::string_view host;
    auto const port = http::split_authority(authority, host);
    return port &&
           *port != (scheme == "https"  ? 443
                     : scheme == "http" ? 80
                                        : 0x10000) &&
           std::none_of(host.begin(), host.end(), [](char c) { return 'A' <= c && c <= 'Z'; });
}

CHATWIRE_DECL bool origin_rules::knows_origin(std::string_view origin) const
{
    if (!origins.empty())
        return origin != "null" && std::find(origins.begin(), origins.end(), origin) != origins.end();
    auto const url = http::parse_url(origin);
    return url && url->origin.to_string() == origin && url->origin.port == port && http::is_loopback(url->origin.host);
}

CHATWIRE_DECL bool origin_rules::knows_host(std::string_view name) const noexcept
{
    bool const v6 = name.starts_with('[') && name.ends_with(']');
    return http::is_loopback(v6 ? name.substr(1, name.size() - 2) : name) ||
           std::any_of(hosts.begin(), hosts.end(), [&](auto const& h) { return http::iequals(h, name); });
}

CHATWIRE_DECL std::optional<failure> origin_rules::check_host(http::request_head const& head) const
{
    if (!loopback && hosts.empty())
        return std::nullopt;
    auto const authority = detail::authority_of(head);
    std::string_view host;
    // an HTTP/1.0 request without Host names nobody; no browser sends one
    if (authority.empty() || (http::split_authority(authority, host) && knows_host(host)))
        return std::nullopt;
    return refusal(421, "This server does not answer to the name '" + std::string(authority) + "'",
                   "invalid_request_error", {}, "foreign_host");
}

CHATWIRE_DECL std::optional<failure> origin_rules::check_origin(http::request_head const& head) const
{
    if (head.fields.count("origin") == 0 || knows_origin(origin_of(head)))
        return std::nullopt;
    return refusal(403, "Pages of this origin may not call this", "permission_error", {}, "foreign_origin");
}

CHATWIRE_DECL std::string_view origin_rules::origin_of(http::request_head const& head) noexcept
{
    return head.fields.count("origin") == 1 ? *head.fields.find("origin") : std::string_view();
}

CHATWIRE_DECL void origin_rules::share(std::string_view origin, http::fields& answer) const
{
    if (origins.empty())
        return;
    // all of these are valid values: the origin equals one that is in `origins`
    (void)answer.set("Vary", "Origin");
    if (!knows_origin(origin))
        return;
    (void)answer.set("Access-Control-Allow-Origin", origin);
    (void)answer.set("Access-Control-Expose-Headers", "X-Session-ID, x-request-id, Retry-After");
}

CHATWIRE_DECL bool origin_rules::is_preflight(http::request_head const& head) const
{
    return head.method == "OPTIONS" && !origins.empty() && knows_origin(origin_of(head)) &&
           head.fields.count("access-control-request-method") != 0;
}

CHATWIRE_DECL answer origin_rules::preflight(server_call const& call)
{
    answer a{.status = 204};
    (void)a.fields.set("Access-Control-Allow-Methods", call.allow);
    if (auto const wanted = call.head.fields.find("access-control-request-headers");
        wanted && detail::are_tokens(*wanted))
        (void)a.fields.set("Access-Control-Allow-Headers", *wanted);
    (void)a.fields.set("Access-Control-Max-Age", "600"); // seconds
    return a;
}

} // namespace chatwire
#endif
