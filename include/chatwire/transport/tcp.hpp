// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_TRANSPORT_TCP_HPP
#define CHATWIRE_TRANSPORT_TCP_HPP

#include <chatwire/transport/connector.hpp>
#include <chatwire/transport/descriptor.hpp>

namespace chatwire::transport {

/// A connected, non-blocking TCP socket, with Nagle's algorithm off: every event of a stream leaves at once.
class tcp_stream final : public stream {
public:
    /// Takes over a connected socket and makes it non-blocking.
    CHATWIRE_DECL explicit tcp_stream(descriptor socket) noexcept;

    CHATWIRE_DECL attempt try_read(std::span<char> into) override;
    CHATWIRE_DECL attempt try_write(std::string_view bytes) override;
    CHATWIRE_DECL void shutdown_write() noexcept override;
    int native_handle() const noexcept override { return socket_.get(); }

private:
    descriptor socket_;
};

/// A @ref connector for TCP: looks the name up on a thread of its own (numeric addresses need none), then tries the
/// addresses in the resolver's order. An origin with a path is connected to as the Unix-domain socket it is.
/// Of an origin that is for ordinary hosts only, other addresses are passed over (see @ref is_ordinary).
/// Failures: `host_not_found` (also for a path that is too long), `forbidden_address` when all were passed over, or the
/// system's own reason at the last address.
CHATWIRE_DECL std::unique_ptr<connection_attempt> connect_tcp(io::origin const& to,
                                                              std::shared_ptr<waker> const& waker);

} // namespace chatwire::transport

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/transport/tcp.ipp>
#endif
#endif
