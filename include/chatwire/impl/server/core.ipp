// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_SERVER_CORE_IPP
#define CHATWIRE_IMPL_SERVER_CORE_IPP

#include <chatwire/server/core.hpp>

#include <chrono>

namespace chatwire {

CHATWIRE_DECL server_core::server_core(server_options o) : options_(std::move(o))
{
    completions_.keys = options_.api_keys;
}

CHATWIRE_DECL void server_core::on_completion(completer c)
{
    auto const now =
        std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch());
    for (auto const& id : options_.models)
        completions_.add_model({.id = id, .created = now.count(), .owned_by = "chatwire"}, c);
    if (options_.models.empty())
        completions_.set_default(std::move(c));
    completions_.mount(router_);
}

CHATWIRE_DECL bool server_core::enter(handle h, ticket& t)
{
    std::lock_guard lock(mutex_);
    if (options_.limits.max_connections && open_.size() >= options_.limits.max_connections)
        return false;
    t = open_.insert(open_.end(), std::move(h));
    return true;
}

CHATWIRE_DECL void server_core::leave(ticket t)
{
    std::lock_guard lock(mutex_);
    open_.erase(t);
    if (on_leave)
        on_leave();
}

CHATWIRE_DECL serve server_core::session(std::function<void()> wake, bool secured) const
{
    return serve(router_, options_.limits, draining_, std::move(wake), secured);
}

CHATWIRE_DECL void server_core::drain()
{
    draining_.store(true, std::memory_order_release);
    std::lock_guard lock(mutex_);
    for (auto const& h : open_)
        h.wake();
}

CHATWIRE_DECL void server_core::cut()
{
    std::lock_guard lock(mutex_);
    for (auto const& h : open_)
        h.cancel();
}

CHATWIRE_DECL void close_after_handler(delta_queue& q, std::exception_ptr thrown)
{
    if (thrown)
        q.close(failure_of(thrown));
    q.close(); // a handler that gave no finish_reason is found out by the exchange
}

} // namespace chatwire
#endif
