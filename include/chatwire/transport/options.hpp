// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_TRANSPORT_OPTIONS_HPP
#define CHATWIRE_TRANSPORT_OPTIONS_HPP

#include <chatwire/transport/connector.hpp>
#include <chatwire/transport/tcp.hpp>
#include <chatwire/transport/worker_pool.hpp>

#include <memory>

namespace chatwire::transport {

/// What both drivers are made with.
struct options {
    /// Where streams come from.
    transport::connector connect = connect_tcp;
    /// Runs what is offloaded; shared by the connections of a server. Null: a pool of its own.
    std::shared_ptr<worker_pool> pool{};
};

} // namespace chatwire::transport
#endif
