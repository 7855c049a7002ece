// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_SERVER_HPP
#define CHATWIRE_SERVER_HPP

#include <chatwire/blocking_server.hpp>
#include <chatwire/coroutine_responder.hpp>
#include <chatwire/server/core.hpp>
#include <chatwire/transport/asio.hpp>
#include <chatwire/transport/listener.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <utility>

namespace chatwire {

/// What a coroutine handler answers through; see @ref basic_responder.
using responder = coroutine_responder;

/// A server of coroutines, on an executor of the program's: an io_context that one thread runs, or several.
///
/// @par Object lifetimes
/// The server must live until `run` has returned.
///
/// @par Thread safety
/// Set it up first; `stop`, `stop_now` and `port` from any thread.
class server {
public:
    /// Answers a completion, in a coroutine and on a strand of its own. When the caller goes away (and has given no
    /// `Idempotency-Key`; see @ref serve) it is cancelled, in Asio's way: what it awaits ends, a timer's wait with
    /// operation_aborted, and puts fail with errc::cancelled.
    using handler = std::function<boost::asio::awaitable<void>(request const&, responder&)>;

    /// @param secure what `transport::tls_server` gave: connections are taken over TLS only
    /// @param secure_upstream how plans secure connections of theirs, to a relay's provider: what
    /// `transport::tls_client` gave; the default is that of `transport::options`
    CHATWIRE_DECL explicit server(boost::asio::any_io_executor executor, server_options o = {},
                                  transport::securer secure = nullptr,
                                  transport::securer secure_upstream = transport::options().secure);

    /// Answers `POST /v1/chat/completions`. An exception that leaves the handler fails the answer; what a
    /// `chatwire::exception` says of it, with its status, is told to the caller.
    CHATWIRE_DECL void on_completion(handler h);
    /// The same with something that needs no coroutine, such as the built-in responder.
    void on_completion(completer c) { core_.on_completion(std::move(c)); }
    /// For further services: mount them here before `run`.
    router& routes() noexcept { return core_.routes(); }
    /// A completer that runs `h` on this server's executor, for services of one's own.
    CHATWIRE_DECL completer completer_for(handler h);

    /// Starts to listen; the port it got. `run` does it if it was not done.
    CHATWIRE_DECL result<std::uint16_t> listen();
    std::uint16_t port() const noexcept { return listener_ ? listener_->port() : 0; }

    /// Serves until `stop`; then, after the drain delay, until every answer in progress is complete, at most for the
    /// drain timeout.
    CHATWIRE_DECL boost::asio::awaitable<result<void>> run();
    CHATWIRE_DECL void stop() noexcept;
    /// Cuts what is in progress, also after `stop`.
    CHATWIRE_DECL void stop_now() noexcept;

private:
    CHATWIRE_DECL static boost::asio::awaitable<void> handle(handler h, std::shared_ptr<request const> r,
                                                             std::shared_ptr<delta_queue> q);
    CHATWIRE_DECL boost::asio::awaitable<void> serve_one(std::unique_ptr<transport::stream> s);
    CHATWIRE_DECL bool accept_all(); ///< false: there are more, but something has run out
    CHATWIRE_DECL transport::options transport_options() const;
    CHATWIRE_DECL static server_core::handle handle_of(std::shared_ptr<transport::waker> const& w);

    boost::asio::any_io_executor executor_;
    server_core core_;
    transport::securer secure_;
    transport::securer secure_upstream_;
    std::optional<transport::listener> listener_;
    std::shared_ptr<transport::asio_event> changed_; // stop was called, somebody connects, or a connection has left
    std::atomic<std::size_t> running_{0};            // coroutines that use this object
    std::atomic<std::size_t> turned_away_{0};        // those of them that say that there is no room
    std::shared_ptr<transport::worker_pool> offload_;
};

} // namespace chatwire

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/server.ipp>
#endif
#endif
