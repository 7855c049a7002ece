// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_SERVER_SERVE_HPP
#define CHATWIRE_SERVER_SERVE_HPP

#include <chatwire/io/operation.hpp>
#include <chatwire/server/connection.hpp>

#include <atomic>
#include <functional>
#include <memory>
#include <optional>

namespace chatwire {

/// The operation that serves one connection, from its first byte to its end: reads requests, runs the plan of each with
/// the caller watched and heartbeats in the silence, and sends what it says.
///
/// With `secured`, TLS is the first thing on the connection, and has the time of a head; who does not speak it is left
/// without a word.
///
/// When the caller goes away, the plan is told that nobody wants its answer, unless it answers a request with an
/// `Idempotency-Key`: then it goes on unheard, for a repeat to find the answer.
///
/// `draining`, once true (and the driver woken), lets the request in progress finish and takes no other.
///
/// `waiting`, where it is given, is how many connections wait to be served (and the driver is woken when there are
/// some): as long as it is not 0, no connection is kept for a further request.
///
/// @par Object lifetimes
/// `routes`, `draining` and `waiting` must outlive it.
class serve {
public:
    CHATWIRE_DECL serve(router const& routes, server_limits const& limits, std::atomic<bool> const& draining,
                        std::function<void()> wake, bool secured = false,
                        std::atomic<std::size_t> const* waiting = nullptr);

    CHATWIRE_DECL io::action resume(io::outcome const& o);
    /// The number of requests that were read.
    result<std::size_t> take() { return connection_->requests(); }

private:
    enum class doing : unsigned char { securing, reading, writing, planning, closing };
    enum class phase : unsigned char { none, idle, head, body };

    bool crowded() const noexcept { return waiting_ && waiting_->load() != 0; }
    CHATWIRE_DECL io::action go_on();
    CHATWIRE_DECL io::action write();
    CHATWIRE_DECL io::action read();
    CHATWIRE_DECL io::action issue_plan_action();
    CHATWIRE_DECL io::action give_up();
    CHATWIRE_DECL bool go_on_unheard();
    CHATWIRE_DECL io::action close();
    CHATWIRE_DECL void resume_plan(io::outcome const& o);
    CHATWIRE_DECL bool on_own_timeout(); ///< whether it was one
    CHATWIRE_DECL void start_clock();
    CHATWIRE_DECL void leave_time_for_last_words();
    CHATWIRE_DECL void orphan_plan();

    server_limits limits_;
    std::atomic<bool> const* draining_;
    std::atomic<std::size_t> const* waiting_;
    std::unique_ptr<server_connection> connection_; // stays put: parsers and exchanges are not cheap to move
    doing doing_;
    io::origin nobody_{}; // in particular has to prove to be who they are

    phase phase_ = phase::none; // what read_until_ was set for,
    std::size_t phase_of_ = 0;  // and of which request
    io::time_point read_until_ = io::never;
    io::time_point body_until_ = io::never;

    std::unique_ptr<plan> plan_{};
    io::action plan_action_{};                 // what the plan wants, to be issued once everything it said is sent
    io::time_point plan_deadline_ = io::never; // its own, without the connection's clocks
    bool resumable_ = false;                   // it can be issued again
    io::time_point request_until_ = io::never;
    std::size_t clocked_ = 0; // the request that is set for
    io::time_point heartbeat_at_ = io::never;
    bool unheard_ = false;  // the caller has gone, and the plan's answer is wanted all the same
    bool orphaned_ = false; // nobody wants the plan's answer: it is only cleaning up
};

} // namespace chatwire

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/server/serve.ipp>
#endif
#endif
