// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_TRANSPORT_STREAM_HPP
#define CHATWIRE_TRANSPORT_STREAM_HPP

#include <chatwire/error.hpp>

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace chatwire::transport {

/// How a try to do something without blocking went.
struct attempt {
    enum class kind : unsigned char {
        ok,          ///< done, `n` bytes
        needs_read,  ///< try again when the descriptor is readable
        needs_write, ///< try again when the descriptor is writable
        eof,         ///< the peer closed its side in order
        error,       ///< `error` says what
    };

    kind what = kind::ok;
    std::size_t n = 0;
    error_code error{};

    bool blocked() const noexcept { return what == kind::needs_read || what == kind::needs_write; }
};

/// A byte stream that never blocks, and a descriptor to wait on: what both drivers drive.
///
/// Which readiness to wait for is part of the answer, not of the call: reading TLS may have to write, and a stream in
/// memory becomes writable by its event descriptor's becoming readable.
///
/// @par Thread safety
/// None: one thread at a time.
class stream {
public:
    virtual ~stream() = default;

    /// Receives 1 to `into.size()` bytes.
    virtual attempt try_read(std::span<char> into) = 0;
    /// Sends 1 to `bytes.size()` bytes.
    virtual attempt try_write(std::string_view bytes) = 0;
    /// Tells the peer that no more bytes come. Reading goes on.
    virtual void shutdown_write() noexcept = 0;
    /// What to wait on; the same for the stream's whole life.
    virtual int native_handle() const noexcept = 0;
    /// After an error: more than its code says, for people; may be empty.
    virtual std::string reason() const { return {}; }
};

} // namespace chatwire::transport
#endif
