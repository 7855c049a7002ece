// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_SERVER_CONNECTION_HPP
#define CHATWIRE_SERVER_CONNECTION_HPP

#include <chatwire/http/parser.hpp>
#include <chatwire/server/exchange.hpp>
#include <chatwire/server/limits.hpp>

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace chatwire {

/// The server's side of one connection, in bytes: HTTP's framing around one @ref server_exchange after the other.
/// An `io::endpoint` whose events are calls to be answered.
///
/// After an event, answer: a `step` of the plan after another, or else `put` and `finish` (or `reply`, or `fail`); and
/// send what `output` has. The next event comes once the answer is complete and sent. `next_event` gives nothing for
/// ever once `done`.
///
/// @par Thread safety
/// None.
///
/// @par Specification
/// RFC 9112
class server_connection {
public:
    using event = std::unique_ptr<plan>;

    /// `routes` must outlive it. `wake` wakes whoever drives it, from any thread.
    CHATWIRE_DECL server_connection(router const& routes, server_limits const& limits, std::function<void()> wake = {});

    // io::endpoint

    std::string_view output() const noexcept { return std::string_view(out_).substr(sent_); }
    CHATWIRE_DECL void consume(std::size_t n);
    std::span<char> prepare() { return parser_.prepare(16384); }
    void commit(std::size_t n) { parser_.commit(n); }
    void commit_eof() { parser_.commit_eof(); }
    CHATWIRE_DECL result<std::optional<event>> next_event();

    // the answer to the last event

    /// Resumes the plan of the event with how its last action went, and says what it says, its end included.
    /// @return what it wants next; `done`: it is over, and so is the answer. One that said too much has its answer
    /// ended before: see @ref server_exchange::step
    CHATWIRE_DECL io::action step(plan& p, io::outcome const& o);
    CHATWIRE_DECL void reply(answer a);
    CHATWIRE_DECL void put(envelope const& e, chunk c);
    CHATWIRE_DECL void finish(envelope const& e);
    CHATWIRE_DECL void fail(failure const& f);
    /// A comment in the stream, between two events; if the answer is one, or will be.
    CHATWIRE_DECL void heartbeat(envelope const& e);

    /// Refuses a request that cannot be read, or does not come, and closes. Of one cut short nothing is said.
    CHATWIRE_DECL void refuse(failure const& f);

    /// Nothing more will be read or written: close. `lingering`: the peer may still be sending, so give it time to
    /// read.
    bool done() const noexcept { return closing_ && output().empty(); }
    bool lingering() const noexcept { return lingering_; }
    /// Between two requests, with no byte of the next.
    bool idle() const noexcept { return !exchange_ && output().empty() && parser_.idle(); }
    /// Whether the head of a request is being read; else its body, or nothing.
    bool reading_head() const noexcept { return !exchange_; }
    /// Whether the answer to the last event is complete.
    bool answered() const noexcept { return !exchange_; }
    /// Whether the answer is to be completed though nobody takes it; see @ref server_exchange::wanted_anyway.
    bool wanted_anyway() const { return exchange_ && exchange_->wanted_anyway(); }
    /// Nobody takes the answer any more: from now on there is no output, and after it the connection ends.
    CHATWIRE_DECL void mute() noexcept;
    /// An answer that was begun but cannot be completed ends with the connection.
    void abort() noexcept
    {
        closing_ = true;
        out_.clear();
        sent_ = 0;
    }
    /// Take no further request.
    void close_after_answer() noexcept { last_request_ = true; }
    std::size_t requests() const noexcept { return requests_; }

private:
    CHATWIRE_DECL void flush_answer();
    CHATWIRE_DECL void after_answer();

    router const* routes_;
    server_limits limits_;
    std::function<void()> wake_;
    http::request_parser parser_;
    std::optional<server_exchange> exchange_{};
    std::string out_{};
    std::size_t sent_ = 0;
    std::size_t requests_ = 0;
    enum class reading : unsigned char { request, discarding, answering } state_ = reading::request;
    bool body_complete_ = false;
    bool head_request_ = false;
    bool keep_alive_ = false;
    bool chunked_ = false;
    int version_ = 11;
    bool last_request_ = false;
    bool closing_ = false;
    bool lingering_ = false;
    bool muted_ = false;
};

} // namespace chatwire

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/server/connection.ipp>
#endif
#endif
