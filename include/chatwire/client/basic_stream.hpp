// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CLIENT_BASIC_STREAM_HPP
#define CHATWIRE_CLIENT_BASIC_STREAM_HPP

#include <chatwire/client/close_stream.hpp>
#include <chatwire/client/core.hpp>
#include <chatwire/client/next_chunk.hpp>
#include <chatwire/client/next_text.hpp>
#include <chatwire/client/stream_figures.hpp>
#include <chatwire/client/stream_iterator.hpp>
#include <chatwire/client/stream_texts.hpp>
#include <chatwire/io/port.hpp>

#include <concepts>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace chatwire {

/// A streamed answer: take chunks until there are none.
///
/// @par Example
/// @code
/// while (auto chunk = s.next().value()) // throws what ends it in failure
///     show(chunk->text());
/// @endcode
///
/// Over a blocking transport a stream is an input range of its chunks as well. A loop over it ends at the end and at a
/// failure alike, and throws neither: ask @ref end which it was, every time.
/// @code
/// for (auto& chunk : s)
///     show(chunk.text());
/// if (!s.end().success())
///     complain(s.end().error->what());
/// @endcode
///
/// Whoever wants the text only takes @ref next_text, or loops over @ref texts.
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

    /// Whether the functions return when they are done.
    static constexpr bool is_blocking = std::same_as<task<int>, int>;

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

    /// The next piece of the first choice's text, never an empty one; otherwise as @ref next. Passes over chunks that
    /// bring none: what they bring is in @ref completion, a refusal or tool calls perhaps.
    task<result<std::optional<std::string>>> next_text()
    {
        return run(*transport_, chatwire::next_text<Dialect>(*core_, state_));
    }

    /// Makes `for (auto& chunk : s)` of the chunks that are still to come, until the end or a failure: @ref end, which
    /// tells how the stream ended, is also where the loop does (see @ref stream_iterator). Of blocking transports only:
    /// no `for` awaits.
    ///
    /// A loop that is left can be taken up by another. The stream stays in its place while there is one.
    stream_iterator<basic_stream, chunk_type> begin() requires(is_blocking)
    {
        return stream_iterator<basic_stream, chunk_type>(*this);
    }

    /// The same of @ref next_text: `for (auto& piece : s.texts())`.
    stream_texts<basic_stream> texts() & requires(is_blocking) { return stream_texts<basic_stream>(*this); }

    /// Gives the rest up: closes the connection, so that the service can stop. Does nothing after the end.
    task<result<void>> close() { return run(*transport_, close_stream<Dialect>(*core_, state_)); }

    /// Ends the running @ref next, or else the following one, with errc::cancelled. Thread-safe.
    void cancel() noexcept { transport_->cancel(); }

    /// How it ended. Before the end: what it would be if nothing more came, truncated. Also where a loop over the
    /// stream stops: see @ref begin.
    stream_end end() const { return state_->end.value_or(stream_end()); }
    bool ended() const noexcept { return state_->end.has_value(); }

    /// The chunks so far, put together. Also what there is of an answer that broke off.
    completion_type completion() const { return state_->completion(); }

    /// Number of chunks so far.
    std::uint64_t chunks() const noexcept { return state_->figures.chunks; }

    /// What was tolerated so far. Lives as long as the stream.
    chatwire::diagnostics const& diagnostics() const noexcept { return *state_->log; }

    /// How fast it came so far: the time to the first token, all of its time, tokens per second.
    stream_figures const& figures() const noexcept { return state_->figures; }

    /// What the service calls the request, by which its people find it; empty where it says nothing. Failures say the
    /// same. Lives as long as the stream.
    ///
    /// @par Security
    /// The peer's own words: untrusted text.
    std::string const& request_id() const noexcept { return state_->request_id; }

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
