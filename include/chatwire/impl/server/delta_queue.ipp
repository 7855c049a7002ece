// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_SERVER_DELTA_QUEUE_IPP
#define CHATWIRE_IMPL_SERVER_DELTA_QUEUE_IPP

#include <chatwire/chat/detail/size_of.hpp>
#include <chatwire/server/delta_queue.hpp>

#include <iterator>
#include <utility>

namespace chatwire {

CHATWIRE_DECL result<bool> delta_queue::try_put(chunk& c)
{
    {
        std::lock_guard lock(mutex_);
        if (abandoned_)
            return failure(errc::cancelled);
        if (closed_)
            return failure(errc::out_of_order, "the answer has ended");
        if (full())
            return false;
        auto const size = detail::size_of(c);
        chunks_.push_back(std::move(c));
        bytes_ += size;
        if (chunks_.size() > 1)
            return true; // the taker knows already
    }
    announce();
    return true;
}

CHATWIRE_DECL result<void> delta_queue::put(chunk c)
{
    for (;;) {
        auto r = try_put(c);
        if (!r)
            return r.error();
        if (*r)
            return {};
        std::unique_lock lock(mutex_);
        writable_changed_.wait(lock, [this] { return writable(); });
    }
}

CHATWIRE_DECL void delta_queue::put_now(chunk c)
{
    std::lock_guard lock(mutex_);
    if (!closed_)
        chunks_.push_back(std::move(c));
}

CHATWIRE_DECL void delta_queue::when_writable(std::function<void()> f)
{
    {
        std::lock_guard lock(mutex_);
        if (!writable()) {
            when_writable_ = std::move(f);
            return;
        }
    }
    f();
}

CHATWIRE_DECL void delta_queue::close(std::optional<failure> why)
{
    {
        std::lock_guard lock(mutex_);
        if (closed_)
            return;
        closed_ = true;
        error_ = std::move(why);
    }
    announce();
}

CHATWIRE_DECL void delta_queue::take(std::vector<chunk>& into)
{
    std::function<void()> resume;
    {
        std::lock_guard lock(mutex_);
        if (chunks_.empty())
            return;
        into.insert(into.end(), std::move_iterator(chunks_.begin()), std::move_iterator(chunks_.end()));
        chunks_.clear();
        bytes_ = 0;
        resume = std::exchange(when_writable_, nullptr);
    }
    writable_changed_.notify_one();
    if (resume)
        resume();
}

CHATWIRE_DECL bool delta_queue::closed() const
{
    std::lock_guard lock(mutex_);
    return closed_;
}

CHATWIRE_DECL std::optional<failure> delta_queue::error() const
{
    std::lock_guard lock(mutex_);
    return error_;
}

CHATWIRE_DECL void delta_queue::abandon()
{
    std::function<void()> resume;
    bool tell = false;
    {
        std::lock_guard lock(mutex_);
        tell = !std::exchange(abandoned_, true) && !closed_ && on_abandon;
        chunks_.clear();
        resume = std::exchange(when_writable_, nullptr);
    }
    writable_changed_.notify_one();
    if (resume)
        resume();
    if (tell)
        on_abandon();
}

CHATWIRE_DECL void delta_queue::announce()
{
    if (on_change)
        on_change();
}

} // namespace chatwire
#endif
