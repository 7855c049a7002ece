// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include "../support/drivers.hpp"
#include "../support/streams.hpp"

#include <chatwire/transport/blocking.hpp>
#include <chatwire/transport/memory.hpp>

#include <boost/test/unit_test.hpp>

#include <array>
#include <atomic>
#include <optional>
#include <thread>
#include <type_traits>
#include <vector>

BOOST_AUTO_TEST_SUITE(transport_blocking)
namespace transport_blocking_cases {

using namespace chatwire;
using namespace std::chrono_literals;
using io::action;
using io::outcome;
using io::port;
using transport::attempt;

static_assert(std::is_same_v<transport::blocking::task<int>, int>);

io::time_point much_later() { return io::clock::now() + 60s; }

outcome::kind one(transport::blocking& t, action a)
{
    std::optional<outcome> got;
    run(t, test::scripted([&](outcome const& o, result<int>&) {
            if (o.what == outcome::kind::begin)
                return std::move(a);
            got = o;
            return action::finish();
        }))
        .value();
    return got.value().what;
}

BOOST_AUTO_TEST_CASE(a_cancel_holds_until_it_is_forgotten)
{
    transport::blocking t;
    t.cancel();
    for (int i = 0; i != 3; ++i)
        BOOST_TEST((one(t, action::wait_until(much_later())) == outcome::kind::cancelled));
    t.get_waker()->forget_cancel();
    t.wake();
    BOOST_TEST((one(t, action::wait_until(much_later())) == outcome::kind::woken));
}

// A stream that is never ready, and counts how often it was tried.
class silent final : public transport::stream {
public:
    silent(std::unique_ptr<transport::stream> s, int& tries) : stream_(std::move(s)), tries_(&tries) {}
    attempt try_read(std::span<char> into) override
    {
        ++*tries_;
        return stream_->try_read(into);
    }
    attempt try_write(std::string_view bytes) override { return stream_->try_write(bytes); }
    void shutdown_write() noexcept override { stream_->shutdown_write(); }
    int native_handle() const noexcept override { return stream_->native_handle(); }

private:
    std::unique_ptr<transport::stream> stream_;
    int* tries_;
};

// Time is poll's in milliseconds: rounded down, the rest of the last one would be spent spinning.
BOOST_AUTO_TEST_CASE(a_deadline_between_two_milliseconds_makes_nobody_spin)
{
    for (auto beyond = 50us; beyond < 1000us; beyond += 100us) {
        int tries = 0;
        auto [near, far] = transport::memory_pair();
        transport::blocking t;
        t.attach(port::caller, std::make_unique<silent>(std::move(near), tries));
        std::array<char, 1> buffer{};
        BOOST_TEST((one(t, action::read_some(port::caller, buffer, io::clock::now() + 2ms + beyond)) ==
                    outcome::kind::timeout));
        BOOST_TEST(tries <= 3); // at the beginning, at the end, and perhaps after a signal
    }
}

BOOST_AUTO_TEST_CASE(far_deadlines_do_not_overflow)
{
    transport::blocking t;
    for (auto const deadline : {io::never, io::never - 1ns, io::clock::now() + 24h * 365 * 100}) {
        std::thread other([w = t.get_waker()] { w->wake(); });
        BOOST_TEST((one(t, action::wait_until(deadline)) == outcome::kind::woken));
        other.join();
    }
}

BOOST_AUTO_TEST_CASE(no_wake_is_lost)
{
    transport::blocking t;
    std::atomic<int> turn{0};
    constexpr int rounds = 500;
    std::thread other([&, w = t.get_waker()] {
        for (int i = 1; i <= rounds; ++i) {
            while (turn != i)
                std::this_thread::yield();
            w->wake();
        }
    });
    int woken = 0;
    for (int i = 1; i <= rounds; ++i) {
        turn = i;
        woken += one(t, action::wait_until(much_later())) == outcome::kind::woken;
    }
    other.join();
    BOOST_TEST(woken == rounds);
}

BOOST_AUTO_TEST_CASE(threads_with_a_transport_each_do_not_disturb_each_other)
{
    std::vector<std::thread> threads;
    std::atomic<int> right{0};
    auto const text = test::numbered(20'000);
    for (int i = 0; i != 4; ++i) {
        auto [near, far] = transport::memory_pair(100);
        threads.emplace_back([&, far = std::move(far)] {
            std::string const got = test::receive(*far, text.size());
            right += got == text && test::send(*far, "!");
        });
        threads.emplace_back([&, near = std::move(near)]() mutable {
            transport::blocking t;
            t.attach(port::caller, std::move(near));
            std::string_view rest = text;
            char c = 0;
            run(t, test::scripted([&](outcome const& o, result<int>&) {
                    if (c == '!' || (o.what != outcome::kind::begin && !o.ok()))
                        return action::finish();
                    rest.remove_prefix(o.n);
                    return rest.empty() ? action::read_some(port::caller, {&c, 1}, much_later())
                                        : action::write_some(port::caller, rest, much_later());
                }))
                .value();
            right += c == '!';
        });
    }
    for (auto& t : threads)
        t.join();
    BOOST_TEST(right == 8);
}

} // namespace transport_blocking_cases
BOOST_AUTO_TEST_SUITE_END()
