// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_SERVER_SERVE_IPP
#define CHATWIRE_IMPL_SERVER_SERVE_IPP

#include <chatwire/server/serve.hpp>

#include <algorithm>
#include <utility>

namespace chatwire {

CHATWIRE_DECL serve::serve(router const& routes, server_limits const& limits, std::atomic<bool> const& draining,
                           std::function<void()> wake, bool secured, std::atomic<std::size_t> const* waiting)
    : limits_(limits), draining_(&draining), waiting_(waiting),
      connection_(std::make_unique<server_connection>(routes, limits, std::move(wake))),
      doing_(secured ? doing::securing : doing::reading)
{
}

CHATWIRE_DECL io::action serve::resume(io::outcome const& o)
{
    using kind = io::outcome::kind;
    switch (doing_) {
    case doing::securing:
        if (o.what == kind::begin)
            return io::action::start_tls(io::port::caller, nobody_, io::after(io::clock::now(), limits_.head_timeout));
        if (!o.ok())
            return close();
        break;
    case doing::reading:
        switch (o.what) {
        case kind::begin:
        case kind::woken: break;
        case kind::ok: connection_->commit(o.n); break;
        case kind::eof: connection_->commit_eof(); break;
        case kind::timeout:
            if (connection_->idle())
                return close();
            connection_->refuse(failure(errc::idle_timeout, "the request did not arrive in time"));
            leave_time_for_last_words();
            break;
        default: return close();
        }
        break;
    case doing::writing:
        if (o.ok())
            connection_->consume(o.n);
        else if (o.what == kind::cancelled || !go_on_unheard())
            return give_up();
        break;
    case doing::planning:
        if (!orphaned_ && o.what == kind::caller_gone && resumable_ && go_on_unheard())
            break;
        if (!orphaned_ && (o.what == kind::caller_gone || o.what == kind::cancelled))
            return give_up();
        if (orphaned_ || o.what != kind::timeout || io::clock::now() >= plan_deadline_ || !on_own_timeout())
            resume_plan(o);
        break;
    case doing::closing: return io::action::finish();
    }
    return go_on();
}

CHATWIRE_DECL io::action serve::go_on()
{
    for (;;) {
        if (plan_ && orphaned_)
            return issue_plan_action();
        if (plan_ && unheard_ && !connection_->wanted_anyway())
            return give_up();
        if (!connection_->output().empty())
            return write();
        if (plan_)
            return issue_plan_action();
        if (connection_->done())
            return close();
        auto event = connection_->next_event();
        if (!event)
            return close();
        if (*event) {
            plan_ = std::move(**event);
            orphaned_ = false;
            unheard_ = false;
            start_clock();
            heartbeat_at_ = io::after(io::clock::now(), limits_.heartbeat);
            resume_plan({});
            continue;
        }
        if (!connection_->output().empty() || connection_->done())
            continue;
        if (draining_->load(std::memory_order_acquire)) {
            if (connection_->idle())
                return close();
            connection_->close_after_answer();
        }
        if (crowded() && connection_->idle() && connection_->requests() > 0)
            return close();
        return read();
    }
}

CHATWIRE_DECL void serve::resume_plan(io::outcome const& o)
{
    if (orphaned_) {
        try {
            plan_action_ = plan_->resume(o);
        } catch (...) { // and nobody is left to tell
            plan_action_ = io::action::finish();
        }
    } else {
        if (draining_->load(std::memory_order_relaxed) || crowded())
            connection_->close_after_answer();
        plan_action_ = connection_->step(*plan_, o);
        if (!connection_->output().empty())
            heartbeat_at_ = io::after(io::clock::now(), limits_.heartbeat);
        if (connection_->answered() && plan_action_.what != io::action::kind::done) { // it said too much
            if (plan_action_.what != io::action::kind::close)
                return orphan_plan();
            plan_->queue().abandon(); // and is cleaning up as it is
            orphaned_ = true;
        }
    }
    plan_deadline_ = plan_action_.deadline;
    resumable_ = plan_action_.what == io::action::kind::wait || plan_action_.what == io::action::kind::read;
    if (plan_action_.what == io::action::kind::done)
        plan_.reset();
}

CHATWIRE_DECL io::action serve::issue_plan_action()
{
    doing_ = doing::planning;
    // Waiting and reading can be taken up again where they were left, so a heartbeat may come in between; work on
    // another thread and connecting cannot.
    io::action a = resumable_ ? plan_action_ : std::move(plan_action_);
    if (!orphaned_ && a.what != io::action::kind::close) {
        // what cannot be taken up again must not be cut short by the going of a caller whom it does not need
        a.watch_caller = !unheard_ && (resumable_ || !connection_->wanted_anyway());
        bool const beats = resumable_ && !unheard_;
        a.deadline = std::min({a.deadline, request_until_, beats ? heartbeat_at_ : io::never});
    }
    return a;
}

CHATWIRE_DECL bool serve::on_own_timeout()
{
    auto const now = io::clock::now();
    if (now >= request_until_) {
        connection_->close_after_answer();
        connection_->fail(failure(errc::total_timeout, "the answer took too long"));
        leave_time_for_last_words();
        orphan_plan();
        return true;
    }
    if (!resumable_)
        return false;
    connection_->heartbeat(plan_->envelope());
    heartbeat_at_ = io::after(now, limits_.heartbeat);
    return true;
}

CHATWIRE_DECL void serve::start_clock()
{
    if (std::exchange(clocked_, connection_->requests()) != connection_->requests())
        request_until_ = io::after(io::clock::now(), limits_.request_timeout);
}

// The request's time is up, but for these.
CHATWIRE_DECL void serve::leave_time_for_last_words()
{
    request_until_ = io::after(io::clock::now(), limits_.write_timeout);
}

CHATWIRE_DECL void serve::orphan_plan()
{
    plan_->queue().abandon();
    orphaned_ = true;
    resume_plan({.what = io::outcome::kind::caller_gone});
}

CHATWIRE_DECL io::action serve::give_up()
{
    connection_->abort();
    if (plan_)
        orphan_plan();
    return go_on();
}

CHATWIRE_DECL bool serve::go_on_unheard()
{
    if (!plan_ || !connection_->wanted_anyway())
        return false;
    connection_->mute();
    unheard_ = true;
    return true;
}

CHATWIRE_DECL io::action serve::write()
{
    doing_ = doing::writing;
    auto a = io::action::write_some(io::port::caller, connection_->output(),
                                    std::min(io::after(io::clock::now(), limits_.write_timeout), request_until_));
    a.watch_caller = plan_ != nullptr;
    return a;
}

CHATWIRE_DECL io::action serve::read()
{
    doing_ = doing::reading;
    auto const now = io::clock::now();
    auto const now_in = connection_->idle() ? phase::idle : connection_->reading_head() ? phase::head : phase::body;
    auto const of = connection_->requests();
    // the head has its time as a whole, the body has it for each of its pieces, too
    if (now_in != phase_ || of != phase_of_ || now_in == phase::body) {
        if (now_in == phase::body && (now_in != phase_ || of != phase_of_))
            body_until_ = io::after(now, limits_.receive_timeout);
        phase_ = now_in;
        phase_of_ = of;
        read_until_ = io::after(now, now_in == phase::idle   ? limits_.keep_alive
                                     : now_in == phase::head ? limits_.head_timeout
                                                             : limits_.body_timeout);
    }
    if (now_in == phase::body) {
        start_clock();
        read_until_ = std::min({read_until_, body_until_, request_until_});
    } else {
        request_until_ = io::never; // that one is over
    }
    return io::action::read_some(io::port::caller, connection_->prepare(), read_until_);
}

CHATWIRE_DECL io::action serve::close()
{
    doing_ = doing::closing;
    return io::action::close_port(io::port::caller,
                                  connection_->lingering() ? io::after(io::clock::now(), limits_.linger) : io::never);
}

} // namespace chatwire
#endif
