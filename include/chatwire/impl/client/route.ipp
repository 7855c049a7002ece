// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_CLIENT_ROUTE_IPP
#define CHATWIRE_IMPL_CLIENT_ROUTE_IPP

#include <chatwire/client/credentials.hpp>
#include <chatwire/client/route.hpp>
#include <chatwire/http/grammar.hpp>
#include <chatwire/http/loopback.hpp>
#include <chatwire/http/target.hpp>

#include <algorithm>
#include <cstdint>
#include <string_view>

namespace chatwire {
namespace detail {

// RFC 4648, 4
inline std::string base64(std::string_view bytes)
{
    constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        auto const three = bytes.substr(i, 3);
        std::uint32_t bits = 0;
        for (std::size_t k = 0; k < 3; ++k)
            bits = bits << 8 | (k < three.size() ? static_cast<unsigned char>(three[k]) : 0u);
        for (std::size_t k = 0; k < 4; ++k)
            out += k <= three.size() ? alphabet[bits >> (18 - 6 * k) & 63] : '=';
    }
    return out;
}

// One entry of `no_proxy`: `*`, an address, or a name that also stands for what is below it; a port may follow.
inline bool covers(std::string_view entry, http::origin const& to)
{
    if (entry == "*")
        return true;
    auto const port = ':' + std::to_string(to.port);
    bool const address = to.host.find(':') != to.host.npos; // has colons of its own
    if (entry.find(address ? "]:" : ":") != entry.npos) {
        if (!entry.ends_with(port))
            return false;
        entry.remove_suffix(port.size());
    }
    if (entry.starts_with('[') && entry.ends_with(']'))
        entry = entry.substr(1, entry.size() - 2);
    if (entry.starts_with('.'))
        entry.remove_prefix(1);
    if (entry.empty() || entry.size() > to.host.size())
        return false;
    auto const end = std::string_view(to.host).substr(to.host.size() - entry.size());
    return http::iequals(end, entry) &&
           (end.size() == to.host.size() || to.host[to.host.size() - entry.size() - 1] == '.');
}

// `http://user:password@host:port`
inline result<void> route_by(client_route& r, std::string_view proxy)
{
    std::string plain(proxy);
    auto const scheme = proxy.find("://");
    auto const begin = scheme == proxy.npos ? proxy.npos : scheme + 3;
    if (begin != proxy.npos) {
        auto const authority = proxy.substr(begin, std::min(proxy.find_first_of("/?#", begin), proxy.size()) - begin);
        if (auto const at = authority.rfind('@'); at != authority.npos) {
            auto const user = authority.substr(0, at);
            auto const colon = std::min(user.find(':'), user.size());
            auto const name = http::decode_segment(user.substr(0, colon));
            auto const password = http::decode_segment(user.substr(std::min(colon + 1, user.size())));
            if (!name || !password || name->find(':') != name->npos)
                return failure(errc::invalid_url, "bad user information in the proxy's URL");
            r.proxy_authorization = "Basic " + base64(*name + ':' + *password);
            r.proxy_password = *password;
            plain.erase(begin, at + 1);
        }
    }
    auto const url = http::parse_url(plain);
    if (!url || url->origin.secure() || url->path != "/" || !url->query.empty()) // the text may hold a password
        return failure(errc::invalid_url, "a proxy's URL is http://, perhaps user:password@, host and port");
    r.proxy = url->origin.to_string();
    r.connect = {.host = url->origin.host, .port = url->origin.port};
    return {};
}

} // namespace detail

CHATWIRE_DECL result<client_route> find_route(client_options const& options, http::url const& base)
{
    auto const& to = base.origin;
    client_route r{.service = {.host = to.host, .port = to.port}, .secure = to.secure()};
    r.connect = r.service;
    auto const proxy = options.proxy.reveal();
    if (!options.unix_socket.empty()) {
        if (!proxy.empty())
            return failure(errc::invalid_argument, "a proxy leads to no Unix-domain socket");
        r.connect.path = options.unix_socket;
    } else if (!proxy.empty() && std::none_of(options.no_proxy.begin(), options.no_proxy.end(),
                                              [&](auto const& entry) { return detail::covers(entry, to); })) {
        if (auto ok = detail::route_by(r, proxy); !ok)
            return ok.error();
    } else {
        r.connect.ordinary_only = options.ordinary_addresses_only;
    }
    if (options.credentials_in_the_clear || !options.unix_socket.empty())
        return r;
    bool const shows_key = !options.api_key.empty() || std::any_of(options.headers.begin(), options.headers.end(),
                                                                   [](auto const& h) { return is_credential(h.name); });
    auto const& first = r.proxy.empty() ? to.host : r.connect.host; // who sees what is sent in the clear
    bool const key_seen = shows_key && !r.secure && !(http::is_loopback(first) && http::is_loopback(to.host));
    if (key_seen)
        return failure(errc::insecure_credentials,
                       "a key is not sent without TLS to " + to.to_string() + " unless the options allow it");
    if (!r.proxy_authorization.empty() && !http::is_loopback(first))
        return failure(errc::insecure_credentials,
                       "a password is not sent without TLS to the proxy " + r.proxy + " unless the options allow it");
    return r;
}

} // namespace chatwire
#endif
