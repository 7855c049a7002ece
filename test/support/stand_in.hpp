// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_TEST_SUPPORT_STAND_IN_HPP
#define CHATWIRE_TEST_SUPPORT_STAND_IN_HPP

#include "peer.hpp"
#include "streams.hpp"

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace chatwire::test {

/// A service on a port of 127.0.0.1 that does what a script says, on every connection, each on a thread of its own.
class stand_in {
public:
    explicit stand_in(peer::script s) : script_(std::move(s)) {}
    ~stand_in()
    {
        over_ = true;
        (void)connect({"127.0.0.1", port()});
        accepting_.join();
        for (auto& t : threads_)
            t.join();
    }

    std::uint16_t port() const { return listener_.port(); }
    std::string url() const { return "http://127.0.0.1:" + std::to_string(port()) + "/v1"; }
    std::size_t connections() const { return connections_; }

private:
    void accept_all()
    {
        while (auto s = accept(listener_)) {
            if (over_)
                return;
            ++connections_;
            threads_.emplace_back([this, end = std::make_shared<far_end>(std::move(s))] {
                script_(*end);
                end->close();
            });
        }
    }

    peer::script script_;
    transport::listener listener_ = transport::listener::open({"127.0.0.1", 0}).value();
    std::atomic<std::size_t> connections_{0};
    std::atomic<bool> over_{false};
    std::vector<std::thread> threads_;
    std::thread accepting_{[this] { accept_all(); }};
};

} // namespace chatwire::test
#endif
