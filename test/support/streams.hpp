// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_TEST_SUPPORT_STREAMS_HPP
#define CHATWIRE_TEST_SUPPORT_STREAMS_HPP

#include <chatwire/transport/listener.hpp>
#include <chatwire/transport/tcp.hpp>

#include <algorithm>
#include <atomic>
#include <memory>
#include <poll.h>
#include <string>
#include <string_view>
#include <utility>

namespace chatwire::test {

/// Until the descriptor is ready. The limit is long enough that only a hang reaches it.
inline bool wait_ready(int fd, bool write = false, int limit_ms = 60'000)
{
    pollfd one{fd, static_cast<short>(write ? POLLOUT : POLLIN), 0};
    return ::poll(&one, 1, limit_ms) > 0;
}

inline bool is_ready(int fd, bool write = false) { return wait_ready(fd, write, 0); }

/// Tries until it does not block: false if nothing came.
inline bool wait_for(transport::stream& s, transport::attempt const& a)
{
    return wait_ready(s.native_handle(), a.what == transport::attempt::kind::needs_write);
}

/// Receives `n` bytes, or all there are before the end.
inline std::string receive(transport::stream& s, std::size_t n = std::string::npos)
{
    std::string got;
    char buffer[4096];
    while (got.size() < n) {
        auto const a = s.try_read({buffer, std::min(sizeof buffer, n - got.size())});
        if (a.what == transport::attempt::kind::ok)
            got.append(buffer, a.n);
        else if (!a.blocked() || !wait_for(s, a))
            break;
    }
    return got;
}

/// Sends all of it; false if that did not go.
inline bool send(transport::stream& s, std::string_view bytes)
{
    while (!bytes.empty()) {
        auto const a = s.try_write(bytes);
        if (a.what == transport::attempt::kind::ok)
            bytes.remove_prefix(a.n);
        else if (!a.blocked() || !wait_for(s, a))
            return false;
    }
    return true;
}

/// Tells nobody, and counts.
struct counting_waker final : transport::waker {
    std::atomic<int> notified{0};
    void notify() noexcept override
    {
        ++notified;
        notified.notify_all();
    }
};

/// Goes on with an attempt until it is done.
inline transport::attempt finish(transport::connection_attempt& c, counting_waker& w)
{
    for (;;) {
        int const seen = w.notified;
        auto const a = c.go_on();
        if (!a.blocked())
            return a;
        if (c.native_handle() < 0)
            w.notified.wait(seen);
        else
            wait_ready(c.native_handle(), a.what == transport::attempt::kind::needs_write);
    }
}

inline std::unique_ptr<transport::stream> connect(io::origin const& to)
{
    auto const w = std::make_shared<counting_waker>();
    auto const c = transport::connect_tcp(to, w);
    return finish(*c, *w).what == transport::attempt::kind::ok ? c->take() : nullptr;
}

inline std::unique_ptr<transport::stream> accept(transport::listener& l)
{
    for (;;) {
        if (auto s = l.accept().value())
            return s;
        if (!wait_ready(l.native_handle()))
            return nullptr;
    }
}

/// The two ends of a TCP connection.
inline std::pair<std::unique_ptr<transport::stream>, std::unique_ptr<transport::stream>> tcp_pair()
{
    auto l = transport::listener::open({"127.0.0.1", 0}).value();
    auto near = connect({"127.0.0.1", l.port()});
    return {std::move(near), accept(l)};
}

/// Bytes in which no piece can be taken for another.
inline std::string numbered(std::size_t n)
{
    std::string s;
    for (std::size_t i = 0; s.size() < n; ++i)
        s += std::to_string(i) + ',';
    s.resize(n);
    return s;
}

} // namespace chatwire::test
#endif
