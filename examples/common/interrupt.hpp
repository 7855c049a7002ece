// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_EXAMPLES_COMMON_INTERRUPT_HPP
#define CHATWIRE_EXAMPLES_COMMON_INTERRUPT_HPP

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <condition_variable>
#include <csignal>
#include <functional>
#include <mutex>
#include <thread>
#include <utility>

namespace examples {

// While it lives, SIGINT and SIGTERM call `cancel` from a thread of its own. They go on doing so until the end: a call
// that begins forgets that an earlier one was cancelled.
class interrupt {
public:
    explicit interrupt(std::function<void()> cancel)
        : cancel_(std::move(cancel)), signals_(context_, SIGINT, SIGTERM), again_(context_)
    {
        signals_.async_wait([this](auto error, int) {
            if (!error)
                raise();
        });
        thread_ = std::thread([this] { context_.run(); });
    }
    interrupt(interrupt const&) = delete;
    ~interrupt()
    {
        context_.stop();
        thread_.join();
    }

    bool raised() const
    {
        std::lock_guard lock(mutex_);
        return raised_;
    }

    // Sleeps, or is interrupted.
    void sleep(std::chrono::milliseconds d) const
    {
        std::unique_lock lock(mutex_);
        changed_.wait_for(lock, d, [&] { return raised_; });
    }

private:
    void raise()
    {
        {
            std::lock_guard lock(mutex_);
            raised_ = true;
        }
        changed_.notify_all();
        cancel_();
        again_.expires_after(std::chrono::milliseconds(20));
        again_.async_wait([this](auto) { raise(); });
    }

    std::function<void()> cancel_;
    mutable std::mutex mutex_;
    mutable std::condition_variable changed_;
    bool raised_ = false;
    boost::asio::io_context context_{1};
    boost::asio::signal_set signals_;
    boost::asio::steady_timer again_;
    std::thread thread_;
};

} // namespace examples
#endif
