// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_SERVER_OPTIONS_HPP
#define CHATWIRE_SERVER_OPTIONS_HPP

#include <chatwire/server/idempotency_limits.hpp>
#include <chatwire/server/limits.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace chatwire {

/// What a server is made with.
struct server_options {
    std::string host = "127.0.0.1"; ///< where to listen: an address, a name, or empty for every address
    std::uint16_t port = 0;         ///< 0: any that is free; `server::port()` tells
    std::string unix_socket{};      ///< listen on this Unix-domain socket, and on nothing else

    std::vector<std::string> api_keys{}; ///< who may call the handler; none: everybody
    std::vector<std::string> models{};   ///< the names the handler answers to; none: to every name

    std::vector<std::string> allowed_origins{}; ///< web pages that may call and read; see `origin_rules::origins`
    std::vector<std::string> allowed_hosts{};   ///< its names beside the loopback ones; see `origin_rules::hosts`
    std::string health_path = "/healthz"; ///< says 200, and 503 from `stop` on, without a key; empty: there is none

    server_limits limits{};
    idempotency_limits idempotency{};
    /// From `stop` on, how long all is served as before, but for the health path: for a load balancer to take notice.
    std::chrono::milliseconds drain_delay{0};
    std::chrono::milliseconds drain_timeout{30'000}; ///< then, before what still runs is cut; 0: no limit
    /// Blocking server only: connections served at once. The others wait, and while any does, none is kept for a
    /// further request.
    std::size_t threads = 64;
    std::size_t queue_size = 64;                    ///< chunks a handler may be ahead of its caller,
    std::size_t queue_bytes = std::size_t{1} << 20; ///< and bytes of what they hold
};

} // namespace chatwire
#endif
