// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_BLOCKING_SERVER_IPP
#define CHATWIRE_IMPL_BLOCKING_SERVER_IPP

#include <chatwire/blocking_server.hpp>
#include <chatwire/io/transport.hpp>

#include <algorithm>
#include <chrono>
#include <exception>
#include <limits>
#include <poll.h>

namespace chatwire {
namespace detail {

// For poll(2): in milliseconds, no less than what is left.
inline int until(io::time_point when) noexcept
{
    if (when == io::never)
        return -1;
    auto const left = std::chrono::ceil<std::chrono::milliseconds>(when - io::clock::now()).count();
    return static_cast<int>(std::clamp<long long>(left, 0, std::numeric_limits<int>::max()));
}

} // namespace detail

CHATWIRE_DECL blocking_server::blocking_server(server_options o, transport::securer secure,
                                               transport::securer secure_upstream)
    : core_(std::move(o)), secure_(std::move(secure)), secure_upstream_(std::move(secure_upstream)),
      offload_(std::make_shared<transport::worker_pool>()),
      handlers_(std::make_shared<transport::worker_pool>(core_.options().threads)),
      refusals_(std::make_shared<transport::worker_pool>(2)),
      connections_(std::make_shared<transport::worker_pool>(core_.options().threads))
{
    core_.on_leave = [this] { changed_.set(); };
}

CHATWIRE_DECL completer blocking_server::completer_for(handler h)
{
    return started_by(
        [pool = std::weak_ptr(handlers_), h = std::move(h)](std::shared_ptr<request const> r,
                                                            std::shared_ptr<delta_queue> q) {
            auto const p = pool.lock();
            if (!p)
                return q->close(failure(errc::cancelled));
            p->post([h, r = std::move(r), q = std::move(q)] {
                blocking_responder out{blocking_put{q}};
                std::exception_ptr thrown;
                try {
                    h(*r, out);
                } catch (...) {
                    thrown = std::current_exception();
                }
                close_after_handler(*q, thrown);
            });
        },
        core_.options().queue_size, core_.options().queue_bytes);
}

CHATWIRE_DECL void blocking_server::on_completion(handler h) { core_.on_completion(completer_for(std::move(h))); }

CHATWIRE_DECL result<std::uint16_t> blocking_server::listen()
{
    if (!listener_) {
        auto l = transport::listener::open({core_.options().host, core_.options().port, core_.options().unix_socket});
        if (!l)
            return l.error();
        if (auto const known = core_.listening(l->on_loopback(), l->port()); !known)
            return known.error();
        listener_ = std::move(*l);
    }
    return listener_->port();
}

CHATWIRE_DECL transport::options blocking_server::transport_options() const
{
    return {.connect = transport::connect_tcp, .secure = secure_upstream_, .accept = secure_, .pool = offload_};
}

CHATWIRE_DECL void blocking_server::serve_one(std::unique_ptr<transport::stream> s)
{
    transport::blocking t(transport_options());
    t.attach(io::port::caller, std::move(s));
    auto const w = t.get_waker();
    server_core::ticket ticket;
    if (!core_.enter({[w] { w->wake(); }, [w] { w->cancel(); }}, ticket))
        return; // cannot be: there are never more than were taken on
    try {
        (void)io::run_on(t, core_.session([w] { w->wake(); }, secure_ != nullptr));
    } catch (...) { // out of memory, say: of this connection only
    }
    core_.leave(ticket);
}

CHATWIRE_DECL void blocking_server::turn_one_away(std::unique_ptr<transport::stream> s)
{
    transport::blocking t(transport_options());
    t.attach(io::port::caller, std::move(s));
    (void)io::run_on(t, turn_away());
}

CHATWIRE_DECL void blocking_server::take_on(std::unique_ptr<transport::stream> s)
{
    // Those that wait for a thread count, too.
    auto const most = core_.options().limits.max_connections;
    bool const room = most == 0 || taken_on_ < most;
    if (!room && (secure_ || turned_away_ >= max_turned_away))
        return; // nothing can be said in the clear, or it is a flood: to close has to say it all
    auto& count = room ? taken_on_ : turned_away_;
    bool const waits = ++count > core_.options().threads && room;
    if (waits)
        core_.waits();
    auto const over = [this, &count] {
        --count;
        changed_.set();
    };
    try {
        auto const shared = std::make_shared<std::unique_ptr<transport::stream>>(std::move(s));
        (room ? connections_ : refusals_)->post([this, over, room, waits, shared] {
            if (waits)
                core_.waits_no_more();
            try {
                room ? serve_one(std::move(*shared)) : turn_one_away(std::move(*shared));
            } catch (...) { // out of descriptors, say: of this connection only
            }
            over();
        });
    } catch (...) { // not even a thread is to be had
        if (waits)
            core_.waits_no_more();
        over();
    }
}

CHATWIRE_DECL result<void> blocking_server::run()
{
    if (auto const l = listen(); !l)
        return l.error();
    bool accepting = true;
    std::function<void()> const stop_accepting = [&] {
        accepting = false;
        listener_->close();
    };
    for (;;) {
        auto const look_again = core_.advance(io::clock::now(), stop_accepting);
        if (!accepting && taken_on_ == 0)
            break;
        pollfd fds[2] = {{changed_.native_handle(), POLLIN, 0},
                         {accepting ? listener_->native_handle() : -1, POLLIN, 0}};
        ::poll(fds, 2, detail::until(look_again));
        if (fds[0].revents)
            changed_.clear();
        while (accepting && !core_.has_news()) {
            auto s = listener_->accept();
            if (!s) { // out of descriptors or memory: what is open now has to end first
                ::poll(fds, 1, 100);
                break;
            }
            if (!*s)
                break;
            take_on(std::move(*s));
        }
    }
    return {};
}

CHATWIRE_DECL void blocking_server::stop() noexcept
{
    core_.stop();
    changed_.set();
}

CHATWIRE_DECL void blocking_server::stop_now() noexcept
{
    core_.stop(true);
    changed_.set();
}

} // namespace chatwire
#endif
