// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_TRANSPORT_LISTENER_HPP
#define CHATWIRE_TRANSPORT_LISTENER_HPP

#include <chatwire/error.hpp>
#include <chatwire/io/origin.hpp>
#include <chatwire/transport/descriptor.hpp>
#include <chatwire/transport/stream.hpp>

#include <cstdint>
#include <memory>

namespace chatwire::transport {

/// A listening TCP socket that never blocks.
///
/// @par Thread safety
/// `accept` from any thread.
class listener {
public:
    /// Listens on `at.host` (a name or an address; empty: every address) and `at.port` (0: one that is free).
    /// Failures: `host_not_found`, or the system's own, such as "address already in use".
    CHATWIRE_DECL static result<listener> open(io::origin const& at);

    /// A connection that was made; null: none now. Failures are mostly those of running out of something: wait a
    /// little, then go on.
    CHATWIRE_DECL result<std::unique_ptr<stream>> accept();

    std::uint16_t port() const noexcept { return port_; }
    int native_handle() const noexcept { return socket_.get(); }
    void close() noexcept { socket_.reset(); }

private:
    listener(descriptor s, std::uint16_t p) : socket_(std::move(s)), port_(p) {}

    descriptor socket_;
    std::uint16_t port_;
};

} // namespace chatwire::transport

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/transport/listener.ipp>
#endif
#endif
