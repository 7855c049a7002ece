// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include "../support/drivers.hpp"
#include "../support/streams.hpp"

#include <chatwire/transport/connector.hpp>
#include <chatwire/transport/event_descriptor.hpp>
#include <chatwire/transport/memory.hpp>

#include <boost/test/unit_test.hpp>

#include <array>
#include <exception>
#include <fcntl.h>
#include <thread>
#include <unistd.h>

BOOST_AUTO_TEST_SUITE(transport_connector)
namespace transport_connector_cases {

using namespace chatwire;
using namespace std::chrono_literals;
using io::action;
using io::outcome;
using io::port;
using transport::attempt;

io::time_point much_later() { return io::clock::now() + 60s; }

// Done when another thread says so, as a look-up or a hand-shake somewhere else is.
class told final : public transport::connection_attempt {
public:
    explicit told(std::shared_ptr<transport::waker> w)
        : thread_([this, w = std::move(w)] {
              done_ = true;
              w->notify();
          })
    {
    }
    ~told() override { thread_.join(); }
    attempt go_on() override { return {.what = done_ ? attempt::kind::ok : attempt::kind::needs_write}; }
    int native_handle() const noexcept override { return -1; }
    std::unique_ptr<transport::stream> take() override
    {
        auto [near, far] = transport::memory_pair();
        test::send(*far, "hello");
        return std::move(near);
    }

private:
    std::atomic<bool> done_{false};
    std::thread thread_;
};

BOOST_AUTO_TEST_CASE_TEMPLATE(a_connector_of_ones_own_is_told_where_to, Driver, test::drivers)
{
    for (int round = 0; round != 20; ++round) {
        io::origin asked;
        Driver d({.connect = [&](io::origin const& to, std::shared_ptr<transport::waker> const& w) {
            asked = to;
            return std::make_unique<told>(w);
        }});
        io::origin const to{"service", 7, "/path"};
        std::array<char, 8> buffer{};
        auto const r = d(test::scripted([&](outcome const& o, result<int>& out) {
            if (o.what == outcome::kind::begin)
                return action::connect_to(port::upstream, to, much_later());
            if (o.ok() && o.n == 0)
                return action::read_some(port::upstream, buffer, much_later());
            out = static_cast<int>(o.n);
            return action::finish();
        }));
        BOOST_TEST(r.value() == 5);
        BOOST_TEST((asked == to));
    }
}

// An attempt at a second address: its socket replaces the first under the same number, as the system likes to do.
class second_address final : public transport::connection_attempt {
public:
    explicit second_address(std::shared_ptr<transport::waker> w) : waker_(std::move(w))
    {
        int pipe[2];
        if (::pipe(pipe) != 0)
            std::terminate();
        fd_ = transport::descriptor(pipe[1]);
        other_ = transport::descriptor(pipe[0]);
        ::fcntl(fd_.get(), F_SETFL, O_NONBLOCK);
        while (::write(fd_.get(), "x", 1) == 1) // never writable
            ;
    }
    attempt go_on() override
    {
        switch (step_++) {
        case 0:
            waker_->notify(); // something else makes the driver look again
            return {.what = attempt::kind::needs_write};
        case 1: {
            transport::event_descriptor const writable;
            ::dup2(writable.native_handle(), fd_.get());
            return {.what = attempt::kind::needs_write};
        }
        default: return {};
        }
    }
    int native_handle() const noexcept override { return fd_.get(); }
    std::unique_ptr<transport::stream> take() override { return transport::memory_pair().first; }

private:
    std::shared_ptr<transport::waker> waker_;
    transport::descriptor fd_, other_;
    int step_ = 0;
};

BOOST_AUTO_TEST_CASE_TEMPLATE(an_attempt_may_change_its_socket_while_the_caller_is_watched, Driver, test::drivers)
{
    for (bool watched : {false, true}) {
        Driver d({.connect = [](io::origin const&, std::shared_ptr<transport::waker> const& w) {
            return std::make_unique<second_address>(w);
        }});
        auto [near, far] = transport::memory_pair();
        d.t.attach(port::caller, std::move(near));
        io::origin const to{};
        auto const r = d(test::scripted([&](outcome const& o, result<int>& out) {
            if (o.what == outcome::kind::begin) {
                auto a = action::connect_to(port::upstream, to, much_later());
                return watched ? std::move(a).watched() : std::move(a);
            }
            out = o.ok() ? 1 : -1;
            return action::finish();
        }));
        BOOST_TEST(r.value() == 1);
    }
}

} // namespace transport_connector_cases
BOOST_AUTO_TEST_SUITE_END()
