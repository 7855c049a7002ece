// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_JSON_APPEND_HPP
#define CHATWIRE_JSON_APPEND_HPP

#include <chatwire/config.hpp>
#include <chatwire/json/appender.hpp>
#include <chatwire/json/field.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace chatwire::json {

/// Appends a string literal. Escapes only what must be; bytes that are not UTF-8 become U+FFFD.
CHATWIRE_DECL void append_string(std::string& out, std::string_view text);
CHATWIRE_DECL void append_string(appender& out, std::string_view text);

/// Appends an integer.
CHATWIRE_DECL void append_number(std::string& out, std::int64_t value);
CHATWIRE_DECL void append_number(appender& out, std::int64_t value);

/// Appends the shortest number that reads back as this one; null for NaN and the infinities, which JSON has not.
CHATWIRE_DECL void append_number(std::string& out, double value);
CHATWIRE_DECL void append_number(appender& out, double value);

/// Appends an object as its table says. For codecs: @ref write is the ordinary way.
CHATWIRE_DECL void append_object(std::string& out, object_info const& info, void const* object);
CHATWIRE_DECL void append_object(appender& out, object_info const& info, void const* object);

/// Appends an object that has only such members.
CHATWIRE_DECL void append_members(std::string& out, raw_members const& members);
CHATWIRE_DECL void append_members(appender& out, raw_members const& members);

} // namespace chatwire::json

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/json/append.ipp>
#endif
#endif
