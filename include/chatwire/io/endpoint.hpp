// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IO_ENDPOINT_HPP
#define CHATWIRE_IO_ENDPOINT_HPP

#include <chatwire/error.hpp>

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

namespace chatwire::io {

/// One side of a protocol over bytes, without the IO: bytes to send come out, bytes received go in, events come out.
///
/// - `output()`: what is to be sent; `consume(n)`: that many bytes of it were.
/// - `prepare()`: where received bytes may be put (never empty); `commit(n)`: that many were; `commit_eof()`: no more come.
/// - `next_event()`: an event, nothing (more bytes are needed), or the failure that ended this side.
template <class E>
concept endpoint = requires(E& e, std::size_t n) {
    typename E::event;
    { e.output() } -> std::convertible_to<std::string_view>;
    e.consume(n);
    { e.prepare() } -> std::convertible_to<std::span<char>>;
    e.commit(n);
    e.commit_eof();
    { e.next_event() } -> std::same_as<result<std::optional<typename E::event>>>;
};

} // namespace chatwire::io
#endif
