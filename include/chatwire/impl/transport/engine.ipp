// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_TRANSPORT_ENGINE_IPP
#define CHATWIRE_IMPL_TRANSPORT_ENGINE_IPP

#include <chatwire/transport/engine.hpp>

#include <algorithm>
#include <atomic>
#include <poll.h>

namespace chatwire::transport {
namespace detail {

// Whether a socket's peer has ended its side, whatever it has sent before.
inline bool hung_up(int fd) noexcept
{
#if defined(POLLRDHUP)
    pollfd p{fd, POLLRDHUP, 0};
#else
    pollfd p{fd, 0, 0};
#endif
    return ::poll(&p, 1, 0) == 1 && (p.revents & POLLNVAL) == 0;
}

} // namespace detail

struct engine::offloaded {
    std::atomic<bool> done{false};
    error_code error{};
};

CHATWIRE_DECL engine::engine(std::shared_ptr<waker> w, transport::connector c, std::shared_ptr<worker_pool> pool,
                             transport::securer s, transport::securer accept)
    : waker_(std::move(w)), connector_(std::move(c)), securers_{std::move(accept), std::move(s)}, pool_(std::move(pool))
{
}

CHATWIRE_DECL void engine::attach(io::port p, std::unique_ptr<stream> s) { replace(p, std::move(s)); }

CHATWIRE_DECL void engine::replace(io::port p, std::unique_ptr<stream> s)
{
    auto& state = ports_[index(p)];
    if (state.io && before_close)
        before_close(p);
    state = port_state{};
    state.io = std::move(s);
}

CHATWIRE_DECL void engine::begin(io::action a)
{
    action_ = std::move(a);
    first_step_ = true;
    discarded_ = 0;
    connecting_.reset();
    offloaded_.reset();
}

CHATWIRE_DECL std::optional<io::outcome> engine::step()
{
    interest_count_ = 0;
    look_again_ = io::never;
    bool const closing = action_.what == io::action::kind::close;
    if (waker_->cancelled() && !closing)
        return io::outcome{.what = io::outcome::kind::cancelled};
    bool const first = std::exchange(first_step_, false);
    bool const late = action_.deadline != io::never && io::clock::now() >= action_.deadline;
    // A deadline that had passed before the action began ends it; one that passes while bytes arrive does not hide
    // them.
    if (!(first && late && !closing))
        if (auto done = try_action())
            return done;
    bool const reads_caller = action_.what == io::action::kind::read && action_.p == io::port::caller;
    if (action_.watch_caller && !reads_caller && caller_is_gone())
        return io::outcome{.what = io::outcome::kind::caller_gone};
    if (late)
        return io::outcome{.what = io::outcome::kind::timeout};
    return std::nullopt;
}

CHATWIRE_DECL std::optional<io::outcome> engine::try_action()
{
    auto& s = ports_[index(action_.p)];
    switch (action_.what) {
    case io::action::kind::connect:
    case io::action::kind::secure: return try_connect();
    case io::action::kind::write: {
        if (!s.io)
            return io::outcome::failed(errc::out_of_order);
        auto const a = s.io->try_write(action_.out);
        if (a.what == attempt::kind::ok)
            return io::outcome::bytes(a.n);
        if (!a.blocked())
            return io::outcome::failed(a.error, s.io->reason());
        want(s.io->native_handle(), a, action_.p);
        // A peer that does not read may be waiting for us to do so. (A stream that has to read before it writes is not
        // waiting for the peer's sake.)
        if (a.what == attempt::kind::needs_write && !(action_.watch_caller && action_.p == io::port::caller))
            read_ahead(action_.p);
        return std::nullopt;
    }
    case io::action::kind::read:
        if (waker_->take_wake())
            return io::outcome{.what = io::outcome::kind::woken};
        return try_read(s);
    case io::action::kind::wait:
        if (waker_->take_wake())
            return io::outcome{.what = io::outcome::kind::woken};
        return std::nullopt;
    case io::action::kind::offload: return try_offload();
    case io::action::kind::start: return start_work();
    case io::action::kind::close: return try_close(s);
    case io::action::kind::done: break;
    }
    return io::outcome::failed(errc::out_of_order);
}

CHATWIRE_DECL std::optional<io::outcome> engine::try_read(port_state& s)
{
    if (!s.io)
        return io::outcome::failed(errc::out_of_order);
    if (!s.ahead.empty()) {
        auto const n = std::min(s.ahead.size(), action_.in.size());
        std::copy_n(s.ahead.begin(), n, action_.in.begin());
        s.ahead.erase(0, n);
        return io::outcome::bytes(n);
    }
    if (s.broken)
        return io::outcome::failed(s.broken);
    if (s.ended)
        return io::outcome{.what = io::outcome::kind::eof};
    auto const a = s.io->try_read(action_.in);
    switch (a.what) {
    case attempt::kind::ok: return io::outcome::bytes(a.n);
    case attempt::kind::eof: s.ended = true; return io::outcome{.what = io::outcome::kind::eof};
    case attempt::kind::error: return io::outcome::failed(a.error, s.io->reason());
    default: want(s.io->native_handle(), a, action_.p); return std::nullopt;
    }
}

// Opening a port and securing one differ in where they begin.
CHATWIRE_DECL std::unique_ptr<connection_attempt> engine::start_attempt()
{
    if (!action_.to)
        return nullptr;
    auto& s = ports_[index(action_.p)];
    if (action_.what == io::action::kind::connect) {
        replace(action_.p, nullptr);
        return connector_ ? connector_(*action_.to, waker_) : nullptr;
    }
    auto const& secure = securers_[index(action_.p)];
    if (!secure || !s.io)
        return nullptr;
    if (before_close)
        before_close(action_.p);
    return secure(std::move(s.io), *action_.to);
}

CHATWIRE_DECL std::optional<io::outcome> engine::try_connect()
{
    // Bytes that came before TLS was asked for are nobody's: they must not pass for secured ones.
    if (action_.what == io::action::kind::secure && !ports_[index(action_.p)].ahead.empty())
        return io::outcome::failed(errc::unexpected_body);
    if (!connecting_ && !(connecting_ = start_attempt()))
        return io::outcome::failed(errc::unsupported);
    auto const a = connecting_->go_on();
    if (a.blocked()) {
        if (connecting_->native_handle() >= 0)
            want(connecting_->native_handle(), a, action_.p);
        return std::nullopt;
    }
    if (a.what != attempt::kind::ok) {
        auto reason = connecting_->reason();
        connecting_.reset();
        return io::outcome::failed(a.error, std::move(reason));
    }
    replace(action_.p, connecting_->take());
    connecting_.reset();
    return io::outcome{.what = io::outcome::kind::ok};
}

CHATWIRE_DECL std::optional<io::outcome> engine::try_close(port_state& s)
{
    // Closing at once while bytes of the peer are unread would reset the connection, and with it what the peer has not
    // read of our last words. A deadline asks to take in (and drop) what comes until the peer has closed, too.
    if (s.io && action_.deadline != io::never && !s.ended && !waker_->cancelled()) {
        if (discarded_ == 0)
            s.io->shutdown_write();
        char sink[4096];
        while (discarded_ < max_discard && io::clock::now() < action_.deadline) {
            auto const a = s.io->try_read(sink);
            if (a.blocked()) {
                want(s.io->native_handle(), a, action_.p);
                return std::nullopt;
            }
            if (a.what != attempt::kind::ok)
                break;
            discarded_ += a.n;
        }
    }
    replace(action_.p, nullptr);
    return io::outcome{.what = io::outcome::kind::ok};
}

CHATWIRE_DECL std::optional<io::outcome> engine::try_offload()
{
    if (!offloaded_) {
        offloaded_ = std::make_shared<offloaded>();
        auto run = [state = offloaded_, w = waker_, work = std::move(action_.work)]() mutable {
            try {
                work();
            } catch (...) {
                state->error = errc::unexpected_exception;
            }
            work = nullptr; // before the operation, which may own the same things, goes on
            state->done.store(true, std::memory_order_release);
            w->notify();
        };
        try {
            pool_->post(std::move(run));
        } catch (...) {
            return io::outcome::failed(errc::unexpected_exception);
        }
    }
    if (!offloaded_->done.load(std::memory_order_acquire))
        return std::nullopt;
    auto const error = offloaded_->error;
    offloaded_.reset();
    if (error)
        return io::outcome::failed(error);
    return io::outcome{.what = io::outcome::kind::ok};
}

CHATWIRE_DECL io::outcome engine::start_work()
{
    try {
        pool_->post([work = std::move(action_.work)] {
            try {
                work();
            } catch (...) { // whoever started it is told by the work itself
            }
        });
    } catch (...) {
        return io::outcome::failed(errc::unexpected_exception);
    }
    return {.what = io::outcome::kind::ok};
}

CHATWIRE_DECL bool engine::caller_is_gone()
{
    auto const& s = ports_[index(io::port::caller)];
    if (!s.io || read_ahead(io::port::caller))
        return true;
    if (s.ahead.size() < max_read_ahead)
        return false;
    // Behind bytes that are not read its end makes nothing readable: only looking shows it.
    look_again_ = io::clock::now() + look_interval;
    return detail::hung_up(s.io->native_handle());
}

// Whether the peer's side has ended, as far as that is read.
CHATWIRE_DECL bool engine::read_ahead(io::port p)
{
    auto& s = ports_[index(p)];
    while (!s.ended && !s.broken && s.ahead.size() < max_read_ahead) {
        char buffer[2048];
        auto const a = s.io->try_read(buffer);
        if (a.blocked()) {
            want(s.io->native_handle(), a, p);
            return false;
        }
        if (a.what == attempt::kind::ok)
            s.ahead.append(buffer, a.n);
        else if (a.what == attempt::kind::eof)
            s.ended = true;
        else
            s.broken = a.error;
    }
    return s.ended || s.broken;
}

CHATWIRE_DECL void engine::want(int fd, attempt const& a, io::port p)
{
    interests_[interest_count_++] = {fd, a.what == attempt::kind::needs_write, p};
}

} // namespace chatwire::transport
#endif
