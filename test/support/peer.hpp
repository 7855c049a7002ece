// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_TEST_SUPPORT_PEER_HPP
#define CHATWIRE_TEST_SUPPORT_PEER_HPP

#include <chatwire/transport/connector.hpp>
#include <chatwire/transport/memory.hpp>
#include <chatwire/transport/securer.hpp>

#include <algorithm>
#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <poll.h>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace chatwire::test {

/// The far end of a connection, in the hands of a test's thread that may block.
class far_end {
public:
    explicit far_end(std::unique_ptr<transport::stream> s) : stream_(std::move(s)) {}

    /// Receives one request: head, and a body of Content-Length. Less if the client closes before.
    std::string request()
    {
        for (;;) {
            if (auto const end = buffer_.find("\r\n\r\n"); end != buffer_.npos) {
                std::size_t size = end + 4;
                if (auto const at = buffer_.find("Content-Length: "); at < end)
                    size += std::stoul(buffer_.substr(at + 16));
                if (buffer_.size() >= size) {
                    auto r = buffer_.substr(0, size);
                    buffer_.erase(0, size);
                    return r;
                }
            }
            if (!read())
                return std::exchange(buffer_, {});
        }
    }

    /// Waits for anything at all. False: the client has closed.
    bool hear() { return !buffer_.empty() || read(); }

    /// Sends all of it, `piece` bytes at a time. False: the client has closed.
    bool send(std::string_view bytes, std::size_t piece = std::string_view::npos)
    {
        while (stream_ && !bytes.empty()) {
            auto const a = stream_->try_write(bytes.substr(0, piece));
            if (a.what == transport::attempt::kind::ok)
                bytes.remove_prefix(a.n);
            else if (a.blocked())
                wait(a);
            else
                return false;
        }
        return stream_ != nullptr;
    }

    /// Until the client has closed. Gives what it has sent meanwhile.
    std::string until_closed()
    {
        while (read())
            ;
        return std::exchange(buffer_, {});
    }

    void close() { stream_.reset(); }

    /// Goes on over TLS. False: the client would not.
    bool secure(transport::securer const& s)
    {
        auto const attempt = s(std::move(stream_), {});
        for (;;) {
            auto const a = attempt->go_on();
            if (!a.blocked()) {
                if (a.what == transport::attempt::kind::ok)
                    stream_ = attempt->take();
                return stream_ != nullptr;
            }
            pollfd fd{attempt->native_handle(), POLLIN, 0};
            ::poll(&fd, 1, 60'000);
        }
    }

    /// Puts something between this end and the bytes.
    void wrap(std::function<std::unique_ptr<transport::stream>(std::unique_ptr<transport::stream>)> const& w)
    {
        stream_ = w(std::move(stream_));
    }

private:
    bool read()
    {
        while (stream_) {
            char bytes[4096];
            auto const a = stream_->try_read(bytes);
            if (a.what == transport::attempt::kind::ok) {
                buffer_.append(bytes, a.n);
                return true;
            }
            if (!a.blocked())
                return false;
            wait(a);
        }
        return false;
    }
    void wait(transport::attempt const& a)
    {
        bool const to_write = a.what == transport::attempt::kind::needs_write;
        pollfd fd{stream_->native_handle(), static_cast<short>(to_write ? POLLOUT : POLLIN), 0};
        ::poll(&fd, 1, 60'000);
    }

    std::unique_ptr<transport::stream> stream_;
    std::string buffer_;
};

/// A service in memory: connection number i runs script number i on a thread of its own, and is closed at its end.
/// Further connections are refused.
class peer {
public:
    using script = std::function<void(far_end&)>;

    explicit peer(std::vector<script> scripts, std::size_t capacity = 65536)
        : scripts_(std::move(scripts)), capacity_(capacity)
    {
    }
    ~peer()
    {
        for (auto& t : threads_)
            t.join();
    }

    /// For the client's transport. The peer must outlive it.
    transport::connector connector()
    {
        return [this](io::origin const&, std::shared_ptr<transport::waker> const&) { return connect(); };
    }

    std::size_t connections() const { return connections_; }

private:
    struct attempt final : transport::connection_attempt {
        explicit attempt(std::unique_ptr<transport::stream> s) : stream(std::move(s)) {}
        transport::attempt go_on() override
        {
            if (!stream)
                return {.what = transport::attempt::kind::error, .error = errc::connect_failed};
            return {};
        }
        int native_handle() const noexcept override { return -1; }
        std::unique_ptr<transport::stream> take() override { return std::move(stream); }
        std::unique_ptr<transport::stream> stream;
    };

    std::unique_ptr<transport::connection_attempt> connect()
    {
        auto const i = connections_++;
        if (i >= scripts_.size())
            return std::make_unique<attempt>(nullptr);
        auto [near_end, far] = transport::memory_pair(capacity_);
        threads_.emplace_back([&s = scripts_[i], end = std::make_shared<far_end>(std::move(far))]() mutable {
            s(*end);
            end->close();
        });
        return std::make_unique<attempt>(std::move(near_end));
    }

    std::vector<script> scripts_;
    std::size_t capacity_;
    std::atomic<std::size_t> connections_{0};
    std::vector<std::thread> threads_;
};

} // namespace chatwire::test
#endif
