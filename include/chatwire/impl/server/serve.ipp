// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_SERVER_SERVE_IPP
#define CHATWIRE_IMPL_SERVER_SERVE_IPP

#include <chatwire/server/serve.hpp>

#include <algorithm>
#include <utility>

namespace chatwire {

CHATWIRE_DECL serve::serve(router const& routes, server_limits const& limits, std::atomic<bool> const& draining,
                           std::function<void()> wake)
    : limits_(limits), draining_(&draining),
      connection_(std::make_unique<server_connection>(routes, limits, std::move(wake)))
{
}

CHATWIRE_DECL io::action serve::resume(io::outcome const& o)
{
    using kind = io::outcome::kind;
    switch (doing_) {
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
            break;
        default: return close();
        }
        break;
    case doing::writing:
        if (!o.ok())
            return give_up();
        connection_->consume(o.n);
        break;
    case doing::planning:
        if (!orphaned_ && (o.what == kind::caller_gone || o.what == kind::cancelled))
            return give_up();
        if (o.what == kind::timeout && io::clock::now() < plan_deadline_) {
            on_own_timeout();
            break;
        }
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
            auto const now = io::clock::now();
            request_until_ = io::after(now, limits_.request_timeout);
            heartbeat_at_ = io::after(now, limits_.heartbeat);
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
        return read();
    }
}

CHATWIRE_DECL void serve::resume_plan(io::outcome const& o)
{
    plan_action_ = plan_->resume(o);
    plan_deadline_ = plan_action_.deadline;
    bool const over = plan_action_.what == io::action::kind::done;
    if (!orphaned_) {
        if (draining_->load(std::memory_order_relaxed))
            connection_->close_after_answer();
        taken_.clear();
        plan_->queue().take(taken_);
        for (auto& c : taken_)
            connection_->put(plan_->envelope(), std::move(c));
        if (!taken_.empty())
            heartbeat_at_ = io::after(io::clock::now(), limits_.heartbeat);
        if (over) {
            if (plan_->whole())
                connection_->reply(*plan_->whole());
            else if (auto const error = plan_->queue().error())
                connection_->fail(*error);
            else
                connection_->finish(plan_->envelope());
        }
    }
    if (over)
        plan_.reset();
}

CHATWIRE_DECL io::action serve::issue_plan_action()
{
    doing_ = doing::planning;
    auto const what = plan_action_.what;
    // Waiting and reading can be taken up again where they were left, so a heartbeat may come in between; work on
    // another thread and connecting cannot.
    bool const resumable = what == io::action::kind::wait || what == io::action::kind::read;
    io::action a = resumable ? plan_action_ : std::move(plan_action_);
    if (!orphaned_ && what != io::action::kind::close) {
        a.watch_caller = true;
        if (resumable)
            a.deadline = std::min({a.deadline, heartbeat_at_, request_until_});
        else
            a.deadline = std::min(a.deadline, request_until_);
    }
    return a;
}

CHATWIRE_DECL void serve::on_own_timeout()
{
    auto const now = io::clock::now();
    if (now >= request_until_) {
        connection_->close_after_answer();
        connection_->fail(failure(errc::total_timeout, "the answer took too long"));
        orphan_plan();
        return;
    }
    connection_->heartbeat(plan_->envelope());
    heartbeat_at_ = io::after(now, limits_.heartbeat);
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

CHATWIRE_DECL io::action serve::write()
{
    doing_ = doing::writing;
    auto a = io::action::write_some(io::port::caller, connection_->output(),
                                    io::after(io::clock::now(), limits_.write_timeout));
    a.watch_caller = plan_ != nullptr;
    return a;
}

CHATWIRE_DECL io::action serve::read()
{
    doing_ = doing::reading;
    auto const now = io::clock::now();
    if (connection_->idle()) {
        if (phase_ != phase::idle)
            read_until_ = io::after(now, limits_.keep_alive);
        phase_ = phase::idle;
    } else if (connection_->reading_head()) {
        if (phase_ != phase::head)
            read_until_ = io::after(now, limits_.head_timeout);
        phase_ = phase::head;
    } else {
        read_until_ = io::after(now, limits_.body_timeout);
        phase_ = phase::body;
    }
    return io::action::read_some(io::port::caller, connection_->prepare(), read_until_);
}

CHATWIRE_DECL io::action serve::close()
{
    doing_ = doing::closing;
    return io::action::close_port(io::port::caller, connection_->lingering()
                                                        ? io::after(io::clock::now(), limits_.linger)
                                                        : io::never);
}

} // namespace chatwire
#endif
