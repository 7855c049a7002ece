// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_TRANSPORT_ADDRESS_HPP
#define CHATWIRE_TRANSPORT_ADDRESS_HPP

#include <chatwire/config.hpp>

#include <sys/socket.h>

namespace chatwire::transport {

/// Whether an IPv4 or IPv6 address can be an ordinary host's: anywhere in the world, in a private network, or this
/// machine's own (loopback).
///
/// Not ordinary are link-local addresses (169.254.0.0/16, fe80::/10), at which clouds also tell a machine its secrets;
/// the other addresses they do that at (fd00:ec2::254, fd20:ce::254, 100.100.100.200, 168.63.129.16, 192.0.0.0/24);
/// "this network" and the unspecified address (0.0.0.0/8, ::), which lead to this machine by a back door; multicast
/// (224.0.0.0/4, ff00::/8), the reserved block and broadcast (240.0.0.0/4). An IPv4 address inside of an IPv6 one
/// (mapped, compatible, NAT64, 6to4) is judged as what it is. Every other family is not ordinary.
///
/// @par Specification
/// RFC 6890, RFC 4291, RFC 6052, RFC 3056
CHATWIRE_DECL bool is_ordinary(sockaddr const& address) noexcept;

} // namespace chatwire::transport

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/transport/address.ipp>
#endif
#endif
