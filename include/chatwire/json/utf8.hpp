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

namespace detail {

// What utf8_length says, sooner for most of what is not ASCII.
inline std::size_t multibyte_length(char const* p, char const* end) noexcept
{
    auto const at = [&](std::size_t i) { return static_cast<unsigned char>(p[i]); };
    auto const follows = [&](std::size_t i) { return (at(i) & 0xC0) == 0x80; };
    if (end - p >= 3) {
        unsigned const c = at(0);
        if (c >= 0xE1 && c <= 0xEF && c != 0xED && follows(1) && follows(2))
            return 3;
        if (c >= 0xC2 && c <= 0xDF && follows(1))
            return 2;
    }
    return utf8_length(p, end);
}

// Writes a code point as append_utf8 does, at most four bytes. Returns their end.
inline char* put_utf8(char* to, char32_t c) noexcept
{
    auto const put = [&](char32_t byte) { *to++ = static_cast<char>(static_cast<unsigned char>(byte)); };
    if (c < 0x80) {
        put(c);
    } else if (c < 0x800) {
        put(0xC0 | c >> 6);
        put(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
        put(0xE0 | c >> 12);
        put(0x80 | (c >> 6 & 0x3F));
        put(0x80 | (c & 0x3F));
    } else {
        put(0xF0 | c >> 18);
        put(0x80 | (c >> 12 & 0x3F));
        put(0x80 | (c >> 6 & 0x3F));
        put(0x80 | (c & 0x3F));
    }
    return to;
}

} // namespace detail

} // namespace chatwire::json

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/json/utf8.ipp>
#endif
#endif
