// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_HTTP_LOOPBACK_HPP
#define CHATWIRE_HTTP_LOOPBACK_HPP

#include <chatwire/config.hpp>

#include <string_view>

namespace chatwire::http {

/// Whether a host, as an @ref origin has it, is this machine by its name or address: `localhost`, 127.0.0.0/8, ::1. Not
/// what is below `localhost`: not every resolver keeps that here. Names are not looked up.
///
/// @par Specification
/// RFC 6761, 6.3; RFC 1122, 3.2.1.3; RFC 4291, 2.5.3
CHATWIRE_DECL bool is_loopback(std::string_view host) noexcept;

} // namespace chatwire::http

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/http/loopback.ipp>
#endif
#endif
