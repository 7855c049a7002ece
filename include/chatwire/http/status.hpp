// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_HTTP_STATUS_HPP
#define CHATWIRE_HTTP_STATUS_HPP

#include <chatwire/error.hpp>

#include <string_view>

namespace chatwire::http {

/// The usual phrase for a status, `Not Found` for 404; empty when there is none.
/// @par Specification
/// RFC 9110, 15 and RFC 6585
CHATWIRE_DECL std::string_view reason_phrase(int status) noexcept;

/// The status that tells a client why its request was refused: 413 for a large body, 431 for a large head, 505 for a
/// version, 417 for an expectation, 408 for a timeout, 400 for everything else a peer can do wrong, 500 for what is not
/// its fault.
CHATWIRE_DECL int status_for(error_code const& code) noexcept;

} // namespace chatwire::http

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/http/status.ipp>
#endif
#endif
