// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_TRANSPORT_WAKER_HPP
#define CHATWIRE_TRANSPORT_WAKER_HPP

#include <atomic>

namespace chatwire::transport {

/// What other threads may do to a transport: wake or cancel what it runs.
///
/// @par Thread safety
/// All of it, from any thread. Shared by the transport and by work it has handed to other threads, which may outlive it.
class waker {
public:
    virtual ~waker() = default;

    /// Ends the present, or else the next, `read` or `wait`.
    void wake() noexcept
    {
        woken_.store(true, std::memory_order_release);
        notify();
    }
    /// Ends the present action and all later ones, until @ref forget_cancel.
    void cancel() noexcept
    {
        cancelled_.store(true, std::memory_order_release);
        notify();
    }
    void forget_cancel() noexcept { cancelled_.store(false, std::memory_order_release); }

    bool cancelled() const noexcept { return cancelled_.load(std::memory_order_acquire); }
    bool take_wake() noexcept
    {
        return woken_.load(std::memory_order_relaxed) && woken_.exchange(false, std::memory_order_acq_rel);
    }

    /// Makes a driver that waits look again.
    virtual void notify() noexcept = 0;

private:
    std::atomic<bool> woken_{false};
    std::atomic<bool> cancelled_{false};
};

} // namespace chatwire::transport
#endif
