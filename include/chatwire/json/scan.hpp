// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_JSON_SCAN_HPP
#define CHATWIRE_JSON_SCAN_HPP

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <type_traits>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace chatwire::json::detail {

// Bytes a string may hold as they are, whatever comes before them: ASCII but for controls, the quote and the backslash.
constexpr bool plain(char c) noexcept
{
    auto const u = static_cast<unsigned char>(c);
    return u >= 0x20 && u < 0x80 && u != '"' && u != '\\';
}

// How texts are looked through: so many bytes at once, of which others() marks those that are not plain; the lowest
// mark is right, and first() tells where it is.
struct byte_block {
    static constexpr std::size_t size = 1;
    using bytes = char;
    static bytes load(char const* p) noexcept { return *p; }
    static void store(char* to, bytes b) noexcept { *to = b; }
    static unsigned others(bytes b) noexcept { return !detail::plain(b); }
    static std::size_t first(unsigned) noexcept { return 0; }
    static unsigned others_before(std::size_t n, bytes b) noexcept { return n != 0 ? others(b) : 0; }
};

// Of a machine that keeps the first byte of a word lowest.
struct word_block {
    static constexpr std::size_t size = 8;
    using bytes = std::uint64_t;
    static bytes load(char const* p) noexcept
    {
        bytes b;
        std::memcpy(&b, p, size);
        return b;
    }
    static void store(char* to, bytes b) noexcept { std::memcpy(to, &b, size); }
    static std::uint64_t others(bytes b) noexcept
    {
        constexpr std::uint64_t ones = 0x0101010101010101, tops = 0x8080808080808080;
        // (x - ones) & ~x & tops marks the zero bytes of x; a mark above the lowest one may be false
        std::uint64_t const quote = b ^ (ones * '"'), slash = b ^ (ones * '\\');
        std::uint64_t const special = ((quote - ones) & ~quote) | ((slash - ones) & ~slash) | (b - ones * 0x20) | b;
        // the last two terms: controls borrow into the top bit, non-ASCII has it set
        return special & tops;
    }
    static std::size_t first(std::uint64_t marks) noexcept
    {
        return static_cast<std::size_t>(std::countr_zero(marks)) >> 3;
    }
    static std::uint64_t others_before(std::size_t n, bytes b) noexcept
    {
        return n == size ? others(b) : others(b) & ((std::uint64_t{1} << (8 * n)) - 1);
    }
};

#if defined(__SSE2__)
struct sse2_block {
    static constexpr std::size_t size = 16;
    using bytes = __m128i;
    static bytes load(char const* p) noexcept { return _mm_loadu_si128(reinterpret_cast<bytes const*>(p)); }
    static void store(char* to, bytes b) noexcept { _mm_storeu_si128(reinterpret_cast<bytes*>(to), b); }
    static unsigned others(bytes b) noexcept
    {
        auto const quote = _mm_cmpeq_epi8(b, _mm_set1_epi8('"')), slash = _mm_cmpeq_epi8(b, _mm_set1_epi8('\\'));
        // in the top bits: controls are below zero then, non-ASCII has it set
        auto const others = _mm_or_si128(_mm_sub_epi8(b, _mm_set1_epi8(0x20)), b);
        return static_cast<unsigned>(_mm_movemask_epi8(_mm_or_si128(_mm_or_si128(quote, slash), others)));
    }
    static std::size_t first(unsigned marks) noexcept { return static_cast<std::size_t>(std::countr_zero(marks)); }
    static unsigned others_before(std::size_t n, bytes b) noexcept { return others(b) & ((1U << n) - 1); }
};
using text_block = sse2_block;
#else
using text_block = std::conditional_t<std::endian::native == std::endian::little, word_block, byte_block>;
#endif

// The first byte that is not plain, or the end.
template <class Block = text_block>
inline char const* skip_plain(char const* p, char const* end) noexcept
{
    while (static_cast<std::size_t>(end - p) >= Block::size) {
        if (auto const marks = Block::others(Block::load(p)))
            return p + Block::first(marks);
        p += Block::size;
    }
    while (p != end && plain(*p))
        ++p;
    return p;
}

// Copies a block if all of it is plain. If not, false, and what is before the first other byte, or the end, is copied:
// `n` bytes. There has to be room for a block, which is written whole wherever the text has as much.
template <class Block = text_block>
inline bool copy_block(char const* p, char const* end, char* to, std::size_t& n) noexcept
{
    if (static_cast<std::size_t>(end - p) >= Block::size) {
        auto const b = Block::load(p);
        Block::store(to, b);
        auto const marks = Block::others(b);
        if (marks == 0)
            return true;
        n = Block::first(marks);
        return false;
    }
    for (n = 0; p + n != end && plain(p[n]); ++n)
        to[n] = p[n];
    return false;
}

// Copies the plain bytes from p on, and moves p and `to` behind them; there has to be room for all of the text, which
// began at `begin`, and for a block more.
template <class Block = text_block>
inline void copy_all_plain(char const* begin, char const*& p, char const* end, char*& to) noexcept
{
    auto const take = [&](std::size_t n) {
        p += n;
        to += n;
    };
    while (static_cast<std::size_t>(end - p) >= Block::size) {
        auto const b = Block::load(p);
        Block::store(to, b);
        if (auto const marks = Block::others(b))
            return take(Block::first(marks));
        take(Block::size);
    }
    if constexpr (Block::size >= 8) {
        if (end - p >= 8) {
            auto const b = word_block::load(p);
            word_block::store(to, b);
            if (auto const marks = word_block::others(b))
                return take(word_block::first(marks));
            take(8);
        }
        if (p != end && end - begin >= 8) {
            // the last word of the text without what was copied of it; the zeros that take the place are not plain
            auto const rest = word_block::load(end - 8) >> (64 - 8 * (end - p));
            word_block::store(to, rest);
            return take(word_block::first(word_block::others(rest)));
        }
    }
    while (p != end && plain(*p))
        *to++ = *p++;
}

// Copies bytes, pairs of blocks of them: up to a pair less one byte is read and written beyond.
// Returns their end there.
template <class Block = text_block>
inline char* copy_blocks(char* to, char const* from, std::size_t n) noexcept
{
    for (std::size_t i = 0; i < n; i += 2 * Block::size) {
        auto const a = Block::load(from + i), b = Block::load(from + i + Block::size);
        Block::store(to + i, a);
        Block::store(to + i + Block::size, b);
    }
    return to + n;
}

// Copies a string that is no longer than a block and plain, and moves `to` behind it; false: it is not. A block is
// written, and read, as the array of every string has room for one where that of an empty one does: so how short a
// string is, which nobody can guess, decides no branch.
template <class Block = text_block>
inline bool copy_short(char*& to, std::string const& text) noexcept
{
    auto const n = text.size();
    if (n > Block::size)
        return false;
    if (std::string().capacity() < Block::size - 1) {
        for (char const c : text)
            if (!plain(*to++ = c))
                return false;
        return true;
    }
    auto const b = Block::load(text.data());
    Block::store(to, b);
    to += n;
    return Block::others_before(n, b) == 0;
}

// Whether two texts are equal; inline where they are not long, as those that are compared are not few.
inline bool same(char const* a, char const* b, std::size_t n) noexcept
{
#if defined(__SSE2__)
    auto const equal = [&](std::size_t i) {
        return _mm_cmpeq_epi8(_mm_loadu_si128(reinterpret_cast<__m128i const*>(a + i)),
                              _mm_loadu_si128(reinterpret_cast<__m128i const*>(b + i)));
    };
    auto const all = [](__m128i e) { return _mm_movemask_epi8(e) == 0xFFFF; };
    if (n >= 16 && n < 128) {
        std::size_t i = 0;
        for (; n - i >= 64; i += 64)
            if (!all(
                    _mm_and_si128(_mm_and_si128(equal(i), equal(i + 16)), _mm_and_si128(equal(i + 32), equal(i + 48)))))
                return false;
        for (; n - i >= 16; i += 16)
            if (!all(equal(i)))
                return false;
        return all(equal(n - 16)); // the rest, and again some of what was equal
    }
#endif
    return std::memcmp(a, b, n) == 0;
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
