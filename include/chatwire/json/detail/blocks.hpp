// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_JSON_DETAIL_BLOCKS_HPP
#define CHATWIRE_JSON_DETAIL_BLOCKS_HPP

#include <chatwire/json/scan.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

// Short strings are compared, searched and copied as blocks of 16 bytes, so that their length, which nobody can guess,
// decides no branch. What a block has beyond the string is loaded and not used. Each can be told to do it byte by byte,
// as it is done where there are no blocks.
namespace chatwire::json::detail {

/// The bytes of a block.
inline constexpr std::size_t block = 16;

/// Whether the array of every string has room for a block, whatever the string's size: where an empty string has it,
/// no other has less.
inline bool strings_have_room() noexcept { return std::string().capacity() + 1 >= block; }

#if defined(__SSE2__)

inline constexpr bool have_blocks = true;

namespace blockwise {

inline __m128i load(char const* p) noexcept { return _mm_loadu_si128(reinterpret_cast<__m128i const*>(p)); }
inline void store(char* p, __m128i b) noexcept { _mm_storeu_si128(reinterpret_cast<__m128i*>(p), b); }

// A bit for each byte that cannot stand in a literal as it is, or perhaps not.
inline unsigned special(__m128i b) noexcept
{
    auto const quote = _mm_cmpeq_epi8(b, _mm_set1_epi8('"'));
    auto const slash = _mm_cmpeq_epi8(b, _mm_set1_epi8('\\'));
    auto const other = _mm_cmplt_epi8(b, _mm_set1_epi8(0x20)); // signed: controls, and what is not ASCII
    return static_cast<unsigned>(_mm_movemask_epi8(_mm_or_si128(_mm_or_si128(quote, slash), other)));
}

} // namespace blockwise

#else

inline constexpr bool have_blocks = false;

#endif

/// A string that others are compared with.
class probe {
public:
    probe() = default;
    explicit probe(std::string_view text) : text_(text)
    {
        auto const n = text_.size();
        in_blocks_ = strings_have_room() && n <= 3 * block;
        if (!in_blocks_)
            return;
        last_ = n < block ? 0 : n - block;
        middle_ = std::min(block, last_);
        std::string padded(text_);
        padded.resize(3 * block);
        std::memcpy(blocks_[0], padded.data(), block);
        std::memcpy(blocks_[1], padded.data() + middle_, block);
        std::memcpy(blocks_[2], padded.data() + last_, block);
        std::memset(blocks_[3], 0xFF, std::min(block, n));
    }

    std::size_t size() const noexcept { return text_.size(); }

    bool matches(std::string const& other) const noexcept { return other == text_; }

#if defined(__SSE2__)
    /// Whether it is so short that all of it is in three blocks, which may overlap; and those of another string can be
    /// read.
    bool in_blocks() const noexcept { return in_blocks_; }

    /// Zero for the same string.
    /// @par Preconditions
    /// `in_blocks`, and `other` is of the same size
    __m128i differ(std::string const& other) const noexcept
    {
        auto const mine = [&](int i) { return _mm_load_si128(reinterpret_cast<__m128i const*>(blocks_[i])); };
        auto const* const p = other.data();
        auto const ends = _mm_or_si128(_mm_xor_si128(blockwise::load(p), mine(0)),
                                       _mm_xor_si128(blockwise::load(p + last_), mine(2)));
        auto const middle = _mm_xor_si128(blockwise::load(p + middle_), mine(1));
        return _mm_and_si128(_mm_or_si128(ends, middle), mine(3));
    }
#endif

private:
    std::string text_;
    std::size_t middle_ = 0;
    std::size_t last_ = 0;
    bool in_blocks_ = false;
    alignas(block) char blocks_[4][block]{}; // the last says which bytes count
};

/// Strings that as many others are compared with at once.
template <std::size_t N, bool Blocks = have_blocks>
class probes {
public:
    probes() = default;
    explicit probes(std::array<std::string_view, N> const& texts)
    {
        for (std::size_t i = 0; i < N; ++i)
            each_[i] = probe(texts[i]);
#if defined(__SSE2__)
        in_blocks_ = Blocks && std::all_of(each_.begin(), each_.end(), [](probe const& p) { return p.in_blocks(); });
#endif
    }

    template <class... S>
    bool match(S const&... others) const noexcept
    {
        static_assert(sizeof...(S) == N);
        return match(std::make_index_sequence<N>{}, others...);
    }

private:
    template <std::size_t... I, class... S>
    bool match(std::index_sequence<I...>, S const&... others) const noexcept
    {
        if ((... | (others.size() ^ each_[I].size())) != 0)
            return false;
#if defined(__SSE2__)
        if (in_blocks_) {
            auto differ = _mm_setzero_si128();
            ((differ = _mm_or_si128(differ, each_[I].differ(others))), ...);
            return _mm_movemask_epi8(_mm_cmpeq_epi8(differ, _mm_setzero_si128())) == 0xFFFF;
        }
#endif
        return (... && each_[I].matches(others));
    }

    std::array<probe, N> each_{};
    bool in_blocks_ = false;
};

/// A text that is to be copied. Of one of at most a block all is in `block_`.
template <bool Blocks = have_blocks>
class short_text {
public:
    [[gnu::always_inline]] explicit short_text(std::string const& text) noexcept : short_text(text.data(), text.size())
    {
    }

    /// @par Preconditions
    /// The bytes are a string's, or a block can be read where they are.
    [[gnu::always_inline]] short_text(char const* text, std::size_t size) noexcept : text_(text), size_(size)
    {
#if defined(__SSE2__)
        if (Blocks && strings_have_room())
            block_ = blockwise::load(text);
#endif
    }

    std::size_t size() const noexcept { return size_; }

    /// Whether it is its own literal, but for the quotes.
    [[gnu::always_inline]] bool plain() const noexcept
    {
#if defined(__SSE2__)
        if (Blocks && strings_have_room() && size_ <= block)
            return (blockwise::special(block_) & ((1U << size_) - 1)) == 0;
#endif
        return skip_plain(text_, text_ + size_) == text_ + size_;
    }

    /// Copies it. A block may be written in place of fewer bytes.
    /// @return its end there
    [[gnu::always_inline]] char* copy(char* to) const noexcept
    {
#if defined(__SSE2__)
        if (Blocks && strings_have_room() && size_ <= block) {
            blockwise::store(to, block_);
            return to + size_;
        }
#endif
        std::memcpy(to, text_, size_);
        return to + size_;
    }

private:
    char const* text_;
    std::size_t size_;
#if defined(__SSE2__)
    __m128i block_{};
#endif
};

/// Copies bytes. A pair of blocks less one byte may be read and written beyond them.
/// @return their end there
template <bool Blocks = have_blocks>
[[gnu::always_inline]] inline char* copy(char* to, char const* from, std::size_t n) noexcept
{
#if defined(__SSE2__)
    if constexpr (Blocks) {
        for (std::size_t i = 0; i < n; i += 2 * block) {
            auto const a = blockwise::load(from + i);
            auto const b = blockwise::load(from + i + block);
            blockwise::store(to + i, a);
            blockwise::store(to + i + block, b);
        }
        return to + n;
    }
#endif
    std::memcpy(to, from, n);
    return to + n;
}

} // namespace chatwire::json::detail
#endif
