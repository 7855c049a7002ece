// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_JSON_UTF8_HPP
#define CHATWIRE_JSON_UTF8_HPP

#include <chatwire/config.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace chatwire::json {

/// U+FFFD in UTF-8: stands where something could not be read.
inline constexpr std::string_view replacement_character = "\xEF\xBF\xBD";

/// The length of the well-formed UTF-8 sequence at `p`, 1 to 4; 0 if there is none (also at the end).
CHATWIRE_DECL std::size_t utf8_length(char const* p, char const* end) noexcept;

/// How many bytes at `p`, where @ref utf8_length is 0, one replacement character stands for (Unicode 15, 3.9, the
/// maximal subpart); at least 1.
/// @par Preconditions
/// `p != end`
CHATWIRE_DECL std::size_t utf8_bad_length(char const* p, char const* end) noexcept;

/// Appends a code point.
/// @par Preconditions
/// A Unicode scalar value: at most 0x10FFFF and no surrogate.
CHATWIRE_DECL void append_utf8(std::string& out, char32_t c);

/// Whether all of it is UTF-8.
CHATWIRE_DECL bool is_utf8(std::string_view text) noexcept;

} // namespace chatwire::json

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/json/utf8.ipp>
#endif
#endif
