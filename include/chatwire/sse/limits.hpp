// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_SSE_LIMITS_HPP
#define CHATWIRE_SSE_LIMITS_HPP

#include <cstddef>
#include <cstdint>

namespace chatwire::sse {

/// How much a peer may make @ref parser hold and do.
struct limits {
    std::size_t max_line = std::size_t{8} << 20;   ///< bytes of one line without its end; beyond: errc::line_limit
    std::size_t max_event = std::size_t{16} << 20; ///< bytes of one event's data; beyond: errc::event_limit
    std::uint64_t max_events = 10'000'000;         ///< of one stream; beyond: errc::event_limit
};

} // namespace chatwire::sse
#endif
