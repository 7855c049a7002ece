// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/io/action.hpp>

#include <boost/test/unit_test.hpp>

#include <array>
#include <memory>

BOOST_AUTO_TEST_SUITE(io_action)
namespace io_action_cases {

using namespace std::chrono_literals;
using chatwire::io::action;
using chatwire::io::after;
using chatwire::io::never;
using chatwire::io::origin;
using chatwire::io::port;
using chatwire::io::time_point;

// What a factory does not mention is as in an action of nothing.
void check(action const& a, action::kind what, port p, time_point deadline, char const* in, std::string_view out,
           origin const* to)
{
    BOOST_TEST((a.what == what));
    BOOST_TEST((a.p == p));
    BOOST_TEST((a.deadline == deadline));
    BOOST_TEST((a.in.data() == in));
    BOOST_TEST(a.in.empty() == !in);
    BOOST_TEST(a.out == out);
    BOOST_TEST(a.to == to);
    BOOST_TEST(!a.watch_caller);
}

BOOST_AUTO_TEST_CASE(factories_set_what_they_are_given_and_nothing_else)
{
    origin const to{"host", 80};
    std::array<char, 3> buffer{};
    using enum action::kind;
    for (port p : {port::caller, port::upstream})
        for (time_point t : {never, time_point(5s)}) {
            check(action::connect_to(p, to, t), connect, p, t, nullptr, "", &to);
            check(action::start_tls(p, to, t), secure, p, t, nullptr, "", &to);
            check(action::write_some(p, "out", t), write, p, t, nullptr, "out", nullptr);
            check(action::read_some(p, buffer, t), read, p, t, buffer.data(), "", nullptr);
            check(action::wait_until(t), wait, port::caller, t, nullptr, "", nullptr);
            check(action::run_elsewhere([] {}, t), offload, port::caller, t, nullptr, "", nullptr);
            check(action::close_port(p, t), close, p, t, nullptr, "", nullptr);
        }
    check(action::finish(), done, port::caller, never, nullptr, "", nullptr);
    check(action::start_elsewhere([] {}), start, port::caller, never, nullptr, "", nullptr);
    BOOST_TEST(bool(action::start_elsewhere([] {}).work));
    BOOST_TEST(action::read_some(port::caller, buffer).in.size() == 3u);
    BOOST_TEST(!action::finish().work);
}

BOOST_AUTO_TEST_CASE(without_a_deadline_there_is_none)
{
    origin const to{};
    std::array<char, 1> buffer{};
    BOOST_TEST((action::connect_to(port::caller, to).deadline == never));
    BOOST_TEST((action::start_tls(port::caller, to).deadline == never));
    BOOST_TEST((action::write_some(port::caller, "").deadline == never));
    BOOST_TEST((action::read_some(port::caller, buffer).deadline == never));
    BOOST_TEST((action::run_elsewhere([] {}).deadline == never));
    BOOST_TEST((action::close_port(port::caller).deadline == never));
}

BOOST_AUTO_TEST_CASE(a_watched_action_is_the_same_action)
{
    auto const alive = std::make_shared<int>(0);
    auto const a = action::run_elsewhere([alive] { ++*alive; }, time_point(7s)).watched();
    BOOST_TEST(a.watch_caller);
    BOOST_TEST((a.what == action::kind::offload));
    BOOST_TEST((a.deadline == time_point(7s)));
    BOOST_TEST(alive.use_count() == 2); // moved, not copied
    BOOST_REQUIRE(a.work);
    a.work();
    BOOST_TEST(*alive == 1);
}

BOOST_AUTO_TEST_CASE(no_duration_overflows)
{
    auto const now = chatwire::io::clock::now();
    using ms = std::chrono::milliseconds;
    BOOST_TEST((after(now, 1ms) == now + 1ms));
    BOOST_TEST((after(now, 24h) == now + 24h));
    BOOST_TEST((after(now, 24h * 365 * 100 - 1ms) == now + 24h * 365 * 100 - 1ms));
    BOOST_TEST((after(now, 24h * 365 * 100) == never));
    BOOST_TEST((after(now, ms::max()) == never));
    BOOST_TEST((after(now, 0ms) == never)); // "no limit"
    BOOST_TEST((after(now, -1ms) == never));
    BOOST_TEST((after(now, ms::min()) == never));
}

BOOST_AUTO_TEST_CASE(a_longer_duration_ends_no_earlier)
{
    auto const now = chatwire::io::clock::now();
    auto last = now;
    for (long long d = 1; d > 0 && d < (1ll << 61); d *= 2) {
        auto const t = after(now, std::chrono::milliseconds(d));
        BOOST_TEST((t >= last));
        last = t;
    }
    BOOST_TEST((last == never));
}

} // namespace io_action_cases
BOOST_AUTO_TEST_SUITE_END()
