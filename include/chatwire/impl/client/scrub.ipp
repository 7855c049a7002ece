// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_CLIENT_SCRUB_IPP
#define CHATWIRE_IMPL_CLIENT_SCRUB_IPP

#include <chatwire/client/credentials.hpp>
#include <chatwire/client/route.hpp>
#include <chatwire/client/scrub.hpp>

#include <algorithm>

namespace chatwire {

CHATWIRE_DECL void scrub(std::string& text, std::string_view secret)
{
    if (secret.empty())
        return;
    for (auto at = text.find(secret); at != text.npos; at = text.find(secret, at + scrubbed.size()))
        text.replace(at, secret.size(), scrubbed);
    for (auto n = std::min(text.size(), secret.size() - 1); n >= least_scrubbed; --n)
        if (std::string_view(text).ends_with(secret.substr(0, n))) {
            text.replace(text.size() - n, n, scrubbed);
            return;
        }
}

CHATWIRE_DECL std::vector<secret> secrets_of(client_options const& options)
{
    constexpr std::size_t least = 4;
    std::vector<secret> out;
    auto const add = [&](std::string_view text) {
        if (text.size() >= least)
            out.emplace_back(std::string(text));
    };
    // `Bearer KEY`: the scheme is none of it
    auto const add_value = [&](std::string_view value) {
        auto const space = value.rfind(' ');
        add(space == value.npos ? value : value.substr(space + 1));
    };
    add(options.api_key.reveal());
    for (auto const& f : options.headers)
        if (is_credential(f.name))
            add_value(f.value);
    if (options.proxy.reveal().find('@') != std::string_view::npos) { // it has a password
        add(options.proxy.reveal());
        http::url to;
        to.origin = {.scheme = "http", .host = "host", .port = 80};
        if (auto const way = find_route({.proxy = options.proxy, .credentials_in_the_clear = true}, to))
            add_value(way->proxy_authorization.reveal());
    }
    return out;
}

CHATWIRE_DECL failure scrub(failure f, std::vector<secret> const& secrets)
{
    for (auto* text : {&f.message, &f.type, &f.param, &f.api_code, &f.request_id})
        for (auto const& s : secrets)
            scrub(*text, s.reveal());
    return f;
}

} // namespace chatwire
#endif
