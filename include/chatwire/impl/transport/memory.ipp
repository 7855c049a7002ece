// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_TRANSPORT_MEMORY_IPP
#define CHATWIRE_IMPL_TRANSPORT_MEMORY_IPP

#include <chatwire/transport/event_descriptor.hpp>
#include <chatwire/transport/memory.hpp>

#include <algorithm>

namespace chatwire::transport {
namespace detail {

struct memory_pipe {
    struct direction {
        std::string bytes;
        bool closed_by_writer = false;
        bool closed_by_reader = false;
    };

    std::mutex mutex;
    std::size_t capacity = 0;
    direction to[2];           // to[i]: bytes on their way to side i
    event_descriptor event[2]; // event[i]: something that side i waits for may be possible now
    bool wants_read[2] = {};   // side i found nothing to read
    bool wants_write[2] = {};  // side i found no room

    std::size_t room(int side) const { return capacity - to[1 - side].bytes.size(); }

    // One descriptor stands for both directions, so it may only be cleared if neither can go on.
    void refresh(int side)
    {
        event[side].clear();
        bool const readable = !to[side].bytes.empty() || to[side].closed_by_writer;
        bool const writable = room(side) > 0 || to[1 - side].closed_by_reader;
        if ((wants_read[side] && readable) || (wants_write[side] && writable))
            event[side].set();
    }
};

class memory_attempt final : public connection_attempt {
public:
    explicit memory_attempt(std::unique_ptr<stream> s) : stream_(std::move(s)) {}
    attempt go_on() override
    {
        if (!stream_)
            return {.what = attempt::kind::error, .error = errc::connect_failed};
        return {};
    }
    int native_handle() const noexcept override { return -1; }
    std::unique_ptr<stream> take() override { return std::move(stream_); }

private:
    std::unique_ptr<stream> stream_;
};

} // namespace detail

CHATWIRE_DECL memory_stream::~memory_stream()
{
    std::lock_guard lock(pipe_->mutex);
    pipe_->to[1 - side_].closed_by_writer = true;
    pipe_->to[side_].closed_by_reader = true;
    pipe_->event[1 - side_].set();
}

CHATWIRE_DECL attempt memory_stream::try_read(std::span<char> into)
{
    std::lock_guard lock(pipe_->mutex);
    auto& d = pipe_->to[side_];
    pipe_->wants_read[side_] = d.bytes.empty();
    pipe_->refresh(side_);
    if (d.bytes.empty()) {
        if (d.closed_by_writer)
            return {.what = attempt::kind::eof};
        return {.what = attempt::kind::needs_read};
    }
    auto const n = std::min(into.size(), d.bytes.size());
    std::copy_n(d.bytes.begin(), n, into.begin());
    d.bytes.erase(0, n);
    pipe_->event[1 - side_].set();
    return {.n = n};
}

CHATWIRE_DECL attempt memory_stream::try_write(std::string_view bytes)
{
    std::lock_guard lock(pipe_->mutex);
    auto& d = pipe_->to[1 - side_];
    if (d.closed_by_reader || d.closed_by_writer)
        return {.what = attempt::kind::error, .error = errc::connection_lost};
    auto const n = std::min(bytes.size(), pipe_->room(side_));
    pipe_->wants_write[side_] = n == 0;
    pipe_->refresh(side_);
    if (n == 0)
        return {.what = attempt::kind::needs_read}; // the event descriptor becomes readable
    d.bytes.append(bytes.substr(0, n));
    pipe_->event[1 - side_].set();
    return {.n = n};
}

CHATWIRE_DECL void memory_stream::shutdown_write() noexcept
{
    std::lock_guard lock(pipe_->mutex);
    pipe_->to[1 - side_].closed_by_writer = true;
    pipe_->event[1 - side_].set();
}

CHATWIRE_DECL int memory_stream::native_handle() const noexcept { return pipe_->event[side_].native_handle(); }

CHATWIRE_DECL std::pair<std::unique_ptr<stream>, std::unique_ptr<stream>> memory_pair(std::size_t capacity)
{
    auto pipe = std::make_shared<detail::memory_pipe>();
    pipe->capacity = std::max<std::size_t>(capacity, 1);
    std::unique_ptr<stream> a(new memory_stream(pipe, 0));
    std::unique_ptr<stream> b(new memory_stream(pipe, 1));
    return {std::move(a), std::move(b)};
}

CHATWIRE_DECL connector memory_listener::connector() const
{
    return [weak = std::weak_ptr<state>(state_), capacity = capacity_](
               io::origin const&, std::shared_ptr<waker> const&) -> std::unique_ptr<connection_attempt> {
        auto const s = weak.lock();
        if (!s)
            return std::make_unique<detail::memory_attempt>(nullptr);
        auto [near_end, far_end] = memory_pair(capacity);
        std::lock_guard lock(s->mutex);
        s->waiting.push_back(std::move(far_end));
        return std::make_unique<detail::memory_attempt>(std::move(near_end));
    };
}

CHATWIRE_DECL std::unique_ptr<stream> memory_listener::accept()
{
    std::lock_guard lock(state_->mutex);
    if (state_->waiting.empty())
        return nullptr;
    auto s = std::move(state_->waiting.front());
    state_->waiting.pop_front();
    return s;
}

} // namespace chatwire::transport
#endif
