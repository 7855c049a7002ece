// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_JSON_ESCAPES_HPP
#define CHATWIRE_JSON_ESCAPES_HPP

#include <array>
#include <charconv>
#include <cstddef>

namespace chatwire::json::detail {

// What a byte is escaped as: the letter behind the backslash; 0: by its number, or not at all.
inline constexpr auto escape_letters = [] {
    std::array<char, 256> of{};
    of['"'] = '"';
    of['\\'] = '\\';
    of['\b'] = 'b';
    of['\f'] = 'f';
    of['\n'] = 'n';
    of['\r'] = 'r';
    of['\t'] = 't';
    return of;
}();

// What a letter behind a backslash stands for; 0: it is none of those.
inline constexpr auto simple_escapes = [] {
    std::array<char, 256> of{};
    of['"'] = '"';
    of['\\'] = '\\';
    of['/'] = '/';
    of['b'] = '\b';
    of['f'] = '\f';
    of['n'] = '\n';
    of['r'] = '\r';
    of['t'] = '\t';
    return of;
}();

// Reads four hexadecimal digits.
inline bool hex4(char const* p, char const* end, unsigned& out) noexcept
{
    out = 0;
    return end - p >= 4 && std::from_chars(p, p + 4, out, 16).ptr == p + 4;
}

// `\uXXXX`, or a pair of them.
struct unicode_escape {
    char32_t character = 0xFFFD;
    std::size_t length = 0; // of its text; 0: it is none
    bool lone = false;      // half of a pair
};

inline unicode_escape read_unicode_escape(char const* p, char const* end) noexcept
{
    unsigned unit = 0, low = 0;
    if (end - p < 2 || p[1] != 'u' || !hex4(p + 2, end, unit))
        return {};
    if (unit < 0xD800 || unit >= 0xE000)
        return {unit, 6};
    if (unit < 0xDC00 && end - p >= 8 && p[6] == '\\' && p[7] == 'u' && hex4(p + 8, end, low) && low >= 0xDC00 &&
        low < 0xE000)
        return {0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00), 12};
    return {.length = 6, .lone = true};
}

} // namespace chatwire::json::detail
#endif
