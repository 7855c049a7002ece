// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_TRANSPORT_BLOCKING_HPP
#define CHATWIRE_TRANSPORT_BLOCKING_HPP

#include <chatwire/io/operation.hpp>
#include <chatwire/transport/engine.hpp>
#include <chatwire/transport/event_descriptor.hpp>
#include <chatwire/transport/options.hpp>

#include <memory>
#include <optional>
#include <utility>

namespace chatwire::transport {

/// The blocking driver: non-blocking descriptors and one poll(2), from which deadlines, cancelling from another thread
/// and watching the caller all come.
///
/// @par Thread safety
/// One thread runs operations; `wake` and `cancel` may be called from any other while the object lives.
class blocking {
public:
    /// What running an operation that gives a `T` returns.
    template <class T>
    using task = T;

    CHATWIRE_DECL explicit blocking(options o = {});

    void attach(io::port p, std::unique_ptr<stream> s) { engine_.attach(p, std::move(s)); }
    /// Closes what is open there, without a word to the peer. Not while an operation runs.
    void drop(io::port p) noexcept { engine_.drop(p); }
    bool is_open(io::port p) const noexcept { return engine_.is_open(p); }
    void wake() noexcept { engine_.get_waker()->wake(); }
    void cancel() noexcept { engine_.get_waker()->cancel(); }
    std::shared_ptr<waker> const& get_waker() const noexcept { return engine_.get_waker(); }

    /// Runs `op` to its end on this thread.
    template <io::operation Op>
    friend io::operation_result<Op> run(blocking& t, Op op)
    {
        for (io::outcome last;;) {
            io::action next = op.resume(last);
            if (next.what == io::action::kind::done)
                return op.take();
            t.engine_.begin(std::move(next));
            std::optional<io::outcome> o;
            while (!(o = t.engine_.step()))
                t.block();
            last = *std::move(o);
        }
    }

private:
    struct poll_waker;
    CHATWIRE_DECL void block(); ///< until something the engine waits for may have happened

    engine engine_;
    event_descriptor* notified_; // the waker's
};

} // namespace chatwire::transport

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/transport/blocking.ipp>
#endif
#endif
