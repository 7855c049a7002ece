// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_SERVER_IPP
#define CHATWIRE_IMPL_SERVER_IPP

#include <chatwire/impl/blocking_server.ipp>
#include <chatwire/io/transport.hpp>
#include <chatwire/server.hpp>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/this_coro.hpp>

#include <algorithm>
#include <chrono>
#include <exception>

namespace chatwire {
namespace detail {

// A queue may hold on to its event for longer than the io_context lives.
struct event_closer {
    transport::asio_event& event;
    ~event_closer() { event.close(); }
};

// Waits for a descriptor that somebody else closes, also if the coroutine that waits is destroyed.
class borrowed_descriptor {
public:
    borrowed_descriptor(boost::asio::any_io_executor const& executor, int fd) : descriptor_(executor, fd) {}
    ~borrowed_descriptor() { give_back(); }
    void give_back()
    {
        if (descriptor_.is_open())
            descriptor_.release();
    }
    template <class Handler>
    void when_readable(Handler h)
    {
        descriptor_.async_wait(boost::asio::posix::descriptor_base::wait_read, std::move(h));
    }

private:
    boost::asio::posix::stream_descriptor descriptor_;
};

} // namespace detail

CHATWIRE_DECL server::server(boost::asio::any_io_executor executor, server_options o, transport::securer secure,
                             transport::securer secure_upstream)
    : executor_(std::move(executor)), core_(std::move(o)), secure_(std::move(secure)),
      secure_upstream_(std::move(secure_upstream)), changed_(std::make_shared<transport::asio_event>(executor_)),
      offload_(std::make_shared<transport::worker_pool>())
{
    core_.on_leave = [changed = changed_] { changed->set(); };
}

CHATWIRE_DECL boost::asio::awaitable<void> server::handle(handler h, std::shared_ptr<request const> r,
                                                          std::shared_ptr<delta_queue> q)
{
    // A handler whose caller has gone is cancelled: what it awaits ends, and it learns the rest from its next put.
    co_await boost::asio::this_coro::throw_if_cancelled(false);
    auto writable = std::make_shared<transport::asio_event>(co_await boost::asio::this_coro::executor);
    detail::event_closer const close_event{*writable};

    responder out{coroutine_put{q, writable}};
    std::exception_ptr thrown;
    try {
        co_await h(*r, out);
    } catch (...) {
        thrown = std::current_exception();
    }
    close_after_handler(*q, thrown);
}

CHATWIRE_DECL completer server::completer_for(handler h)
{
    return started_by(
        [executor = executor_, h = std::move(h)](std::shared_ptr<request const> r, std::shared_ptr<delta_queue> q) {
            auto const strand = boost::asio::make_strand(executor);
            auto const stop = std::make_shared<boost::asio::cancellation_signal>();
            q->on_abandon = [strand, weak = std::weak_ptr(stop)] {
                if (auto const alive = weak.lock()) // a signal may only be emitted where the coroutine runs
                    boost::asio::post(strand, [alive] { alive->emit(boost::asio::cancellation_type::terminal); });
            };
            boost::asio::co_spawn(strand, handle(h, std::move(r), std::move(q)),
                                  boost::asio::bind_cancellation_slot(stop->slot(), [stop](std::exception_ptr) {}));
        },
        core_.options().queue_size, core_.options().queue_bytes);
}

CHATWIRE_DECL void server::on_completion(handler h) { core_.on_completion(completer_for(std::move(h))); }

CHATWIRE_DECL result<std::uint16_t> server::listen()
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

CHATWIRE_DECL transport::options server::transport_options() const
{
    return {.connect = transport::connect_tcp, .secure = secure_upstream_, .accept = secure_, .pool = offload_};
}

CHATWIRE_DECL server_core::handle server::handle_of(std::shared_ptr<transport::waker> const& w)
{
    return {[w] { w->wake(); }, [w] { w->cancel(); }};
}

CHATWIRE_DECL boost::asio::awaitable<void> server::serve_one(std::unique_ptr<transport::stream> s)
{
    // g++ 12 destroys temporaries of aggregates twice in a coroutine, so what needs some is made by functions.
    transport::asio t(co_await boost::asio::this_coro::executor, transport_options());
    t.attach(io::port::caller, std::move(s));
    auto const reach = handle_of(t.get_waker());
    server_core::ticket ticket;
    if (core_.enter(reach, ticket)) {
        try {
            (void)co_await io::run_on(t, core_.session(reach.wake, secure_ != nullptr));
        } catch (...) { // out of memory, say: of this connection only
        }
        core_.leave(ticket);
    } else if (!secure_) { // who is to speak TLS cannot be told in the clear
        if (++turned_away_ <= max_turned_away) {
            try {
                (void)co_await io::run_on(t, turn_away());
            } catch (...) { // the same
            }
        }
        --turned_away_;
    }
}

CHATWIRE_DECL bool server::accept_all()
{
    while (!core_.has_news()) {
        auto s = listener_->accept();
        if (!s)
            return false;
        if (!*s)
            break;
        ++running_;
        boost::asio::co_spawn(boost::asio::make_strand(executor_), serve_one(std::move(*s)),
                              [this, changed = changed_](std::exception_ptr) {
                                  --running_; // with the last one `run` may return, and the server be gone
                                  changed->set();
                              });
    }
    return true;
}

CHATWIRE_DECL boost::asio::awaitable<result<void>> server::run()
{
    if (auto const l = listen(); !l)
        co_return l.error();
    detail::borrowed_descriptor acceptable(executor_, listener_->native_handle());
    auto const armed = std::make_shared<std::atomic<bool>>(false);
    bool accepting = true;
    std::function<void()> const stop_accepting = [&] {
        accepting = false;
        acceptable.give_back();
        listener_->close();
    };
    for (;;) {
        auto deadline = core_.advance(io::clock::now(), stop_accepting);
        if (!accepting && running_.load() == 0)
            co_return result<void>();
        if (accepting) {
            // Running out of descriptors leaves the socket readable, and so would spin: look again a little later.
            bool const all = accept_all();
            if (!all)
                deadline = std::min(deadline, io::clock::now() + std::chrono::milliseconds(100));
            if (all && !armed->exchange(true))
                acceptable.when_readable([armed, changed = changed_](error_code) {
                    armed->store(false);
                    changed->set();
                });
        }
        co_await changed_->wait(deadline);
    }
}

CHATWIRE_DECL void server::stop() noexcept
{
    core_.stop();
    changed_->set();
}

CHATWIRE_DECL void server::stop_now() noexcept
{
    core_.stop(true);
    changed_->set();
}

} // namespace chatwire
#endif
