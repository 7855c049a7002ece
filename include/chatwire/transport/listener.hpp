// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_TRANSPORT_LISTENER_HPP
#define CHATWIRE_TRANSPORT_LISTENER_HPP

#include <chatwire/error.hpp>
#include <chatwire/io/origin.hpp>
#include <chatwire/transport/descriptor.hpp>
#include <chatwire/transport/stream.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <utility>

namespace chatwire::transport {

/// A listening socket, of TCP or of the Unix domain, that never blocks.
///
/// @par Thread safety
/// `accept` from any thread.
class listener {
public:
    /// Listens on `at.host` (a name or an address; empty: every address) and `at.port` (0: one that is free), or on the
    /// Unix-domain socket `at.path`: who may connect there is for the directory's permissions to say. A socket that
    /// nobody listens on any more is replaced; the path is removed again by @ref close.
    /// Failures: `host_not_found`, or the system's own, such as "address already in use".
    CHATWIRE_DECL static result<listener> open(io::origin const& at);

    /// A connection that was made; null: none now. Failures are mostly those of running out of something: wait a
    /// little, then go on.
    CHATWIRE_DECL result<std::unique_ptr<stream>> accept();

    std::uint16_t port() const noexcept { return port_; }
    /// Whether it can be reached from this machine only, and over TCP, so by browsers.
    bool on_loopback() const noexcept { return on_loopback_; }
    int native_handle() const noexcept { return socket_.get(); }
    CHATWIRE_DECL void close() noexcept;

    listener(listener&&) noexcept = default;
    CHATWIRE_DECL listener& operator=(listener&&) noexcept;
    ~listener() { close(); }

private:
    CHATWIRE_DECL void find_address() noexcept;
    listener(descriptor s, std::string path) : socket_(std::move(s)), path_(std::move(path)) {}

    descriptor socket_;
    std::uint16_t port_ = 0; // of a Unix-domain socket, too
    bool on_loopback_ = false;
    std::string path_;
};

} // namespace chatwire::transport

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/transport/listener.ipp>
#endif
#endif
