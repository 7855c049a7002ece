// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_JSON_APPENDER_HPP
#define CHATWIRE_JSON_APPENDER_HPP

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <string>
#include <string_view>

namespace chatwire::json {

/// Appends to a string with little work for each piece: the string is made longer than needed, and cut in the end.
///
/// Until @ref settle is called, or the object ends, what stands behind the pieces is of no meaning.
///
/// @par Object lifetimes
/// The string must outlive the object, and nobody else may change it meanwhile.
/// @par Exception safety
/// What fails to get memory leaves the pieces that were appended.
/// @par Thread safety
/// None.
class appender {
public:
    explicit appender(std::string& out) noexcept : out_(out) { attach(); }
    /// Goes on after the first bytes of the string: what stands behind them is room.
    /// @par Preconditions
    /// The string has that many.
    appender(std::string& out, std::size_t begin) noexcept : out_(out), begin_(begin)
    {
        to_ = out_.data() + begin;
        end_ = out_.data() + out_.size();
    }
    appender(appender const&) = delete;
    appender& operator=(appender const&) = delete;
    ~appender() { settle(); }

    /// Where the next piece goes: there is room for that many bytes, until @ref taken says how many there are.
    char* room(std::size_t bytes)
    {
        if (static_cast<std::size_t>(end_ - to_) < bytes)
            grow(bytes);
        return to_;
    }

    /// Ends a piece.
    /// @param end in what @ref room gave
    void taken(char* end) noexcept { to_ = end; }

    void put(char c)
    {
        *room(1) = c;
        ++to_;
    }

    void put(std::string_view text)
    {
        if (!text.empty())
            std::memcpy(room(text.size()), text.data(), text.size());
        to_ += text.size();
    }

    /// A string literal.
    template <std::size_t N>
    void put(char const (&literal)[N])
    {
        std::memcpy(room(N - 1), literal, N - 1);
        to_ += N - 1;
    }

    /// The string, for those who append to it themselves; call @ref attach before the next piece then.
    std::string& settle() noexcept
    {
        out_.resize(static_cast<std::size_t>(to_ - out_.data()));
        return out_;
    }

    /// Goes on where the string ends.
    void attach() noexcept
    {
        begin_ = out_.size();
        to_ = end_ = out_.data() + begin_;
    }

private:
    void grow(std::size_t bytes)
    {
        auto const used = static_cast<std::size_t>(to_ - out_.data());
        // more at a time than strings take by themselves, as most texts are longer than a few words; but each byte is
        // set to zero before it is written, so of what there is only as much as what was appended gives reason for
        if (out_.capacity() - used < bytes)
            out_.reserve(used + std::max({bytes, used < 4096 ? 3 * used : used, std::size_t{128}}));
        out_.resize(std::min(out_.capacity(), used + std::max(bytes, 256 + (used - begin_) / 4)));
        to_ = out_.data() + used;
        end_ = out_.data() + out_.size();
    }

    std::string& out_;
    std::size_t begin_ = 0; // where the first piece went
    char* to_;
    char* end_;
};

} // namespace chatwire::json
#endif
