// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_PATHORS_LIMITS_HPP
#define CHATWIRE_PATHORS_LIMITS_HPP

#include <chrono>
#include <cstddef>

namespace chatwire::pathors {

/// What a session may grow to, so that ids nobody knows cannot fill the store. A turn that would go beyond is refused
/// before its first token; nothing is dropped from a conversation to make room.
///
/// A turn is held to what was there when it began: answers, whose length nobody knows beforehand, and turns in progress
/// at the same time, may go beyond `max_bytes` once, and the next turn is refused.
struct session_limits {
    std::size_t max_messages = 2'000;                  ///< stored messages of one session
    std::size_t max_bytes = std::size_t{8} << 20;      ///< their JSON text
    std::size_t max_variables = std::size_t{64} << 10; ///< bytes of the variables' JSON text
    std::chrono::seconds max_age =
        std::chrono::hours(24 * 30); ///< since the last change; older ones are forgotten. 0: never
};

} // namespace chatwire::pathors
#endif
