// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_TRANSPORT_TCP_IPP
#define CHATWIRE_IMPL_TRANSPORT_TCP_IPP

#include <chatwire/transport/address.hpp>
#include <chatwire/transport/tcp.hpp>

#include <algorithm>
#include <atomic>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string>
#include <sys/socket.h>
#include <sys/un.h>
#include <thread>
#include <vector>

#if defined(MSG_NOSIGNAL)
#define CHATWIRE_MSG_NOSIGNAL MSG_NOSIGNAL
#else
#define CHATWIRE_MSG_NOSIGNAL 0 // there SO_NOSIGPIPE does it
#endif

namespace chatwire::transport {
namespace detail {

inline void set_option(int fd, int level, int name) noexcept
{
    int const on = 1;
    ::setsockopt(fd, level, name, &on, sizeof on);
}

inline void make_nonblocking(int fd) noexcept
{
    ::fcntl(fd, F_SETFL, ::fcntl(fd, F_GETFL) | O_NONBLOCK);
    ::fcntl(fd, F_SETFD, ::fcntl(fd, F_GETFD) | FD_CLOEXEC);
#if defined(SO_NOSIGPIPE)
    set_option(fd, SOL_SOCKET, SO_NOSIGPIPE);
#endif
}

struct socket_address {
    sockaddr_storage bytes{};
    socklen_t size = 0;
};

inline std::vector<socket_address> look_up(std::string const& host, std::uint16_t port, int flags)
{
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = flags | AI_NUMERICSERV;
    addrinfo* list = nullptr;
    std::vector<socket_address> out;
    if (::getaddrinfo(host.empty() ? nullptr : host.c_str(), std::to_string(port).c_str(), &hints, &list) != 0)
        return out;
    for (auto* a = list; a; a = a->ai_next) {
        socket_address& s = out.emplace_back();
        s.size = a->ai_addrlen;
        auto const* from = reinterpret_cast<char const*>(a->ai_addr);
        std::copy(from, from + a->ai_addrlen, reinterpret_cast<char*>(&s.bytes));
    }
    ::freeaddrinfo(list);
    return out;
}

// Nothing if the path is too long for one.
inline std::vector<socket_address> unix_address(std::string const& path)
{
    sockaddr_un local{};
    local.sun_family = AF_UNIX;
    if (path.size() >= sizeof local.sun_path)
        return {};
    std::copy(path.begin(), path.end(), local.sun_path);
    socket_address s;
    s.size = sizeof local;
    auto const* from = reinterpret_cast<char const*>(&local);
    std::copy(from, from + sizeof local, reinterpret_cast<char*>(&s.bytes));
    return {s};
}

// Shared with the thread that looks the name up, which may outlive the attempt: getaddrinfo cannot be interrupted.
struct look_up_state {
    std::atomic<bool> done{false};
    std::vector<socket_address> addresses;
    bool forbidden = false; // all that the name has

    void keep_ordinary()
    {
        bool const some = !addresses.empty();
        std::erase_if(addresses,
                      [](auto const& a) { return !is_ordinary(reinterpret_cast<sockaddr const&>(a.bytes)); });
        forbidden = some && addresses.empty();
    }
};

class tcp_attempt final : public connection_attempt {
public:
    tcp_attempt(io::origin const& to, std::shared_ptr<waker> const& waker)
    {
        addresses_->addresses = to.path.empty() ? look_up(to.host, to.port, AI_NUMERICHOST) : unix_address(to.path);
        if (!to.path.empty() || !addresses_->addresses.empty()) {
            if (to.path.empty() && to.ordinary_only)
                addresses_->keep_ordinary();
            addresses_->done = true;
            return;
        }
        std::thread([state = addresses_, waker, host = to.host, port = to.port, ordinary_only = to.ordinary_only] {
            state->addresses = look_up(host, port, AI_ADDRCONFIG);
            if (ordinary_only)
                state->keep_ordinary();
            state->done.store(true, std::memory_order_release);
            waker->notify();
        }).detach();
    }

