// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_TRANSPORT_BLOCKING_IPP
#define CHATWIRE_IMPL_TRANSPORT_BLOCKING_IPP

#include <chatwire/transport/blocking.hpp>

#include <algorithm>
#include <limits>
#include <poll.h>

namespace chatwire::transport {

struct blocking::poll_waker final : waker {
    event_descriptor event;
    void notify() noexcept override { event.set(); }
};

CHATWIRE_DECL blocking::blocking(options o)
    : engine_(std::make_shared<poll_waker>(), std::move(o.connect),
              o.pool ? std::move(o.pool) : std::make_shared<worker_pool>(), std::move(o.secure), std::move(o.accept)),
      notified_(&static_cast<poll_waker&>(*engine_.get_waker()).event)
{
}

CHATWIRE_DECL void blocking::block()
{
    pollfd fds[4] = {{notified_->native_handle(), POLLIN, 0}};
    nfds_t count = 1;
    for (auto const& i : engine_.interests())
        fds[count++] = {i.fd, static_cast<short>(i.write ? POLLOUT : POLLIN), 0};

    int timeout = -1;
    if (auto const deadline = engine_.deadline(); deadline != io::never) {
        // rounded up: a poll that returns a little early would spin until the deadline
        auto const left = std::chrono::ceil<std::chrono::milliseconds>(deadline - io::clock::now()).count();
        timeout = static_cast<int>(std::clamp<long long>(left, 0, std::numeric_limits<int>::max()));
    }
    ::poll(fds, count, timeout); // an interruption or a failure only makes the engine look again
    if (fds[0].revents != 0)
        notified_->clear();
}

} // namespace chatwire::transport
#endif
