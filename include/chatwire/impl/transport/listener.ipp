// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_TRANSPORT_LISTENER_IPP
#define CHATWIRE_IMPL_TRANSPORT_LISTENER_IPP

#include <chatwire/impl/transport/tcp.ipp>
#include <chatwire/transport/listener.hpp>
#include <chatwire/transport/tcp.hpp>

#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>

namespace chatwire::transport {

CHATWIRE_DECL result<listener> listener::open(io::origin const& at)
{
    auto const addresses = detail::look_up(at.host, at.port, AI_PASSIVE);
    if (addresses.empty())
        return failure(errc::host_not_found, "cannot listen on '" + at.host + "'");
    error_code last;
    for (auto const& a : addresses) {
        descriptor s(::socket(a.bytes.ss_family, SOCK_STREAM, 0));
        if (s) {
            detail::make_nonblocking(s.get());
            detail::set_option(s.get(), SOL_SOCKET, SO_REUSEADDR);
            if (::bind(s.get(), reinterpret_cast<sockaddr const*>(&a.bytes), a.size) == 0 &&
                ::listen(s.get(), SOMAXCONN) == 0) {
                sockaddr_storage bound{};
                socklen_t size = sizeof bound;
                ::getsockname(s.get(), reinterpret_cast<sockaddr*>(&bound), &size);
                auto const port = bound.ss_family == AF_INET6 ? reinterpret_cast<sockaddr_in6&>(bound).sin6_port
                                                              : reinterpret_cast<sockaddr_in&>(bound).sin_port;
                return listener(std::move(s), ntohs(port));
            }
        }
        last = last_system_error();
    }
    return failure(last, "cannot listen on " + at.host + ":" + std::to_string(at.port));
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
