// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_TRANSPORT_WORKER_POOL_IPP
#define CHATWIRE_IMPL_TRANSPORT_WORKER_POOL_IPP

#include <chatwire/transport/worker_pool.hpp>

namespace chatwire::transport {

CHATWIRE_DECL worker_pool::~worker_pool()
{
    {
        std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    changed_.notify_all();
    for (auto& t : threads_)
        t.join();
}

CHATWIRE_DECL void worker_pool::post(std::function<void()> work)
{
    {
        std::lock_guard lock(mutex_);
        queue_.push_back(std::move(work));
        // Work that posts while the pool ends is heard by its own thread: the others are being joined.
        if (!stopping_ && queue_.size() > idle_ && threads_.size() < max_threads_) {
            try {
                threads_.emplace_back([this] { loop(); });
            } catch (...) { // no more threads to be had: those there are will come to it
                if (threads_.empty()) {
                    queue_.pop_back();
                    throw;
                }
            }
        }
    }
    changed_.notify_one();
}

CHATWIRE_DECL void worker_pool::loop()
{
    std::unique_lock lock(mutex_);
    for (;;) {
        ++idle_;
        changed_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
        --idle_;
        if (queue_.empty())
            return;
        auto work = std::move(queue_.front());
        queue_.pop_front();
        lock.unlock();
        work();
        work = nullptr; // what it owned goes before the lock is taken again
        lock.lock();
    }
}

} // namespace chatwire::transport
#endif
