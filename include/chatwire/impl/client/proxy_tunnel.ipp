// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_CLIENT_PROXY_TUNNEL_IPP
#define CHATWIRE_IMPL_CLIENT_PROXY_TUNNEL_IPP

#include <chatwire/client/proxy_tunnel.hpp>
#include <chatwire/client/scrub.hpp>
#include <chatwire/http/head.hpp>
#include <chatwire/http/writer.hpp>

#include <utility>

namespace chatwire {

CHATWIRE_DECL proxy_tunnel::proxy_tunnel(client_route const& way, client_options const& options)
    : options_(&options), parser_(options.http)
{
    bool const v6 = way.service.host.find(':') != way.service.host.npos;
    auto const authority =
        (v6 ? '[' + way.service.host + ']' : way.service.host) + ':' + std::to_string(way.service.port);
    about_ = "the proxy " + way.proxy + " made no tunnel to " + authority;
    http::request_head head{.method = "CONNECT", .target = authority};
    auto error = head.fields.set("Host", authority);
    if (!error && !options.user_agent.empty())
        error = head.fields.set("User-Agent", options.user_agent);
    if (!error && !way.proxy_authorization.empty())
        error = head.fields.set("Proxy-Authorization", way.proxy_authorization.reveal());
    if (!error)
        error = http::write_head(out_, head);
    if (error)
        bad_request_ = failure(error, about_ + ": it cannot be asked for");
    parser_.expect("CONNECT");
}

CHATWIRE_DECL result<std::optional<proxy_tunnel::event>> proxy_tunnel::next_event()
{
    if (bad_request_)
        return *bad_request_;
    using kind = http::piece::kind;
    while (!parser_.tunnel()) {
        auto const piece = parser_.next();
        if (!piece)
            return failure(piece.error().code, about_);
        if (piece->what == kind::need_more)
            return std::optional<event>();
        if (piece->what == kind::closed)
            return failure(errc::connection_lost, about_ + ": it closed the connection");
        auto const& head = parser_.head();
        if (head.status / 100 != 2) {
            failure f(errc::proxy_refused, about_ + ": " + std::to_string(head.status) + ' ' + head.reason);
            f.status = head.status;
            return scrub(std::move(f), secrets_of(*options_));
        }
    }
    if (!parser_.unread().empty())
        return failure(errc::unexpected_body, about_ + " that is silent until it is spoken to");
    return std::optional<event>(event());
}

} // namespace chatwire
#endif
