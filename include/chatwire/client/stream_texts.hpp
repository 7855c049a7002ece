// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CLIENT_STREAM_TEXTS_HPP
#define CHATWIRE_CLIENT_STREAM_TEXTS_HPP

#include <chatwire/client/stream_iterator.hpp>
#include <chatwire/error.hpp>

#include <iterator>
#include <optional>
#include <string>

namespace chatwire {

/// The pieces of text of a stream, as an input range: see `texts` of @ref basic_stream.
///
/// @par Object lifetimes
/// The stream must outlive it, and stay in its place; its iterators point to it.
///
/// @tparam Stream its `next_text()` returns `result<std::optional<std::string>>`
template <class Stream>
class stream_texts {
public:
    explicit stream_texts(Stream& s) noexcept : stream_(&s) {}

    stream_iterator<stream_texts, std::string> begin() { return stream_iterator<stream_texts, std::string>(*this); }
    std::default_sentinel_t end() const noexcept { return {}; }

    result<std::optional<std::string>> next() { return stream_->next_text(); }

private:
    Stream* stream_;
};

} // namespace chatwire
#endif
