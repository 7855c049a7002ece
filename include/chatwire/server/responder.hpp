// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_SERVER_RESPONDER_HPP
#define CHATWIRE_SERVER_RESPONDER_HPP

#include <chatwire/chat/chunk.hpp>
#include <chatwire/chat/finish_reason.hpp>
#include <chatwire/chat/tool_call.hpp>
#include <chatwire/chat/usage.hpp>
#include <chatwire/server/delta_queue.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <utility>

namespace chatwire {

/// What a completion handler answers through. It only ever streams; whether the caller sees events or one answer is the
/// request's business.
///
/// Every member puts one chunk into the answer, and gives what `Put` makes of that: `result<void>` for a blocking
/// handler, an awaitable of it for a coroutine. It waits while the caller takes the answer more slowly than it is made,
/// and fails with `errc::cancelled` once the caller is gone: then there is nobody left to answer, so just return.
///
/// An answer ends with `finish` for each of its choices, or with `fail`. A handler that returns without either has
/// failed, and the caller is told so.
///
/// @tparam Put `put(chunk)` is how a chunk gets into the queue
///
/// @par Thread safety
/// One thread at a time. Copies are of the same answer.
template <class Put>
class basic_responder {
public:
    explicit basic_responder(Put put) : put_(std::move(put)) {}

    /// More of the answer's text.
    [[nodiscard]] auto text(std::string more, std::int64_t choice = 0)
    {
        chunk c = one(choice);
        c.choices[0].delta.content = std::move(more);
        return put_(std::move(c));
    }
    /// More of what the model thinks before it answers (`reasoning_content`).
    [[nodiscard]] auto reasoning(std::string more, std::int64_t choice = 0)
    {
        chunk c = one(choice);
        c.choices[0].delta.reasoning_content = std::move(more);
        return put_(std::move(c));
    }
    /// More of why the model will not answer.
    [[nodiscard]] auto refusal(std::string more, std::int64_t choice = 0)
    {
        chunk c = one(choice);
        c.choices[0].delta.refusal = std::move(more);
        return put_(std::move(c));
    }
    /// A call, or more of its arguments: name and id in the first fragment of an index, arguments in any.
    [[nodiscard]] auto tool_call(tool_call_delta fragment, std::int64_t choice = 0)
    {
        chunk c = one(choice);
        c.choices[0].delta.tool_calls.push_back(std::move(fragment));
        return put_(std::move(c));
    }
    /// What the answer cost. Callers see it when they ask for it.
    [[nodiscard]] auto usage(chatwire::usage u)
    {
        chunk c;
        c.usage = std::move(u);
        return put_(std::move(c));
    }
    /// The end of a choice.
    [[nodiscard]] auto finish(open_enum<finish_reason> why = chatwire::finish_reason::stop, std::int64_t choice = 0)
    {
        chunk c = one(choice);
        c.choices[0].finish_reason = std::move(why);
        return put_(std::move(c));
    }
    /// Any chunk: its choices, usage and unknown members go into the answer.
    [[nodiscard]] auto put(chunk c) { return put_(std::move(c)); }

    /// Ends the answer as failed. Before the first chunk the caller gets `why.status` (500 if 0) and a JSON error,
    /// afterwards an error event. Nothing can follow.
    void fail(failure why) { put_.queue->close(std::move(why)); }

private:
    static chunk one(std::int64_t choice)
    {
        chunk c;
        c.choices.resize(1);
        c.choices[0].index = choice;
        return c;
    }

    Put put_;
};

/// How a blocking handler puts: it waits.
struct blocking_put {
    std::shared_ptr<delta_queue> queue;
    result<void> operator()(chunk c) const { return queue->put(std::move(c)); }
};

using blocking_responder = basic_responder<blocking_put>;

} // namespace chatwire
#endif
