// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_SERVER_COMPLETER_HPP
#define CHATWIRE_SERVER_COMPLETER_HPP

#include <chatwire/chat/request.hpp>
#include <chatwire/server/plan.hpp>

#include <cstddef>
#include <functional>
#include <memory>
#include <utility>

namespace chatwire {

/// What answers completions: a handler of the user's, a relay, or the built-in responder. Gives the plan that will; of
/// its envelope only what names the answer counts (see @ref plan::name_after). `wake` wakes the connection the plan
/// runs on, from any thread.
///
/// @par Thread safety
/// Called from every thread that serves connections.
using completer = std::function<std::unique_ptr<plan>(request, std::function<void()> wake)>;

/// A completer made of a function that gets hold of a thread or a coroutine, in which it fills and closes the queue.
/// The two facades make theirs of the user's handler with it.
///
/// @param start `void(std::shared_ptr<request const>, std::shared_ptr<delta_queue>)`, returns at once
/// @param queue_size how many chunks, and
/// @param queue_bytes bytes of their text, whoever fills the queue may be ahead of the caller
template <class Start>
completer started_by(Start start, std::size_t queue_size = 64, std::size_t queue_bytes = delta_queue::default_bytes)
{
    class handler_plan final : public plan {
    public:
        handler_plan(std::shared_ptr<request const> r, std::function<void()> wake, Start start, std::size_t queue_size,
                     std::size_t queue_bytes)
            : request_(std::move(r)), start_(std::move(start))
        {
            queue_ = std::make_shared<delta_queue>(queue_size, queue_bytes);
            queue_->on_change = std::move(wake);
        }
        ~handler_plan() override { queue_->abandon(); }

        io::action resume(io::outcome const& o) override
        {
            if (o.what == io::outcome::kind::begin)
                start_(std::move(request_), queue_);
            else if (o.what == io::outcome::kind::caller_gone || o.what == io::outcome::kind::cancelled)
                return io::action::finish(); // the destructor tells the handler
            return queue_->closed() ? io::action::finish() : io::action::wait_until(io::never);
        }

    private:
        std::shared_ptr<request const> request_;
        Start start_;
    };
    return [=, start = std::move(start)](request r, std::function<void()> wake) -> std::unique_ptr<plan> {
        return std::make_unique<handler_plan>(std::make_shared<request const>(std::move(r)), std::move(wake), start,
                                              queue_size, queue_bytes);
    };
}

} // namespace chatwire
#endif
