// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_TRANSPORT_LISTENER_IPP
#define CHATWIRE_IMPL_TRANSPORT_LISTENER_IPP

#include <chatwire/impl/transport/tcp.ipp>
#include <chatwire/transport/listener.hpp>
#include <chatwire/transport/tcp.hpp>

#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

namespace chatwire::transport {

namespace detail {

// A file that a process which is no more has left behind would keep the address for ever.
inline void remove_stale_socket(socket_address const& a, std::string const& path) noexcept
{
    struct stat file {};
    if (::lstat(path.c_str(), &file) != 0 || !S_ISSOCK(file.st_mode))
        return;
    descriptor probe(::socket(AF_UNIX, SOCK_STREAM, 0));
    if (probe && ::connect(probe.get(), reinterpret_cast<sockaddr const*>(&a.bytes), a.size) != 0 &&
        errno == ECONNREFUSED)
        ::unlink(path.c_str());
}

} // namespace detail

CHATWIRE_DECL result<listener> listener::open(io::origin const& at)
{
    bool const local = !at.path.empty();
    auto const addresses = local ? detail::unix_address(at.path) : detail::look_up(at.host, at.port, AI_PASSIVE);
    if (addresses.empty())
        return failure(errc::host_not_found, "cannot listen on '" + (local ? at.path : at.host) + "'");
    if (local)
        detail::remove_stale_socket(addresses.front(), at.path);
    error_code last;
    for (auto const& a : addresses) {
        descriptor s(::socket(a.bytes.ss_family, SOCK_STREAM, 0));
        if (s) {
            detail::make_nonblocking(s.get());
            detail::set_option(s.get(), SOL_SOCKET, SO_REUSEADDR);
            if (::bind(s.get(), reinterpret_cast<sockaddr const*>(&a.bytes), a.size) == 0 &&
                ::listen(s.get(), SOMAXCONN) == 0) {
                listener l(std::move(s), at.path);
                l.find_address();
                return l;
            }
        }
        last = last_system_error();
    }
    return failure(last, "cannot listen on " + (local ? at.path : at.host + ":" + std::to_string(at.port)));
}

CHATWIRE_DECL void listener::find_address() noexcept
{
    sockaddr_storage bound{};
    socklen_t size = sizeof bound;
    ::getsockname(socket_.get(), reinterpret_cast<sockaddr*>(&bound), &size);
    if (bound.ss_family == AF_INET) {
        auto const& a = reinterpret_cast<sockaddr_in const&>(bound);
        port_ = ntohs(a.sin_port);
        on_loopback_ = ntohl(a.sin_addr.s_addr) >> 24 == 127;
    } else if (bound.ss_family == AF_INET6) {
        auto const& a = reinterpret_cast<sockaddr_in6 const&>(bound);
        port_ = ntohs(a.sin6_port);
        on_loopback_ = IN6_IS_ADDR_LOOPBACK(&a.sin6_addr);
    }
}

CHATWIRE_DECL void listener::close() noexcept
{
    if (socket_ && !path_.empty())
        ::unlink(path_.c_str());
    socket_.reset();
}

CHATWIRE_DECL listener& listener::operator=(listener&& other) noexcept
{
    if (this != &other) {
        close();
        socket_ = std::move(other.socket_);
        port_ = other.port_;
        on_loopback_ = other.on_loopback_;
        path_ = std::move(other.path_);
    }
    return *this;
}

CHATWIRE_DECL result<std::unique_ptr<stream>> listener::accept()
{
    for (;;) {
        descriptor s(::accept(socket_.get(), nullptr, nullptr));
        if (s)
            return std::unique_ptr<stream>(std::make_unique<tcp_stream>(std::move(s)));
        if (errno == EAGAIN || errno == EWOULDBLOCK)
            return std::unique_ptr<stream>();
        // These are the fault of one connection: on to the next. Anything else may be there to stay, and so may not
        // be tried again at once.
        if (errno != EINTR && errno != ECONNABORTED && errno != EPROTO && errno != EPERM)
            return failure(last_system_error());
    }
}

} // namespace chatwire::transport
#endif
