// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IO_OUTCOME_HPP
#define CHATWIRE_IO_OUTCOME_HPP

#include <chatwire/error.hpp>

#include <cstddef>
#include <string>
#include <utility>

namespace chatwire::io {

/// How the last action went: what a driver hands to `operation::resume`.
struct outcome {
    enum class kind : unsigned char {
        begin,       ///< there was none: the operation starts
        ok,          ///< done; for read and write, `n` > 0 bytes
        eof,         ///< read only: the peer closed its side in order
        woken,       ///< read and wait only: somebody called wake()
        timeout,     ///< the action's deadline passed
        cancelled,   ///< this side was told to stop
        caller_gone, ///< watch_caller only
        error,       ///< `error` says what
    };

    kind what = kind::begin;
    std::size_t n = 0;
    error_code error{};
    std::string message{}; ///< of an error: more than its code says, for people; perhaps the peer's words

    static outcome bytes(std::size_t n) { return {.what = kind::ok, .n = n}; }
    static outcome failed(error_code e, std::string message = {})
    {
        return {.what = kind::error, .error = e, .message = std::move(message)};
    }

    bool ok() const noexcept { return what == kind::ok; }

    /// The failure this outcome amounts to; `on_timeout` is the code for a deadline, since only the operation knows
    /// which of its clocks it had set.
    failure to_failure(errc on_timeout) const
    {
        switch (what) {
        case kind::timeout: return on_timeout;
        case kind::cancelled: return errc::cancelled;
        case kind::caller_gone: return errc::caller_gone;
        case kind::eof: return errc::connection_lost;
        case kind::error: return {error, message};
        default: return errc::out_of_order;
        }
    }
};

} // namespace chatwire::io
#endif
