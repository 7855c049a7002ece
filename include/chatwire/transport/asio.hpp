// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_TRANSPORT_ASIO_HPP
#define CHATWIRE_TRANSPORT_ASIO_HPP

#include <chatwire/io/operation.hpp>
#include <chatwire/transport/asio_event.hpp>
#include <chatwire/transport/engine.hpp>
#include <chatwire/transport/options.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <array>
#include <atomic>
#include <concepts>
#include <memory>
#include <optional>
#include <utility>

namespace chatwire::transport {

/// The driver for Asio coroutines: tries first, and awaits the readiness of descriptors only if that did not go, so no
/// byte is ever lost to a wait that was given up.
///
/// Asio's own cancellation ends the running action with `cancelled`, whatever the coroutine's `throw_if_cancelled`
/// says. One that comes while no operation runs is met by Asio: the coroutine's next `co_await` throws, if it may.
///
/// @par Thread safety
/// One coroutine at a time runs operations, on whatever threads its executor has; `wake` and `cancel` may be called
/// from any thread while the object lives.
class asio {
public:
    /// What running an operation that gives a `T` returns: to be awaited.
    template <class T>
    using task = boost::asio::awaitable<T>;

    CHATWIRE_DECL explicit asio(boost::asio::any_io_executor executor, options o = {});
    asio(asio&&) = delete;
    CHATWIRE_DECL ~asio();

    void attach(io::port p, std::unique_ptr<stream> s) { engine_.attach(p, std::move(s)); }
    /// Closes what is open there, without a word to the peer. Not while an operation runs.
    void drop(io::port p) noexcept { engine_.drop(p); }
    bool is_open(io::port p) const noexcept { return engine_.is_open(p); }
    void wake() noexcept { engine_.get_waker()->wake(); }
    void cancel() noexcept { engine_.get_waker()->cancel(); }
    std::shared_ptr<waker> const& get_waker() const noexcept { return engine_.get_waker(); }
    boost::asio::any_io_executor get_executor() const { return executor_; }

    /// Runs `op` to its end in the awaiting coroutine. The transport must outlive that. While another operation runs,
    /// one whose result can be a failure fails with errc::out_of_order: the two would mix their bytes.
    template <io::operation Op>
    friend boost::asio::awaitable<io::operation_result<Op>> run(asio& t, Op op)
    {
        namespace this_coro = boost::asio::this_coro;
        if constexpr (std::constructible_from<io::operation_result<Op>, failure>)
            if (t.running_->load(std::memory_order_acquire))
                co_return failure(errc::out_of_order, "the transport already runs an operation");
        running const mark(t.running_);
        bool const throws = co_await this_coro::throw_if_cancelled();
        co_await this_coro::throw_if_cancelled(false);
        for (io::outcome last;;) {
            io::action next = op.resume(last);
            if (next.what == io::action::kind::done)
                break;
            auto const port = next.p;
            bool const closing = next.what == io::action::kind::close;
            t.engine_.begin(std::move(next));
            // Whatever is always ready must not starve the others. (Here, where a cancellation still ends the action.)
            if (++t.in_a_row_ > max_in_a_row || io::clock::now() - t.since_ > max_slice) {
                co_await boost::asio::post(boost::asio::use_awaitable);
                t.others_had_their_turn();
            }
            std::optional<io::outcome> o;
            for (;;) {
                // Looked at before the engine is: a success now would let the caller's next `co_await` throw instead.
                auto const cancellation = co_await this_coro::cancellation_state;
                if (cancellation.cancelled() != boost::asio::cancellation_type::none) {
                    if (closing)
                        t.drop(port);
                    o = io::outcome{.what = closing ? io::outcome::kind::ok : io::outcome::kind::cancelled};
                    break;
                }
                if ((o = t.engine_.step()))
                    break;
                t.arm();
                co_await t.event_->wait(t.engine_.deadline());
                t.look_again();
                t.others_had_their_turn();
            }
            last = *std::move(o);
        }
        t.disarm();
        co_await this_coro::throw_if_cancelled(throws);
        co_return op.take();
    }

private:
    static constexpr int max_in_a_row = 64; // actions without a wait
    static constexpr std::chrono::milliseconds max_slice{5};

    struct event_waker;
    // Also where the coroutine is destroyed while it waits: by its io_context perhaps, after the transport.
    struct running {
        explicit running(std::shared_ptr<std::atomic<bool>> f) noexcept : flag(std::move(f))
        {
            flag->store(true, std::memory_order_release);
        }
        running(running const&) = delete;
        ~running() { flag->store(false, std::memory_order_release); }
        std::shared_ptr<std::atomic<bool>> flag;
    };
    struct watched {
        explicit watched(boost::asio::any_io_executor const& ex) : descriptor(ex) {}
        boost::asio::posix::stream_descriptor descriptor;        // borrows the fd: released, never closed
        std::shared_ptr<std::array<std::atomic<bool>, 2>> armed; // reading, writing; shared with the handlers
    };

    void others_had_their_turn() noexcept
    {
        in_a_row_ = 0;
        since_ = io::clock::now();
    }
    CHATWIRE_DECL void arm();        ///< starts the waits for what the engine is interested in, unless they run already
    CHATWIRE_DECL void look_again(); ///< after a wait
    CHATWIRE_DECL void disarm();     ///< ends waits that still run: they would keep an idle io_context running
    CHATWIRE_DECL void release(io::port p);

    boost::asio::any_io_executor executor_;
    std::shared_ptr<asio_event> event_;
    std::array<std::optional<watched>, io::port_count> watched_;
    std::shared_ptr<std::atomic<bool>> running_ = std::make_shared<std::atomic<bool>>(false);
    bool connecting_ = false;
    int in_a_row_ = 0; // since somebody else could run: of one operation and the next
    io::time_point since_{};
    engine engine_;
};

} // namespace chatwire::transport

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/transport/asio.ipp>
#endif
#endif
