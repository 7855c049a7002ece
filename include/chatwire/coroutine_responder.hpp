// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_COROUTINE_RESPONDER_HPP
#define CHATWIRE_COROUTINE_RESPONDER_HPP

#include <chatwire/server/responder.hpp>
#include <chatwire/transport/asio_event.hpp>

#include <boost/asio/awaitable.hpp>

#include <memory>
#include <utility>

namespace chatwire {

/// How a coroutine handler puts: it suspends while the queue is full.
///
/// g++ 12 destroys an aggregate twice that is made inside of a `co_await` expression. So name what you put, where that
/// is more than text: `tool_call_delta call{...}; co_await out.tool_call(call);`, not `co_await out.tool_call({...})`.
struct coroutine_put {
    std::shared_ptr<delta_queue> queue;
    std::shared_ptr<transport::asio_event> writable;

    boost::asio::awaitable<result<void>> operator()(chunk c) const { return put(queue, writable, std::move(c)); }

private:
    static boost::asio::awaitable<result<void>> put(std::shared_ptr<delta_queue> queue,
                                                    std::shared_ptr<transport::asio_event> writable, chunk c)
    {
        for (;;) {
            auto r = queue->try_put(c);
            if (!r)
                co_return r.error();
            if (*r)
                co_return result<void>();
            queue->when_writable([writable] { writable->set(); });
            co_await writable->wait(io::never);
        }
    }
};

using coroutine_responder = basic_responder<coroutine_put>;

} // namespace chatwire
#endif
