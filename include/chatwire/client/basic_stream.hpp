// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CLIENT_BASIC_STREAM_HPP
#define CHATWIRE_CLIENT_BASIC_STREAM_HPP

#include <chatwire/client/close_stream.hpp>
#include <chatwire/client/core.hpp>
#include <chatwire/client/next_chunk.hpp>
#include <chatwire/io/port.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <utility>

namespace chatwire {

/// A streamed answer: take chunks until there are none.
///
/// @par Example
/// @code
/// while (auto chunk = s.next().value())
///     show(chunk->text());
/// @endcode
///
/// @par Object lifetimes
/// The client it came from must outlive it, and stay in its place. What has been received (@ref completion, @ref end,
/// @ref diagnostics) can be asked for as long as the stream lives. A stream that is destroyed before its end closes its
/// connection, so that the service can stop (over a transport that has no `drop`: the client's next call does).
///
/// @par Thread safety
/// As for the client: one thread, or one coroutine, at a time; @ref cancel from any thread.
template <class Transport, class Dialect = openai>
class basic_stream {
public:
    using chunk_type = basic_chunk<Dialect>;
    using completion_type = basic_completion<Dialect>;
    template <class T>
    using task = typename Transport::template task<T>;

    /// For clients: a stream that @ref begin_stream gave.
    basic_stream(Transport& t, client_core<Dialect>& core, std::shared_ptr<stream_state<Dialect>> s)
        : transport_(&t), core_(&core), state_(std::move(s))
    {
    }
    basic_stream(basic_stream&&) noexcept = default;
    basic_stream& operator=(basic_stream&& other) noexcept
    {
        if (this != &other) {
            drop();
            transport_ = other.transport_;
            core_ = other.core_;
            state_ = std::move(other.state_);
        }
        return *this;
    }
    ~basic_stream() { drop(); }

    /// The next chunk, or nothing when the answer is whole; @ref end tells in which way. A failure is the end, too, and
    /// comes again if asked for again.
    ///
    /// Failures: error_event, what the service said inside the stream; truncated_stream or a code of
    /// condition::peer_violation; of condition::limit; idle_timeout, data_timeout, write_timeout, total_timeout;
    /// cancelled;
    /// of condition::transport.
    task<result<std::optional<chunk_type>>> next() { return run(*transport_, next_chunk<Dialect>(*core_, state_)); }

    /// Gives the rest up: closes the connection, so that the service can stop. Does nothing after the end.
    task<result<void>> close() { return run(*transport_, close_stream<Dialect>(*core_, state_)); }

    /// Ends the running @ref next, or else the following one, with errc::cancelled. Thread-safe.
    void cancel() noexcept { transport_->cancel(); }

    /// How it ended. Before the end: what it would be if nothing more came, truncated.
    stream_end end() const { return state_->end.value_or(stream_end()); }
    bool ended() const noexcept { return state_->end.has_value(); }

    /// The chunks so far, put together. Also what there is of an answer that broke off.
    completion_type completion() const { return state_->completion(); }

    /// Number of chunks so far.
    std::uint64_t chunks() const noexcept { return state_->chunks; }

    /// What was tolerated so far. Lives as long as the stream.
    chatwire::diagnostics const& diagnostics() const noexcept { return *state_->log; }

    /// The head of the answer. Lives as long as the stream.
    http::response_head const& head() const noexcept { return state_->head; }

private:
    // The client ends the stream it reads when it is destroyed: one that has not ended has its client still.
    void drop() noexcept
    {
        if constexpr (requires { transport_->drop(io::port::upstream); })
            if (state_ && !state_->end) {
                core_->stream.reset();
                core_->open = false;
                transport_->drop(io::port::upstream);
            }
    }

    Transport* transport_;
    client_core<Dialect>* core_;
    std::shared_ptr<stream_state<Dialect>> state_;
};

} // namespace chatwire
#endif
