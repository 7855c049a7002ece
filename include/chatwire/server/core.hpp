// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_SERVER_CORE_HPP
#define CHATWIRE_SERVER_CORE_HPP

#include <chatwire/server/completion_service.hpp>
#include <chatwire/server/options.hpp>
#include <chatwire/server/router.hpp>
#include <chatwire/server/serve.hpp>
#include <chatwire/server/turn_away.hpp>

#include <atomic>
#include <cstddef>
#include <exception>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <utility>

namespace chatwire {

/// What the two server facades share: the routes, and the connections that are open, so that they can be told to stop.
///
/// @par Thread safety
/// Routes are set up before serving; the rest from any thread.
class server_core {
public:
    /// How to reach a connection from any thread.
    struct handle {
        std::function<void()> wake;
        std::function<void()> cancel;
    };
    using ticket = std::list<handle>::iterator;

    CHATWIRE_DECL explicit server_core(server_options o);

    server_options const& options() const noexcept { return options_; }
    router& routes() noexcept { return router_; }
    /// Answers `POST /v1/chat/completions` for the models of the options.
    CHATWIRE_DECL void on_completion(completer c);

    /// Room for one more connection? If so it is registered.
    CHATWIRE_DECL bool enter(handle h, ticket& t);
    CHATWIRE_DECL void leave(ticket t);
    std::size_t connections() const
    {
        std::lock_guard lock(mutex_);
        return open_.size();
    }

    /// @param secured it begins with TLS
    CHATWIRE_DECL serve session(std::function<void()> wake, bool secured = false) const;

    /// No further requests; those in progress go on.
    CHATWIRE_DECL void drain();
    bool draining() const noexcept { return draining_.load(std::memory_order_acquire); }
    /// Ends every connection now.
    CHATWIRE_DECL void cut();
    /// Called, under a lock, when a connection has left.
    std::function<void()> on_leave{};

private:
    server_options options_;
    router router_;
    completion_service completions_;
    std::atomic<bool> draining_{false};
    mutable std::mutex mutex_;
    std::list<handle> open_;
};

/// Closes a handler's queue with what the handler's end means: `thrown` is what left it, if anything did.
CHATWIRE_DECL void close_after_handler(delta_queue& q, std::exception_ptr thrown);

} // namespace chatwire

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/server/core.ipp>
#endif
#endif
