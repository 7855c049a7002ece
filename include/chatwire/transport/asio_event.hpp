// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_TRANSPORT_ASIO_EVENT_HPP
#define CHATWIRE_TRANSPORT_ASIO_EVENT_HPP

#include <chatwire/io/action.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/prepend.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <mutex>
#include <optional>
#include <utility>

namespace chatwire::transport {

/// An auto-reset event with a deadline: one coroutine waits, anybody sets.
///
/// Inside is a timer, so that Asio owns the suspended coroutine and destroys it with the io_context. The timer is only
/// touched under the mutex, since it may not be touched from two threads and this event may.
///
/// @par Thread safety
/// `set` from any thread, also after `close`; one coroutine at a time waits.
class asio_event {
public:
    explicit asio_event(boost::asio::any_io_executor const& executor) : timer_(std::in_place, executor) {}

    void set() noexcept
    {
        std::lock_guard lock(mutex_);
        set_ = true;
        if (waiting_ && timer_)
            timer_->cancel();
    }

    /// Until the event is set (or was since the last wait), the deadline passes, or Asio cancels the coroutine.
    boost::asio::awaitable<void> wait(io::time_point deadline)
    {
        constexpr auto token = boost::asio::as_tuple(boost::asio::use_awaitable);
        co_await boost::asio::async_initiate<decltype(token), void(error_code)>(
            [this, deadline](auto handler) { start(std::move(handler), deadline); }, token);
        std::lock_guard lock(mutex_);
        waiting_ = false;
        set_ = false; // whoever set it will be seen by the look that follows
    }

    /// Gives the timer back to its execution context, which others that hold this event may outlive.
    void close() noexcept
    {
        std::lock_guard lock(mutex_);
        timer_.reset();
    }

private:
    template <class Handler>
    void start(Handler handler, io::time_point deadline)
    {
        std::lock_guard lock(mutex_);
        if (set_) {
            boost::asio::post(timer_->get_executor(), boost::asio::prepend(std::move(handler), error_code{}));
            return;
        }
        waiting_ = true;
        timer_->expires_at(deadline);
        timer_->async_wait(std::move(handler));
    }

    std::mutex mutex_;
    std::optional<boost::asio::steady_timer> timer_;
    bool set_ = false;
    bool waiting_ = false;
};

} // namespace chatwire::transport
#endif
