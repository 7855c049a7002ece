// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_HTTP_DATE_HPP
#define CHATWIRE_HTTP_DATE_HPP

#include <chatwire/config.hpp>

#include <chrono>
#include <string>

namespace chatwire::http {

/// A moment as header fields write it: `Sun, 06 Nov 1994 08:49:37 GMT`.
/// @par Specification
/// RFC 9110, 5.6.7 (IMF-fixdate)
CHATWIRE_DECL std::string format_date(std::chrono::sys_seconds t);

} // namespace chatwire::http

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/http/date.ipp>
#endif
#endif
