// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IO_PORT_HPP
#define CHATWIRE_IO_PORT_HPP

namespace chatwire::io {

/// One of the byte streams an operation may own. A client owns an upstream; a server a caller; a relay both, which is
/// why the two have fixed numbers: client operations run unchanged inside a server's.
enum class port : unsigned char {
    caller = 0,   ///< whoever connected to us
    upstream = 1, ///< whoever we connect to
};

inline constexpr int port_count = 2;

} // namespace chatwire::io
#endif
