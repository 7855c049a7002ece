// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_COROUTINE_RESPONDER_HPP
#define CHATWIRE_COROUTINE_RESPONDER_HPP

#include <chatwire/io/action.hpp>
#include <chatwire/server/responder.hpp>
#include <chatwire/transport/asio_event.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <chrono>
#include <memory>
#include <utility>

namespace chatwire {

/// How a coroutine handler puts: it suspends while the queue is full, and gives way for a moment where it has computed
/// since it last did, so that what it says leaves, and it is told that its caller has gone.
///
/// g++ 12 destroys an aggregate twice that is made inside of a `co_await` expression. So name what you put, where that
/// is more than text: `tool_call_delta call{...}; co_await out.tool_call(call);`, not `co_await out.tool_call({...})`.
struct coroutine_put {
    std::shared_ptr<delta_queue> queue;
    std::shared_ptr<transport::asio_event> writable;
    std::shared_ptr<io::time_point> since = std::make_shared<io::time_point>(io::clock::now()); ///< it last gave way

    boost::asio::awaitable<result<void>> operator()(chunk c) const { return put(queue, writable, since, std::move(c)); }

private:
    static constexpr std::chrono::milliseconds max_slice{1};

    static boost::asio::awaitable<result<void>> put(std::shared_ptr<delta_queue> queue,
                                                    std::shared_ptr<transport::asio_event> writable,
                                                    std::shared_ptr<io::time_point> since, chunk c)
    {
        for (;;) {
            auto r = queue->try_put(c);
            if (!r)
                co_return r.error();
            if (*r) {
                if (io::clock::now() - *since > max_slice) {
                    co_await boost::asio::post(boost::asio::use_awaitable);
                    *since = io::clock::now();
                }
                co_return result<void>();
            }
            queue->when_writable([writable] { writable->set(); });
            co_await writable->wait(io::never);
            *since = io::clock::now();
        }
    }
};

using coroutine_responder = basic_responder<coroutine_put>;

} // namespace chatwire
#endif
