// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IO_ACTION_HPP
#define CHATWIRE_IO_ACTION_HPP

#include <chatwire/error.hpp>
#include <chatwire/io/origin.hpp>
#include <chatwire/io/port.hpp>

#include <chrono>
#include <cstddef>
#include <functional>
#include <span>
#include <string_view>
#include <utility>

namespace chatwire::io {

using clock = std::chrono::steady_clock;
using time_point = clock::time_point;

inline constexpr time_point never = time_point::max();

/// `now + d`; @ref never for durations that do not fit, and for 0, which means "no limit" in every option of the
/// library.
inline time_point after(time_point now, std::chrono::milliseconds d) noexcept
{
    return d.count() <= 0 || d >= std::chrono::hours(24 * 365 * 100) ? never : now + d;
}

/// What an operation asks its driver to do next.
///
/// @par Object lifetimes
/// `in`, `out` and `to` must stay valid until the driver has answered with an @ref outcome. `work` must own whatever it
/// touches: a driver that is told to stop does not wait for it.
struct action {
    enum class kind : unsigned char {
        done,    ///< nothing: `take()` has the result
        connect, ///< open `p` to `to`
        secure,  ///< start TLS on `p`, for the host in `to`
        write,   ///< send some of `out` on `p`
        read,    ///< receive up to `in.size()` bytes from `p`; ends on wake, too
        wait,    ///< until woken, or until the deadline
        offload, ///< run `work` on the driver's worker pool, and wait for it
        start,   ///< hand `work` to the driver's worker pool, and go on: it says by itself when it has something to say
        close,   ///< close `p`; with a deadline: say goodbye, and until then take in and drop what the peer still sends
    };

    kind what = kind::done;
    port p = port::caller;
    bool watch_caller = false; ///< end with `caller_gone` as soon as the caller closes its side
    time_point deadline = never;
    std::span<char> in{};
    std::string_view out{};
    origin const* to = nullptr;
    std::function<void()> work{};

    static action finish() { return {}; }
    static action connect_to(port p, origin const& to, time_point deadline = never)
    {
        return {.what = kind::connect, .p = p, .deadline = deadline, .to = &to};
    }
    static action start_tls(port p, origin const& to, time_point deadline = never)
    {
        return {.what = kind::secure, .p = p, .deadline = deadline, .to = &to};
    }
    static action write_some(port p, std::string_view bytes, time_point deadline = never)
    {
        return {.what = kind::write, .p = p, .deadline = deadline, .out = bytes};
    }
    static action read_some(port p, std::span<char> into, time_point deadline = never)
    {
        return {.what = kind::read, .p = p, .deadline = deadline, .in = into};
    }
    static action wait_until(time_point deadline) { return {.what = kind::wait, .deadline = deadline}; }
    static action run_elsewhere(std::function<void()> work, time_point deadline = never)
    {
        return {.what = kind::offload, .deadline = deadline, .work = std::move(work)};
    }
    static action start_elsewhere(std::function<void()> work) { return {.what = kind::start, .work = std::move(work)}; }
    static action close_port(port p, time_point linger_until = never)
    {
        return {.what = kind::close, .p = p, .deadline = linger_until};
    }

    /// The same action, ended by the caller's going away.
    action watched() &&
    {
        watch_caller = true;
        return std::move(*this);
    }
};

} // namespace chatwire::io
#endif