    attempt go_on() override
    {
        if (!addresses_->done.load(std::memory_order_acquire))
            return {.what = attempt::kind::needs_write};
        if (addresses_->addresses.empty())
            return {.what = attempt::kind::error,
                    .error = addresses_->forbidden ? errc::forbidden_address : errc::host_not_found};
        if (socket_) {
            int code = 0;
            socklen_t size = sizeof code;
            ::getsockopt(socket_.get(), SOL_SOCKET, SO_ERROR, &code, &size);
            sockaddr_storage peer{};
            socklen_t peer_size = sizeof peer;
            if (code == 0 && ::getpeername(socket_.get(), reinterpret_cast<sockaddr*>(&peer), &peer_size) == 0)
                return {};
            if (code == 0)
                return {.what = attempt::kind::needs_write};
            give_up_on_address(code);
        }
        while (next_ < addresses_->addresses.size()) {
            auto const& a = addresses_->addresses[next_++];
            socket_ = descriptor(::socket(a.bytes.ss_family, SOCK_STREAM, 0));
            if (!socket_) {
                last_error_ = last_system_error();
                continue;
            }
            make_nonblocking(socket_.get());
            if (::connect(socket_.get(), reinterpret_cast<sockaddr const*>(&a.bytes), a.size) == 0)
                return {};
            if (errno == EINPROGRESS || errno == EINTR)
                return {.what = attempt::kind::needs_write};
            give_up_on_address(errno);
        }
        return {.what = attempt::kind::error, .error = last_error_};
    }

    int native_handle() const noexcept override { return socket_.get(); }
    std::unique_ptr<stream> take() override { return std::make_unique<tcp_stream>(std::move(socket_)); }

private:
    void give_up_on_address(int code)
    {
        last_error_ = error_code(code, boost::system::system_category());
        socket_.reset();
    }

    std::shared_ptr<look_up_state> addresses_ = std::make_shared<look_up_state>();
    std::size_t next_ = 0;
    descriptor socket_;
    error_code last_error_ = make_error_code(errc::connect_failed);
};

} // namespace detail

CHATWIRE_DECL tcp_stream::tcp_stream(descriptor socket) noexcept : socket_(std::move(socket))
{
    detail::make_nonblocking(socket_.get());
    detail::set_option(socket_.get(), IPPROTO_TCP, TCP_NODELAY);
}

CHATWIRE_DECL attempt tcp_stream::try_read(std::span<char> into)
{
    for (;;) {
        auto const n = ::recv(socket_.get(), into.data(), into.size(), 0);
        if (n > 0)
            return {.n = static_cast<std::size_t>(n)};
        if (n == 0)
            return {.what = attempt::kind::eof};
        if (errno == EAGAIN || errno == EWOULDBLOCK)
            return {.what = attempt::kind::needs_read};
        if (errno != EINTR)
            return {.what = attempt::kind::error, .error = last_system_error()};
    }
}

CHATWIRE_DECL attempt tcp_stream::try_write(std::string_view bytes)
{
    for (;;) {
        auto const n = ::send(socket_.get(), bytes.data(), bytes.size(), CHATWIRE_MSG_NOSIGNAL);
        if (n >= 0)
            return {.n = static_cast<std::size_t>(n)};
        if (errno == EAGAIN || errno == EWOULDBLOCK)
            return {.what = attempt::kind::needs_write};
        if (errno != EINTR)
            return {.what = attempt::kind::error, .error = last_system_error()};
    }
}

CHATWIRE_DECL void tcp_stream::shutdown_write() noexcept { ::shutdown(socket_.get(), SHUT_WR); }

CHATWIRE_DECL std::unique_ptr<connection_attempt> connect_tcp(io::origin const& to, std::shared_ptr<waker> const& waker)
{
    return std::make_unique<detail::tcp_attempt>(to, waker);
}

} // namespace chatwire::transport
#endif
