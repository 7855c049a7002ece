// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_JSON_SCAN_HPP
#define CHATWIRE_JSON_SCAN_HPP

#include <bit>
#include <cstdint>
#include <cstring>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace chatwire::json::detail {

// Bytes a string may hold as they are, whatever comes before them: ASCII but for controls, the quote and the backslash.
constexpr bool plain(char c) noexcept
{
    auto const u = static_cast<unsigned char>(c);
    return u >= 0x20 && u < 0x80 && u != '"' && u != '\\';
}

// The first byte that is not plain, or the end; sixteen or eight at a time.
inline char const* skip_plain(char const* p, char const* end) noexcept
{
#ifdef __SSE2__
    while (end - p >= 16) {
        __m128i w;
        std::memcpy(&w, p, 16);
        // as signed numbers, controls and what is not ASCII both are less than the space
        auto const special =
            _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(w, _mm_set1_epi8('"')), _mm_cmpeq_epi8(w, _mm_set1_epi8('\\'))),
                         _mm_cmplt_epi8(w, _mm_set1_epi8(0x20)));
        if (auto const marks = static_cast<unsigned>(_mm_movemask_epi8(special)))
            return p + std::countr_zero(marks);
        p += 16;
    }
#endif
    if constexpr (std::endian::native == std::endian::little) {
        constexpr std::uint64_t ones = 0x0101010101010101, tops = 0x8080808080808080;
        while (end - p >= 8) {
            std::uint64_t w;
            std::memcpy(&w, p, 8);
            // (x - ones) & ~x & tops marks the zero bytes of x; a mark above the lowest one may be false
            std::uint64_t const quote = w ^ (ones * '"'), slash = w ^ (ones * '\\');
            std::uint64_t const special = ((quote - ones) & ~quote) | ((slash - ones) & ~slash) | (w - ones * 0x20) | w;
            // the last two terms: controls borrow into the top bit, non-ASCII has it set
            if (auto const marks = special & tops)
                return p + (std::countr_zero(marks) >> 3);
            p += 8;
        }
    }
    while (p != end && plain(*p))
        ++p;
    return p;
}

constexpr bool digit(char c) noexcept { return c >= '0' && c <= '9'; }

// The end of the JSON number at p, or null. `integer` is set when it has neither fraction nor exponent.
inline char const* skip_number(char const* p, char const* end, bool& integer) noexcept
{
    integer = true;
    if (p != end && *p == '-')
        ++p;
    if (p == end || !digit(*p))
        return nullptr;
    if (*p == '0')
        ++p;
    else
        while (p != end && digit(*p))
            ++p;
    if (p != end && *p == '.') {
        integer = false;
        ++p;
        if (p == end || !digit(*p))
            return nullptr;
        while (p != end && digit(*p))
            ++p;
    }
    if (p != end && (*p == 'e' || *p == 'E')) {
        integer = false;
        ++p;
        if (p != end && (*p == '+' || *p == '-'))
            ++p;
        if (p == end || !digit(*p))
            return nullptr;
        while (p != end && digit(*p))
            ++p;
    }
    return p;
}

} // namespace chatwire::json::detail
#endif
