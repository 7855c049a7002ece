// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CLIENT_OPEN_CONNECTION_HPP
#define CHATWIRE_CLIENT_OPEN_CONNECTION_HPP

#include <chatwire/client/options.hpp>
#include <chatwire/client/proxy_tunnel.hpp>
#include <chatwire/client/route.hpp>
#include <chatwire/io/await_event.hpp>
#include <chatwire/io/operation.hpp>

#include <optional>
#include <utility>

namespace chatwire {

/// The operation that opens the upstream port to a service: connects, asks a proxy for a tunnel, starts TLS, as the
/// route has it. All of it is to be done by one deadline, or fails with errc::connect_timeout. After a failure the port
/// may be open still.
///
/// @par Object lifetimes
/// The route and the options must outlive it.
class open_connection {
public:
    open_connection(client_route const& way, client_options const& options, io::time_point until)
        : way_(&way), options_(&options), until_(until)
    {
    }
    CHATWIRE_DECL io::action resume(io::outcome const& o);
    result<void> take() { return std::move(result_); }

private:
    enum class step : unsigned char { connecting, tunnelling, securing };
    CHATWIRE_DECL io::action connected();
    CHATWIRE_DECL io::action tunnelled();
    CHATWIRE_DECL io::action fail(failure f);

    client_route const* way_;
    client_options const* options_;
    io::time_point until_;
    step step_ = step::connecting;
    std::optional<proxy_tunnel> tunnel_{};
    std::optional<io::await_event<proxy_tunnel>> await_{};
    result<void> result_{};
};

} // namespace chatwire

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/client/open_connection.ipp>
#endif
#endif
