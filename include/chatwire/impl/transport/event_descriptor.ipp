// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_TRANSPORT_EVENT_DESCRIPTOR_IPP
#define CHATWIRE_IMPL_TRANSPORT_EVENT_DESCRIPTOR_IPP

#include <chatwire/transport/event_descriptor.hpp>

#include <cstdint>
#if defined(__linux__)
#include <sys/eventfd.h>
#else
#include <fcntl.h>
#endif

namespace chatwire::transport {

CHATWIRE_DECL event_descriptor::event_descriptor()
{
#if defined(__linux__)
    read_ = descriptor(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC));
#else
    int both[2] = {-1, -1};
    if (::pipe(both) == 0)
        for (int fd : both) {
            ::fcntl(fd, F_SETFL, O_NONBLOCK);
            ::fcntl(fd, F_SETFD, FD_CLOEXEC);
        }
    read_ = descriptor(both[0]);
    write_ = descriptor(both[1]);
#endif
    if (!read_)
        throw_exception_from_error(failure(last_system_error(), "cannot create an event descriptor"), BOOST_CURRENT_LOCATION);
}

CHATWIRE_DECL void event_descriptor::set() noexcept
{
    std::uint64_t const one = 1;
    [[maybe_unused]] auto const n = ::write(write_ ? write_.get() : read_.get(), &one, sizeof one);
}

CHATWIRE_DECL void event_descriptor::clear() noexcept
{
    std::uint64_t buffer[8];
    while (::read(read_.get(), buffer, sizeof buffer) == static_cast<ssize_t>(sizeof buffer))
        ; // an eventfd is empty after one short read, a pipe when it would block
}

} // namespace chatwire::transport
#endif
