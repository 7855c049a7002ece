// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_TRANSPORT_WORKER_POOL_HPP
#define CHATWIRE_TRANSPORT_WORKER_POOL_HPP

#include <chatwire/config.hpp>

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace chatwire::transport {

/// Threads for what cannot be done without blocking: store calls and blocking handlers.
///
/// Threads start when first needed, up to `max_threads`; work beyond that queues. The destructor lets queued work
/// finish and joins, so it must not run on one of the pool's own threads.
///
/// @par Thread safety
/// `post` from any thread.
class worker_pool {
public:
    explicit worker_pool(std::size_t max_threads = 4) : max_threads_(max_threads ? max_threads : 1) {}
    worker_pool(worker_pool const&) = delete;
    worker_pool& operator=(worker_pool const&) = delete;
    CHATWIRE_DECL ~worker_pool();

    /// Runs `work` on some thread of the pool. An exception that leaves `work` ends the program, as in std::thread.
    /// Throws when not even the first thread can be started.
    CHATWIRE_DECL void post(std::function<void()> work);

private:
    CHATWIRE_DECL void loop();

    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<std::function<void()>> queue_;
    std::vector<std::thread> threads_;
    std::size_t max_threads_;
    std::size_t idle_ = 0;
    bool stopping_ = false;
};

} // namespace chatwire::transport

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/transport/worker_pool.ipp>
#endif
#endif
