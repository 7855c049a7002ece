// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_STORE_TIMESTAMP_HPP
#define CHATWIRE_STORE_TIMESTAMP_HPP

#include <chatwire/config.hpp>
#include <chatwire/store/row.hpp>

#include <string>

namespace chatwire::store {

/// A moment as the APIs write it: `2026-03-01T12:00:00.123Z`. ISO 8601, UTC, milliseconds (rounded down).
CHATWIRE_DECL std::string to_iso8601(timestamp t);

} // namespace chatwire::store

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/store/timestamp.ipp>
#endif
#endif
