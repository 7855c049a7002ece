// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_TRANSPORT_DESCRIPTOR_PAIR_IPP
#define CHATWIRE_IMPL_TRANSPORT_DESCRIPTOR_PAIR_IPP

#include <chatwire/transport/descriptor.hpp>
#include <chatwire/transport/descriptor_pair.hpp>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <poll.h>
#include <signal.h>
#include <unistd.h>

namespace chatwire::transport {
namespace detail {

inline bool ready(int fd, short what) noexcept
{
    pollfd p{fd, what, 0};
    return ::poll(&p, 1, 0) > 0;
}

// Writes to what nobody may read any more, without the signal that would end the program.
inline ssize_t write_unsignalled(int fd, char const* bytes, std::size_t n) noexcept
{
    sigset_t pipe, before, pending;
    ::sigemptyset(&pipe);
    ::sigaddset(&pipe, SIGPIPE);
    ::sigpending(&pending);
    ::pthread_sigmask(SIG_BLOCK, &pipe, &before);
    auto const written = ::write(fd, bytes, n);
    auto const error = errno;
    if (written < 0 && error == EPIPE && !::sigismember(&pending, SIGPIPE)) {
        int taken = 0;
        ::sigpending(&pending); // not where it is ignored
        if (::sigismember(&pending, SIGPIPE))
            ::sigwait(&pipe, &taken);
    }
    ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
    errno = error;
    return written;
}

} // namespace detail

CHATWIRE_DECL attempt descriptor_pair::try_read(std::span<char> into)
{
    for (;;) {
        wait_for_ = in_;
        if (!detail::ready(in_, POLLIN))
            return {.what = attempt::kind::needs_read};
        auto const n = ::read(in_, into.data(), into.size());
        if (n > 0)
            return {.n = static_cast<std::size_t>(n)};
        if (n == 0)
            return {.what = attempt::kind::eof};
        if (errno == EAGAIN || errno == EWOULDBLOCK) // another reader was quicker
            return {.what = attempt::kind::needs_read};
        if (errno != EINTR)
            return {.what = attempt::kind::error, .error = last_system_error()};
    }
}

CHATWIRE_DECL attempt descriptor_pair::try_write(std::string_view bytes)
{
    for (;;) {
        wait_for_ = out_;
        if (!detail::ready(out_, POLLOUT))
            return {.what = attempt::kind::needs_write};
        // a pipe that is writable takes that much without blocking
        auto const n = detail::write_unsignalled(out_, bytes.data(), std::min<std::size_t>(bytes.size(), PIPE_BUF));
        if (n >= 0)
            return {.n = static_cast<std::size_t>(n)};
        if (errno == EAGAIN || errno == EWOULDBLOCK)
            return {.what = attempt::kind::needs_write};
        if (errno != EINTR)
            return {.what = attempt::kind::error, .error = last_system_error()};
    }
}

} // namespace chatwire::transport
#endif
