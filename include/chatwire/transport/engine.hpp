// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_TRANSPORT_ENGINE_HPP
#define CHATWIRE_TRANSPORT_ENGINE_HPP

#include <chatwire/io/action.hpp>
#include <chatwire/io/outcome.hpp>
#include <chatwire/transport/connector.hpp>
#include <chatwire/transport/securer.hpp>
#include <chatwire/transport/stream.hpp>
#include <chatwire/transport/waker.hpp>
#include <chatwire/transport/worker_pool.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>

namespace chatwire::transport {

/// What both drivers share: carries an action out as far as it goes without waiting, and says what to wait for.
///
/// A driver is then `begin(action)`, and `step()` until it gives an outcome, waiting in between until one of the
/// `interests()` is ready, the `deadline()` has passed or the waker was notified.
///
/// @par Thread safety
/// None but for the waker.
class engine {
public:
    /// Wait until `fd`, which belongs to the stream of `p`, can be read or written.
    struct interest {
        int fd;
        bool write;
        io::port p;
    };

    /// How many bytes that nobody has asked for yet are held, while a caller is watched or a peer does not read.
    static constexpr std::size_t max_read_ahead = 16384;

    /// How often is looked whether a caller who has sent so much has gone, where it is watched.
    static constexpr std::chrono::milliseconds look_interval{100};

    /// How much of what a peer still sends is taken in and dropped by a lingering close.
    static constexpr std::size_t max_discard = 1 << 20;

    /// Called before the stream of a port is closed, for drivers that have registered its descriptor somewhere.
    std::function<void(io::port)> before_close{};

    /// @param s secures the upstream port, where this side connects and so is TLS's client
    /// @param accept secures the caller's, where it is the server. Null, either: `secure` is errc::unsupported
    CHATWIRE_DECL engine(std::shared_ptr<waker> w, transport::connector c, std::shared_ptr<worker_pool> pool,
                         transport::securer s = nullptr, transport::securer accept = nullptr);
    engine(engine&&) = default;
    engine& operator=(engine&&) = default;

    CHATWIRE_DECL void attach(io::port p, std::unique_ptr<stream> s);
    void drop(io::port p) noexcept { replace(p, nullptr); }
    bool is_open(io::port p) const noexcept { return ports_[index(p)].io != nullptr; }

    CHATWIRE_DECL void begin(io::action a);
    CHATWIRE_DECL std::optional<io::outcome> step();

    std::span<interest const> interests() const noexcept { return {interests_.data(), interest_count_}; }
    /// When to step again at the latest: not always the action's own.
    io::time_point deadline() const noexcept { return std::min(action_.deadline, look_again_); }
    std::shared_ptr<waker> const& get_waker() const noexcept { return waker_; }

private:
    struct port_state {
        std::unique_ptr<stream> io;
        std::string ahead; // read while watching or writing, not yet asked for
        bool ended = false;
        error_code broken{};
    };
    struct offloaded; // shared with the worker

    static std::size_t index(io::port p) noexcept { return static_cast<std::size_t>(p); }

    CHATWIRE_DECL std::optional<io::outcome> try_action();
    CHATWIRE_DECL std::optional<io::outcome> try_read(port_state& s);
    CHATWIRE_DECL std::optional<io::outcome> try_connect();
    CHATWIRE_DECL std::unique_ptr<connection_attempt> start_attempt();
    CHATWIRE_DECL void replace(io::port p, std::unique_ptr<stream> s);
    CHATWIRE_DECL std::optional<io::outcome> try_close(port_state& s);
    CHATWIRE_DECL std::optional<io::outcome> try_offload();
    CHATWIRE_DECL io::outcome start_work();
    CHATWIRE_DECL bool caller_is_gone();
    CHATWIRE_DECL bool read_ahead(io::port p);
    CHATWIRE_DECL void want(int fd, attempt const& a, io::port p);

    std::shared_ptr<waker> waker_;
    transport::connector connector_;
    std::array<transport::securer, io::port_count> securers_;
    std::shared_ptr<worker_pool> pool_;
    std::array<port_state, io::port_count> ports_{};
    io::action action_{};
    bool first_step_ = true;
    io::time_point look_again_ = io::never;
    std::size_t discarded_ = 0; // by a lingering close
    std::unique_ptr<connection_attempt> connecting_;
    std::shared_ptr<offloaded> offloaded_;
    std::array<interest, 3> interests_{};
    std::size_t interest_count_ = 0;
};

} // namespace chatwire::transport

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/transport/engine.ipp>
#endif
#endif
