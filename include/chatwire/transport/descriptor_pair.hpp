// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_TRANSPORT_DESCRIPTOR_PAIR_HPP
#define CHATWIRE_TRANSPORT_DESCRIPTOR_PAIR_HPP

#include <chatwire/transport/stream.hpp>

namespace chatwire::transport {

/// A stream of two descriptors, one to read and one to write, that are somebody else's: standard input and output.
///
/// They are not made non-blocking, since other programs may have them, too; each is asked whether it is ready before it
/// is used. What waits for one waits for that: with this stream, @ref native_handle is the descriptor that was not
/// ready last. Both may be of any kind under the blocking driver; under Asio's, of one that it can wait for.
class descriptor_pair final : public stream {
public:
    /// Neither is closed in the end.
    descriptor_pair(int in, int out) noexcept : in_(in), out_(out), wait_for_(in) {}

    CHATWIRE_DECL attempt try_read(std::span<char> into) override;
    CHATWIRE_DECL attempt try_write(std::string_view bytes) override;
    void shutdown_write() noexcept override {}
    int native_handle() const noexcept override { return wait_for_; }

private:
    int in_;
    int out_;
    int wait_for_;
};

} // namespace chatwire::transport

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/transport/descriptor_pair.ipp>
#endif
#endif
