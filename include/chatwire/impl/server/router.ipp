// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_SERVER_ROUTER_IPP
#define CHATWIRE_IMPL_SERVER_ROUTER_IPP

#include <chatwire/http/target.hpp>
#include <chatwire/server/router.hpp>

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <utility>

namespace chatwire {
namespace detail {

// Empty segments do not count: doubled and trailing slashes are a habit of clients that join paths.
inline std::vector<std::string> split_path(std::string_view path)
{
    std::vector<std::string> out;
    while (!path.empty()) {
        auto const end = std::min(path.find('/'), path.size());
        if (end > 0)
            out.emplace_back(path.substr(0, end));
        path.remove_prefix(std::min(end + 1, path.size()));
    }
    return out;
}

// The pattern's parameters, or nothing where the path does not fit.
inline std::optional<std::vector<std::pair<std::string, std::string>>>
match_segments(std::vector<std::string> const& pattern, std::vector<std::string> const& path)
{
    std::vector<std::pair<std::string, std::string>> params;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        std::string_view p = pattern[i];
        bool const takes_rest = p.ends_with("...}");
        if (i >= path.size() || (i + 1 == pattern.size() && !takes_rest && path.size() != pattern.size()))
            return std::nullopt;
        if (p.front() != '{') {
            if (path[i] != p)
                return std::nullopt;
            continue;
        }
        std::string raw = path[i];
        if (takes_rest)
            for (std::size_t j = i + 1; j < path.size(); ++j)
                raw += '/' + path[j];
        auto value = http::decode_segment(raw);
        if (!value)
            return std::nullopt;
        params.emplace_back(p.substr(1, p.size() - (takes_rest ? 5 : 2)), std::move(*value));
        if (takes_rest)
            return params;
    }
    if (path.size() != pattern.size())
        return std::nullopt;
    return params;
}

// One more method for a list of those that are allowed.
inline void allow_method(std::string& allow, std::string const& method)
{
    auto const add = [&](std::string const& m) {
        if ((", " + allow + ",").find(", " + m + ",") == std::string::npos)
            allow += (allow.empty() ? "" : ", ") + m;
    };
    add(method);
    if (method == "GET")
        add("HEAD");
}

} // namespace detail

CHATWIRE_DECL void router::add(route r)
{
    auto segments = detail::split_path(r.pattern);
    auto at = routes_.end();
    if (r.alias_of.empty())
        at = routes_.begin() + static_cast<std::ptrdiff_t>(own_++);
    routes_.insert(at, {std::move(r), std::move(segments)});
}

CHATWIRE_DECL void router::errors_below(std::string_view prefix, error_shape shape)
{
    shapes_.emplace_back(detail::split_path(prefix), shape);
}

CHATWIRE_DECL route const& router::preflight_route()
{
    static route const r{
        .method = "OPTIONS",
        .begin =
            [](server_call const& call) { return std::make_unique<immediate_plan>(origin_rules::preflight(call)); },
        .max_body = 0};
    return r;
}

// What a caller may ask of the server as a whole.
CHATWIRE_DECL route const& router::options_route()
{
    static route const r{.method = "OPTIONS",
                         .begin =
                             [](server_call const& call) {
                                 answer a{.status = 204};
                                 (void)a.fields.set("Allow", call.allow); // methods are tokens
                                 return std::make_unique<immediate_plan>(std::move(a));
                             },
                         .max_body = 0};
    return r;
}

CHATWIRE_DECL bool router::knows_method(std::string_view method) const noexcept
{
    for (std::string_view const m : {"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH"})
        if (method == m)
            return true;
    return std::any_of(routes_.begin(), routes_.end(), [&](entry const& e) { return e.route.method == method; });
}

CHATWIRE_DECL result<route const*> router::match(server_call& call) const
{
    auto const target = http::split_target(call.head.target);
    call.path = target.path;
    call.query = target.query;
    auto const segments = detail::split_path(target.path);
    for (auto const& [prefix, shape] : shapes_)
        if (prefix.size() <= segments.size() && std::equal(prefix.begin(), prefix.end(), segments.begin()))
            call.errors = shape;
    if (!knows_method(call.head.method))
        return refusal(501, "Method not implemented: " + call.head.method);
    if (target.path == "*" && call.head.method == "OPTIONS") {
        for (auto const& e : routes_)
            detail::allow_method(call.allow, e.route.method);
        return &options_route();
    }
    if (!target.path.starts_with('/'))
        return refusal(400, "the request target must be a path");
    if (!http::decode_segment(target.path))
        return refusal(400, "the path is not well encoded");

    std::string allow;
    // HEAD asks for what GET would answer; the connection leaves the body out
    std::string_view const method = call.head.method == "HEAD" ? std::string_view("GET") : call.head.method;
    for (auto const& e : routes_) {
        auto params = detail::match_segments(e.segments, segments);
        if (!params)
            continue;
        if (e.route.method == method) {
            call.params = std::move(*params);
            return &e.route;
        }
        detail::allow_method(allow, e.route.method);
    }
    if (!allow.empty()) {
        call.allow = std::move(allow);
        if (origins.is_preflight(call.head))
            return &preflight_route();
        return refusal(405, "Method not allowed: " + call.head.method + " " + call.path);
    }
    return refusal(404, "Not found: " + call.head.method + " " + call.path, "invalid_request_error", {}, "unknown_url");
}

} // namespace chatwire
#endif
