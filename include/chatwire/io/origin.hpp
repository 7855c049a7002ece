// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IO_ORIGIN_HPP
#define CHATWIRE_IO_ORIGIN_HPP

#include <cstdint>
#include <string>

namespace chatwire::io {

/// Where to connect.
struct origin {
    std::string host;       ///< a name or an address, without the brackets of an IPv6 literal
    std::uint16_t port = 0; ///< in host byte order
    std::string path{};     ///< a Unix-domain socket; if set, host and port are not used
    /// Connect only to addresses of ordinary hosts, this one among them: see @ref transport::is_ordinary.
    bool ordinary_only = false;

    friend bool operator==(origin const&, origin const&) = default;
};

} // namespace chatwire::io
#endif
