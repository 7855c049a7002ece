// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CLIENT_ROUTE_HPP
#define CHATWIRE_CLIENT_ROUTE_HPP

#include <chatwire/client/options.hpp>
#include <chatwire/client/secret.hpp>
#include <chatwire/error.hpp>
#include <chatwire/http/url.hpp>
#include <chatwire/io/origin.hpp>

#include <string>

namespace chatwire {

/// The way from a client to its service.
struct client_route {
    io::origin service{};         ///< whom the answers are to come from, and a certificate has to be for
    io::origin connect{};         ///< what is connected to: the service, its proxy, or a Unix-domain socket
    bool secure = false;          ///< TLS with the service
    std::string proxy{};          ///< the proxy's URL without its credentials; empty: there is none
    secret proxy_authorization{}; ///< the value of Proxy-Authorization; empty: none
    secret proxy_password{};      ///< what is in there, as it is

    /// The proxy is asked for a connection to the service, and sees no more than its name.
    bool tunnel() const noexcept { return secure && !proxy.empty(); }
    /// The proxy is asked for the answer.
    bool forward() const noexcept { return !secure && !proxy.empty(); }
};

/// The way that the options say.
///
/// @param base what `options.base_url` says
/// @return errc::invalid_url for a bad proxy; errc::invalid_argument for a proxy to a Unix-domain socket;
/// errc::insecure_credentials where a credential would go in the clear to another machine and
/// `options.credentials_in_the_clear` does not allow it
CHATWIRE_DECL result<client_route> find_route(client_options const& options, http::url const& base);

} // namespace chatwire

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/client/route.ipp>
#endif
#endif
