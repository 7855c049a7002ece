// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_TRANSPORT_ASIO_IPP
#define CHATWIRE_IMPL_TRANSPORT_ASIO_IPP

#include <chatwire/transport/asio.hpp>

namespace chatwire::transport {

struct asio::event_waker final : waker {
    explicit event_waker(std::shared_ptr<asio_event> e) : event(std::move(e)) {}
    void notify() noexcept override { event->set(); }
    std::shared_ptr<asio_event> event;
};

CHATWIRE_DECL asio::asio(boost::asio::any_io_executor executor, options o)
    : executor_(std::move(executor)), event_(std::make_shared<asio_event>(executor_)),
      engine_(std::make_shared<event_waker>(event_), std::move(o.connect),
              o.pool ? std::move(o.pool) : std::make_shared<worker_pool>(), std::move(o.secure), std::move(o.accept))
{
    engine_.before_close = [this](io::port p) { release(p); };
}

CHATWIRE_DECL asio::~asio()
{
    release(io::port::caller);
    release(io::port::upstream);
    event_->close();
}

CHATWIRE_DECL void asio::arm()
{
    for (auto const& i : engine_.interests()) {
        connecting_ = connecting_ || !engine_.is_open(i.p);
        auto& w = watched_[static_cast<std::size_t>(i.p)];
        if (w && w->descriptor.native_handle() != i.fd)
            release(i.p);
        if (!w) {
            w.emplace(executor_);
            w->descriptor.assign(i.fd);
            w->armed = std::make_shared<std::array<std::atomic<bool>, 2>>();
        }
        if ((*w->armed)[i.write].exchange(true, std::memory_order_acq_rel))
            continue; // still waiting from an earlier action
        w->descriptor.async_wait(i.write ? boost::asio::posix::descriptor_base::wait_write
                                         : boost::asio::posix::descriptor_base::wait_read,
                                 [event = event_, armed = w->armed, write = i.write](error_code) {
                                     (*armed)[write].store(false, std::memory_order_release);
                                     event->set();
                                 });
    }
}

CHATWIRE_DECL void asio::look_again()
{
    if (std::exchange(connecting_, false)) { // the attempt may close this socket for the next address's
        release(io::port::caller);
        release(io::port::upstream);
    }
}

CHATWIRE_DECL void asio::disarm()
{
    for (auto& w : watched_)
        if (w && ((*w->armed)[0].load(std::memory_order_acquire) || (*w->armed)[1].load(std::memory_order_acquire)))
            w->descriptor.cancel();
}

CHATWIRE_DECL void asio::release(io::port p)
{
    auto& w = watched_[static_cast<std::size_t>(p)];
    if (!w)
        return;
    w->descriptor.release();
    w.reset();
}

} // namespace chatwire::transport
#endif
