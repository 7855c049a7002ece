// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_BLOCKING_SERVER_HPP
#define CHATWIRE_BLOCKING_SERVER_HPP

#include <chatwire/server/core.hpp>
#include <chatwire/server/responder.hpp>
#include <chatwire/transport/blocking.hpp>
#include <chatwire/transport/listener.hpp>
#include <chatwire/transport/options.hpp>

#include <chatwire/transport/event_descriptor.hpp>
#include <chatwire/transport/worker_pool.hpp>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <utility>

namespace chatwire {

/// A server on plain threads: one for each connection, and one for each handler that runs.
///
/// @par Thread safety
/// Set it up and `run` it on one thread; `stop`, `stop_now` and `port` from any, also from a signal handler's thread.
///
/// @par Example
/// @see examples/blocking_server.cpp
class blocking_server {
public:
    /// Answers a completion. Runs on a thread of its own; may block.
    using handler = std::function<void(request const&, blocking_responder&)>;

    /// @param secure what `transport::tls_server` gave: connections are taken over TLS only
    /// @param secure_upstream how plans secure connections of theirs, to a relay's provider: what
    /// `transport::tls_client` gave; the default is that of `transport::options`
    CHATWIRE_DECL explicit blocking_server(server_options o = {}, transport::securer secure = nullptr,
                                           transport::securer secure_upstream = transport::options().secure);

    /// Answers `POST /v1/chat/completions`. An exception that leaves the handler fails the answer; what a
    /// `chatwire::exception` says of it, with its status, is told to the caller.
    CHATWIRE_DECL void on_completion(handler h);
    /// The same with something that answers without a thread, such as the built-in responder.
    void on_completion(completer c) { core_.on_completion(std::move(c)); }
    /// For further services: mount them here before `run`.
    router& routes() noexcept { return core_.routes(); }
    /// A completer that runs `h` on this server's threads, for services of one's own.
    CHATWIRE_DECL completer completer_for(handler h);

    /// Starts to listen; the port it got. `run` does it if it was not done.
    CHATWIRE_DECL result<std::uint16_t> listen();
    std::uint16_t port() const noexcept { return listener_ ? listener_->port() : 0; }

    /// Serves until `stop`; then, after the drain delay, until every answer in progress is complete, at most for the
    /// drain timeout.
    CHATWIRE_DECL result<void> run();
    CHATWIRE_DECL void stop() noexcept;
    /// Cuts what is in progress, also after `stop`. Handlers learn it from their next put; the server waits for them.
    CHATWIRE_DECL void stop_now() noexcept;

private:
    CHATWIRE_DECL transport::options transport_options() const;
    CHATWIRE_DECL void take_on(std::unique_ptr<transport::stream> s);
    CHATWIRE_DECL void serve_one(std::unique_ptr<transport::stream> s);
    CHATWIRE_DECL void turn_one_away(std::unique_ptr<transport::stream> s);

    server_core core_;
    transport::securer secure_;
    transport::securer secure_upstream_;
    std::optional<transport::listener> listener_;
    transport::event_descriptor changed_;     // stop was called, or a connection has left
    std::atomic<std::size_t> taken_on_{0};    // connections that have a thread or wait for one
    std::atomic<std::size_t> turned_away_{0}; // those that are being told that there is no room
    std::shared_ptr<transport::worker_pool> offload_;
    std::shared_ptr<transport::worker_pool> handlers_;
    std::shared_ptr<transport::worker_pool> refusals_;
    // last, so that it is gone before what its threads use
    std::shared_ptr<transport::worker_pool> connections_;
};

} // namespace chatwire

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/blocking_server.ipp>
#endif
#endif
