// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CLIENT_CLOSE_STREAM_HPP
#define CHATWIRE_CLIENT_CLOSE_STREAM_HPP

#include <chatwire/client/core.hpp>
#include <chatwire/io/operation.hpp>

#include <memory>
#include <utility>

namespace chatwire {

/// The operation that gives a stream up: closes its connection, unless the stream has ended already.
template <class Dialect = openai>
class close_stream {
public:
    close_stream(client_core<Dialect>& core, std::shared_ptr<stream_state<Dialect>> s)
        : core_(&core), stream_(std::move(s))
    {
    }

    io::action resume(io::outcome const& o)
    {
        stream_->pending.reset();
        if (o.what != io::outcome::kind::begin || stream_->end)
            return io::action::finish();
        stream_->finish(failure(errc::cancelled, "the stream was closed"));
        core_->stream.reset();
        core_->open = false;
        return io::action::close_port(io::port::upstream);
    }

    result<void> take() { return {}; }

private:
    client_core<Dialect>* core_;
    std::shared_ptr<stream_state<Dialect>> stream_;
};

} // namespace chatwire
#endif
