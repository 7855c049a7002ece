// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CLIENT_BEGIN_STREAM_HPP
#define CHATWIRE_CLIENT_BEGIN_STREAM_HPP

#include <chatwire/client/retrying_call.hpp>
#include <chatwire/client/stream_state.hpp>

#include <memory>
#include <utility>
#include <variant>

namespace chatwire {

/// The operation that asks for a stream and waits until the service begins it, or refuses.
template <class Dialect = openai>
class begin_stream {
public:
    /// @param call expects client_call::answer::stream
    begin_stream(client_core<Dialect>& core, client_call call, std::shared_ptr<diagnostics> log)
        : core_(&core), log_(log), begin_(core, std::move(call), std::move(log))
    {
    }

    io::action resume(io::outcome const& o)
    {
        if (o.what == io::outcome::kind::begin)
            asked_ = io::clock::now();
        return begin_.resume(o);
    }

    /// The stream, now the one that the core's @ref next_chunk operations read.
    result<std::shared_ptr<stream_state<Dialect>>> take()
    {
        auto first = begin_.take();
        if (!first)
            return std::move(first).error();
        auto s = std::make_shared<stream_state<Dialect>>(std::move(log_), core_->options.accumulator);
        s->head = core_->connection->head();
        s->request_id = core_->connection->request_id();
        s->total = begin_.total();
        s->figures.asked = asked_;
        if (auto* const whole = std::get_if<basic_completion<Dialect>>(&*first))
            s->add(std::move(*whole));
        core_->stream = s;
        return s;
    }

private:
    client_core<Dialect>* core_;
    std::shared_ptr<diagnostics> log_;
    retrying_call<Dialect> begin_;
    io::time_point asked_{};
};

} // namespace chatwire
#endif
