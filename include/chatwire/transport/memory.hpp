// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_TRANSPORT_MEMORY_HPP
#define CHATWIRE_TRANSPORT_MEMORY_HPP

#include <chatwire/transport/connector.hpp>
#include <chatwire/transport/descriptor.hpp>

#include <cstddef>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

namespace chatwire::transport {

namespace detail {
struct memory_pipe;
}

/// One end of a byte stream in memory. Both drivers run it; the two ends may be on two threads.
class memory_stream final : public stream {
public:
    CHATWIRE_DECL ~memory_stream() override;
    CHATWIRE_DECL attempt try_read(std::span<char> into) override;
    CHATWIRE_DECL attempt try_write(std::string_view bytes) override;
    CHATWIRE_DECL void shutdown_write() noexcept override;
    CHATWIRE_DECL int native_handle() const noexcept override;

private:
    friend CHATWIRE_DECL std::pair<std::unique_ptr<stream>, std::unique_ptr<stream>> memory_pair(std::size_t);
    memory_stream(std::shared_ptr<detail::memory_pipe> pipe, int side) : pipe_(std::move(pipe)), side_(side) {}

    std::shared_ptr<detail::memory_pipe> pipe_;
    int side_;
};

/// The two ends of a new stream that holds up to `capacity` bytes in each direction.
CHATWIRE_DECL std::pair<std::unique_ptr<stream>, std::unique_ptr<stream>> memory_pair(std::size_t capacity = 65536);

/// A place in memory to connect to: give `connector()` to a client's transport, and `accept` what it connects.
///
/// @par Thread safety
/// All members, from any thread.
class memory_listener {
public:
    explicit memory_listener(std::size_t capacity = 65536) : state_(std::make_shared<state>()), capacity_(capacity) {}

    /// A connector that connects here, whatever the origin. It may outlive the listener, and then fails to connect.
    CHATWIRE_DECL transport::connector connector() const;
    /// The accepting end of the oldest connection not yet accepted; null: none.
    CHATWIRE_DECL std::unique_ptr<stream> accept();

private:
    struct state {
        std::mutex mutex;
        std::deque<std::unique_ptr<stream>> waiting;
    };
    std::shared_ptr<state> state_;
    std::size_t capacity_;
};

} // namespace chatwire::transport

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/transport/memory.ipp>
#endif
#endif
