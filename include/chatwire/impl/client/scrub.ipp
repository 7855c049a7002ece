// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_CLIENT_SCRUB_IPP
#define CHATWIRE_IMPL_CLIENT_SCRUB_IPP

#include <chatwire/client/credentials.hpp>
#include <chatwire/client/route.hpp>
#include <chatwire/client/scrub.hpp>
#include <chatwire/http/grammar.hpp>
#include <chatwire/json/error_reader.hpp>

#include <algorithm>

namespace chatwire {

CHATWIRE_DECL void scrub(std::string& text, std::string_view secret)
{
    if (secret.empty())
        return;
    std::string clean;
    std::string_view rest = text;
    for (auto at = rest.find(secret); at != rest.npos; at = rest.find(secret)) {
        clean.append(rest, 0, at).append(scrubbed);
        rest.remove_prefix(at + secret.size());
    }
    for (auto n = std::min(rest.size(), secret.size() - 1); n >= least_scrubbed; --n)
        if (rest.ends_with(secret.substr(0, n))) {
            clean.append(rest, 0, rest.size() - n).append(scrubbed);
            rest = {};
            break;
        }
    if (rest.size() != text.size())
        text = clean.append(rest);
}

CHATWIRE_DECL std::vector<secret> secrets_of(client_options const& options)
{
    constexpr std::size_t least = 4;
    std::vector<secret> out;
    auto const add = [&](std::string_view text) {
        text = http::trim(text);
        if (text.size() >= least)
            out.emplace_back(std::string(text));
    };
    // The whole of it, then what its parts are worth: `Bearer KEY`, `Digest name=value, name="value"`, and of cookies
    // `name=value; name=value`.
    auto const add_value = [&](std::string_view name, std::string_view value) {
        bool const cookies = http::iequals(name, "Cookie");
        value = http::trim(value);
        if (auto const space = value.find(' '); !cookies && space != value.npos)
            value = http::trim(value.substr(space + 1)); // the scheme is none of it
        add(value);
        while (!value.empty()) {
            auto const end = std::min(value.find(cookies ? ';' : ','), value.size());
            auto const part = value.substr(0, end);
            value.remove_prefix(std::min(end + 1, value.size()));
            auto const equals = part.find('=');
            if (equals == part.npos)
                continue;
            auto worth = http::trim(part.substr(equals + 1));
            if (worth.size() >= 2 && worth.starts_with('"') && worth.ends_with('"'))
                worth = worth.substr(1, worth.size() - 2);
            add(worth);
        }
    };
    add(options.api_key.reveal());
    for (auto const& f : options.headers)
        if (is_credential(f.name))
            add_value(f.name, f.value);
    if (options.proxy.reveal().find('@') != std::string_view::npos) { // it has a password
        add(options.proxy.reveal());
        http::url to;
        to.origin = {.scheme = "http", .host = "host", .port = 80};
        if (auto const way = find_route({.proxy = options.proxy, .credentials_in_the_clear = true}, to)) {
            add_value("Proxy-Authorization", way->proxy_authorization.reveal());
            add(way->proxy_password.reveal());
        }
    }
    return out;
}

CHATWIRE_DECL failure scrub(failure f, std::vector<secret> const& secrets)
{
    for (auto* text : {&f.message, &f.type, &f.param, &f.api_code, &f.request_id}) {
        for (auto const& s : secrets)
            scrub(*text, s.reveal());
        if (text->size() > json::max_error_text) // only now: part of a secret is not found in the midst of a text
            *text = json::error_text(*text);
    }
    return f;
}

} // namespace chatwire
#endif
