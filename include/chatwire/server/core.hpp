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
#include <cstdint>
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
    /// A connection waits for another to end: until it no longer does, none is kept for a further request.
    CHATWIRE_DECL void waits();
    void waits_no_more() noexcept { --waiting_; }
    std::size_t connections() const
    {
        std::lock_guard lock(mutex_);
        return open_.size();
    }

    /// @param secured it begins with TLS
    CHATWIRE_DECL serve session(std::function<void()> wake, bool secured = false) const;

    /// The server listens: where, decides what is foreign to it. `errc::invalid_argument` if the options name an origin
    /// or a host that cannot be one.
    CHATWIRE_DECL result<void> listening(bool on_loopback, std::uint16_t port);

    /// Asks for the end, in order or at once; whoever calls `advance` has to be woken for it.
    CHATWIRE_DECL void stop(bool at_once = false) noexcept;
    /// Whether it was asked for since `advance` last looked.
    bool has_news() const noexcept { return asked_.load() != seen_.load(); }
    /// Takes the end as far as it has come at `now`: the health path says so; after the delay `stop_accepting` is
    /// called, once, and no connection takes a further request; after the timeout every connection is cut. For the one
    /// thread that runs the server.
    /// @return when to look again if nothing else happens
    CHATWIRE_DECL io::time_point advance(io::time_point now, std::function<void()> const& stop_accepting);

    bool ending() const noexcept { return seen_.load() != end::none; }
    bool draining() const noexcept { return draining_.load(std::memory_order_acquire); }
    /// Called, under a lock, when a connection has left.
    std::function<void()> on_leave{};

private:
    enum class end : unsigned char { none, in_order, at_once };

    CHATWIRE_DECL void add_health_path();

    server_options options_;
    router router_;
    completion_service completions_;
    std::atomic<bool> draining_{false};
    std::atomic<std::size_t> waiting_{0};
    std::atomic<end> asked_{end::none};
    std::atomic<end> seen_{end::none};
    io::time_point close_at_ = io::never; // no further connections
    io::time_point cut_at_ = io::never;
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
