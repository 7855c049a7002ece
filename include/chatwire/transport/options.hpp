// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_TRANSPORT_OPTIONS_HPP
#define CHATWIRE_TRANSPORT_OPTIONS_HPP

#include <chatwire/transport/connector.hpp>
#include <chatwire/transport/securer.hpp>
#include <chatwire/transport/tcp.hpp>
#include <chatwire/transport/worker_pool.hpp>

#ifdef CHATWIRE_TLS
#include <chatwire/transport/tls.hpp>
#endif

#include <memory>

namespace chatwire::transport {

/// What both drivers are made with.
struct options {
    /// Where streams come from.
    transport::connector connect = connect_tcp;
    /// How those that are connected are secured. The default is TLS as the system trusts it in a program that defines
    /// CHATWIRE_TLS (as linking `chatwire::tls` does) and nothing in one that does not: there `https` is
    /// errc::unsupported.
#ifdef CHATWIRE_TLS
    transport::securer secure = tls_client_of_the_system();
#else
    transport::securer secure{};
#endif
    /// How those that were accepted are: what `tls_server` gives. Null: TLS with a caller is errc::unsupported.
    transport::securer accept{};
    /// Runs what is offloaded; shared by the connections of a server. Null: a pool of its own.
    std::shared_ptr<worker_pool> pool{};
};

} // namespace chatwire::transport
#endif
