// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_HTTP_LIMITS_HPP
#define CHATWIRE_HTTP_LIMITS_HPP

#include <cstddef>
#include <cstdint>
#include <limits>

namespace chatwire::http {

/// No bound, for limits::max_body.
inline constexpr std::uint64_t no_limit = std::numeric_limits<std::uint64_t>::max();

/// How much a peer may send in one message, and make a parser hold.
struct limits {
    /// Bytes of the start line and the fields; beyond: errc::head_limit, or errc::target_limit for a request line that
    /// takes all of them.
    std::size_t max_head = std::size_t{64} << 10;
    std::size_t max_fields = 128;                 ///< number of header fields, and of trailer fields; errc::field_limit
    std::uint64_t max_body = std::uint64_t{16} << 20; ///< bytes of the body without its framing; errc::body_limit
    std::size_t max_trailer = std::size_t{8} << 10;   ///< bytes of the trailer section; errc::head_limit
    std::size_t max_chunk_line = 1024;                ///< bytes of a chunk's size with its extensions; errc::bad_chunk
    unsigned max_informational = 16; ///< number of 1xx answers before the answer; errc::protocol_violation
};

} // namespace chatwire::http
#endif
