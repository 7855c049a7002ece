// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_SERVER_CORE_IPP
#define CHATWIRE_IMPL_SERVER_CORE_IPP

#include <chatwire/http/grammar.hpp>
#include <chatwire/server/core.hpp>

#include <chrono>

namespace chatwire {

CHATWIRE_DECL server_core::server_core(server_options o) : options_(std::move(o))
{
    completions_.keys = options_.api_keys;
    router_.origins.origins = options_.allowed_origins;
    router_.origins.hosts = options_.allowed_hosts;
    router_.repeats = std::make_shared<idempotency>(options_.idempotency);
    if (!options_.health_path.empty())
        add_health_path();
}

CHATWIRE_DECL void server_core::add_health_path()
{
    router_.add({.method = "GET", .pattern = options_.health_path, .begin = [this](server_call const&) {
                     auto a =
                         ending() ? answer::json(R"({"status":"draining"})", 503) : answer::json(R"({"status":"ok"})");
                     (void)a.fields.set("Cache-Control", "no-store");
                     return std::make_unique<immediate_plan>(std::move(a));
                 }});
}

CHATWIRE_DECL result<void> server_core::listening(bool on_loopback, std::uint16_t port)
{
    for (auto const& o : options_.allowed_origins)
        if (!origin_rules::valid_origin(o))
            return failure(errc::invalid_argument, "allowed_origins: '" + o + "' is not an origin");
    for (auto const& h : options_.allowed_hosts)
        if (!http::valid_host(h))
            return failure(errc::invalid_argument, "allowed_hosts: '" + h + "' is not the name of a host");
    router_.origins.loopback = on_loopback;
    router_.origins.port = port;
    return {};
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

CHATWIRE_DECL void server_core::waits()
{
    if (waiting_++ != 0)
        return; // the others know
    std::lock_guard lock(mutex_);
    for (auto const& h : open_)
        h.wake();
}

CHATWIRE_DECL serve server_core::session(std::function<void()> wake, bool secured) const
{
    return serve(router_, options_.limits, draining_, std::move(wake), secured, &waiting_);
}

CHATWIRE_DECL void server_core::stop(bool at_once) noexcept
{
    auto before = asked_.load();
    auto const wanted = at_once ? end::at_once : end::in_order;
    while (before < wanted && !asked_.compare_exchange_weak(before, wanted))
        ;
}

CHATWIRE_DECL io::time_point server_core::advance(io::time_point now, std::function<void()> const& stop_accepting)
{
    auto const asked = asked_.load();
    if (seen_.exchange(asked) == end::none && asked != end::none)
        close_at_ = now + options_.drain_delay;
    if (asked == end::none)
        return io::never;
    bool const at_once = asked == end::at_once;
    if (!draining()) {
        if (now < close_at_ && !at_once)
            return close_at_;
        stop_accepting();
        cut_at_ = io::after(now, options_.drain_timeout);
        draining_.store(true, std::memory_order_release);
        std::lock_guard lock(mutex_);
        for (auto const& h : open_)
            h.wake();
    }
    if (now < cut_at_ && !at_once)
        return cut_at_;
    cut_at_ = io::never;
    std::lock_guard lock(mutex_);
    for (auto const& h : open_)
        h.cancel();
    return io::never;
}

CHATWIRE_DECL void close_after_handler(delta_queue& q, std::exception_ptr thrown)
{
    if (thrown)
        q.close(failure_of(thrown));
    q.close(); // a handler that gave no finish_reason is found out by the exchange
}

} // namespace chatwire
#endif
