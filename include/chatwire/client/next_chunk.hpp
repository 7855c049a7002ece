// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CLIENT_NEXT_CHUNK_HPP
#define CHATWIRE_CLIENT_NEXT_CHUNK_HPP

#include <chatwire/client/core.hpp>
#include <chatwire/io/await_event.hpp>
#include <chatwire/io/operation.hpp>

#include <memory>
#include <optional>
#include <utility>
#include <variant>

namespace chatwire {

/// The operation that receives the next chunk of a stream.
///
/// The result is the chunk; nothing when the stream has ended well; the failure that ended it otherwise, the same one
/// however often it is asked. A stream that ends in failure has its connection closed before the operation is done.
template <class Dialect = openai>
class next_chunk {
public:
    next_chunk(client_core<Dialect>& core, std::shared_ptr<stream_state<Dialect>> s)
        : core_(&core), stream_(std::move(s))
    {
    }

    io::action resume(io::outcome const& o)
    {
        if (closing_)
            return io::action::finish();
        if (!await_) {
            if (stream_->pending) {
                chunk_ = std::move(*stream_->pending);
                stream_->pending.reset();
                return io::action::finish();
            }
            if (stream_->end)
                return io::action::finish();
            await_.emplace(*core_->connection, io::port::upstream, core_->patience(stream_->total));
        }
        auto next = await_->resume(o);
        if (next.what != io::action::kind::done)
            return next;
        auto r = await_->take();
        if (!r)
            return end(core_->explain(std::move(r).error()));
        if (auto* const e = std::get_if<stream_end>(&*r))
            return end(std::move(*e));
        if (auto* const c = std::get_if<basic_completion<Dialect>>(&*r)) {
            stream_->add(std::move(*c));
            return resume_pending();
        }
        chunk_ = std::move(std::get<basic_chunk<Dialect>>(*r));
        if (auto const ec = stream_->add(*chunk_, core_->connection->offset())) {
            chunk_.reset();
            return end(failure(ec));
        }
        return io::action::finish();
    }

    result<std::optional<basic_chunk<Dialect>>> take()
    {
        if (chunk_ || stream_->end->success())
            return std::move(chunk_);
        return *stream_->end->error;
    }

private:
    io::action resume_pending()
    {
        chunk_ = std::move(*stream_->pending);
        stream_->pending.reset();
        return io::action::finish();
    }

    io::action end(stream_end e)
    {
        using state = typename client_connection<Dialect>::state;
        stream_->finish(std::move(e));
        core_->stream.reset();
        if (stream_->end->success() && core_->connection->settle() != state::spent)
            return io::action::finish();
        closing_ = true;
        core_->open = false;
        return io::action::close_port(io::port::upstream);
    }

    client_core<Dialect>* core_;
    std::shared_ptr<stream_state<Dialect>> stream_;
    std::optional<io::await_event<client_connection<Dialect>>> await_{};
    std::optional<basic_chunk<Dialect>> chunk_{};
    bool closing_ = false;
};

} // namespace chatwire
#endif
