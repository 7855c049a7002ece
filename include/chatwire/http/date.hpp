// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_HTTP_DATE_HPP
#define CHATWIRE_HTTP_DATE_HPP

#include <chatwire/config.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace chatwire::http {

/// A moment as header fields write it: `Sun, 06 Nov 1994 08:49:37 GMT`.
/// @par Specification
/// RFC 9110, 5.6.7 (IMF-fixdate)
CHATWIRE_DECL std::string format_date(std::chrono::sys_seconds t);

/// The moment that such a text names (IMF-fixdate); nothing for any other.
CHATWIRE_DECL std::optional<std::chrono::sys_seconds> parse_date(std::string_view text);

} // namespace chatwire::http

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/http/date.ipp>
#endif
#endif
