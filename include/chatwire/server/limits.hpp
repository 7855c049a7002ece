// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_SERVER_LIMITS_HPP
#define CHATWIRE_SERVER_LIMITS_HPP

#include <chatwire/http/limits.hpp>

#include <chrono>
#include <cstddef>

namespace chatwire {

/// How much a caller may ask of a server. Durations of 0 mean no limit.
struct server_limits {
    http::limits http{};                                  ///< of one request; the body's bound is the route's
    std::size_t max_connections = 1024;                   ///< at once; more are answered 503
    std::size_t max_requests = 1000;                      ///< on one connection, which then is closed; 0: no limit
    std::chrono::milliseconds keep_alive{75'000};         ///< between two requests
    std::chrono::milliseconds head_timeout{10'000};       ///< from a request's first byte to the end of its head
    std::chrono::milliseconds body_timeout{30'000};       ///< without a byte of the body
    std::chrono::milliseconds receive_timeout{300'000};   ///< from the end of the head to the end of the body
    std::chrono::milliseconds write_timeout{30'000};      ///< without the caller's taking a byte of the answer
    std::chrono::milliseconds request_timeout{3'600'000}; ///< from the head to the end of the answer
    std::chrono::milliseconds heartbeat{15'000};          ///< silence in a stream before a comment is sent
    std::chrono::milliseconds linger{2'000};              ///< for the caller to read the last words before a close
};

} // namespace chatwire
#endif
