// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CLIENT_STREAM_ITERATOR_HPP
#define CHATWIRE_CLIENT_STREAM_ITERATOR_HPP

#include <chatwire/chat/stream_end.hpp>

#include <cstddef>
#include <iterator>
#include <optional>
#include <utility>

namespace chatwire {

/// Goes through what a stream gives, as far as it gives something: an input iterator that calls `next` of its source
/// when it is made, and each time it moves on.
///
/// It is at its end when the stream is, well or in failure; it throws neither. That is why it compares with a
/// @ref stream_end, whatever that one says: the `end()` of a stream tells how it ended, and is where a loop stops.
///
/// @par Object lifetimes
/// The source must outlive it, and stay in its place. What it points to lives until it moves on.
///
/// @tparam Source its `next()` returns `result<std::optional<T>>`
template <class Source, class T>
class stream_iterator {
public:
    using iterator_concept = std::input_iterator_tag;
    using value_type = T;
    using difference_type = std::ptrdiff_t;

    explicit stream_iterator(Source& s) : source_(&s) { ++*this; }
    stream_iterator(stream_iterator&&) noexcept = default; // there is one place in a stream, so no copies
    stream_iterator& operator=(stream_iterator&&) noexcept = default;

    T const& operator*() const noexcept { return *value_; }
    T const* operator->() const noexcept { return &*value_; }

    stream_iterator& operator++()
    {
        auto r = source_->next();
        value_ = r ? *std::move(r) : std::optional<T>();
        return *this;
    }
    void operator++(int) { ++*this; }

    friend bool operator==(stream_iterator const& i, std::default_sentinel_t) noexcept { return !i.value_; }
    friend bool operator==(stream_iterator const& i, stream_end const&) noexcept { return !i.value_; }

private:
    Source* source_;
    std::optional<T> value_{};
};

} // namespace chatwire
#endif
