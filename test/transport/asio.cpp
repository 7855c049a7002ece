// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include "../support/drivers.hpp"
#include "../support/streams.hpp"

#include <chatwire/transport/asio.hpp>
#include <chatwire/transport/memory.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/test/unit_test.hpp>

#include <array>
#include <atomic>
#include <fcntl.h>
#include <thread>
#include <vector>

BOOST_AUTO_TEST_SUITE(transport_asio)
namespace transport_asio_cases {

using namespace chatwire;
using namespace std::chrono_literals;
using io::action;
using io::outcome;
using io::port;

io::time_point much_later() { return io::clock::now() + 60s; }

// An operation of one action, which gives the kind of its outcome.
test::scripted one(action a)
{
    return test::scripted([a = std::move(a)](outcome const& o, result<int>& out) {
        if (o.what == outcome::kind::begin)
            return a;
        out = static_cast<int>(o.what);
        return action::finish();
    });
}

bool is(result<int> const& r, outcome::kind k) { return r && *r == static_cast<int>(k); }

BOOST_AUTO_TEST_CASE(a_cancel_holds_until_it_is_forgotten)
{
    test::asio_driver d;
    d.t.cancel();
    for (int i = 0; i != 3; ++i)
        BOOST_TEST(is(d(one(action::wait_until(much_later()))), outcome::kind::cancelled));
    d.t.get_waker()->forget_cancel();
    d.t.wake();
    BOOST_TEST(is(d(one(action::wait_until(much_later()))), outcome::kind::woken));
}

// Neither within one operation nor from one to the next: a stream is read with an operation for each of its chunks.
BOOST_AUTO_TEST_CASE(a_peer_that_is_always_ready_lets_others_run)
{
    for (bool const one_operation : {true, false}) {
        auto [near, far] = transport::memory_pair();
        BOOST_TEST(test::send(*far, std::string(1000, 'x')));
        boost::asio::io_context context;
        transport::asio t(context.get_executor());
        t.attach(port::caller, std::move(near));
        std::array<char, 1> buffer{};
        bool others_ran = false;
        int read = 0;
        auto const reads = [&](int times) {
            return test::scripted([&, times](outcome const& o, result<int>&) mutable {
                read += o.ok();
                return times-- ? action::read_some(port::caller, buffer, much_later()) : action::finish();
            });
        };
        boost::asio::co_spawn(
            context,
            [&]() -> boost::asio::awaitable<void> {
                boost::asio::post(context, [&] { others_ran = true; });
                while (!others_ran && read < 1000) {
                    auto op = reads(one_operation ? 1000 : 1);
                    (void)co_await run(t, std::move(op));
                }
            },
            boost::asio::detached);
        context.run();
        BOOST_TEST(others_ran);
        BOOST_TEST((one_operation || read < 1000));
    }
}

// Each operation ends while a wait for its descriptor still runs; the next begins with a wait of its own.
BOOST_AUTO_TEST_CASE(one_operation_after_the_other_on_one_transport)
{
    for (bool tcp : {false, true}) {
        auto [near, far] = tcp ? test::tcp_pair() : transport::memory_pair();
        test::asio_driver d;
        d.t.attach(port::caller, std::move(near));
        std::array<char, 8> buffer{};
        for (int i = 0; i != 20; ++i) {
            BOOST_TEST(is(d(one(action::wait_until(io::clock::now() + 1ms).watched())), outcome::kind::timeout));
            BOOST_TEST(
                is(d(one(action::read_some(port::caller, buffer, io::clock::now() + 1ms))), outcome::kind::timeout));
            std::thread peer([&, &far = far] { test::send(*far, "x"); });
            BOOST_TEST(is(d(one(action::read_some(port::caller, buffer, much_later()))), outcome::kind::ok));
            peer.join();
            BOOST_TEST(is(d(one(action::write_some(port::caller, "y", much_later()))), outcome::kind::ok));
            BOOST_TEST(test::receive(*far, 1) == "y");
        }
    }
}

BOOST_AUTO_TEST_CASE(the_context_ends_with_the_operation)
{
    auto [near, far] = test::tcp_pair();
    boost::asio::io_context context;
    transport::asio t(context.get_executor());
    t.attach(port::caller, std::move(near));
    bool ended = false;
    boost::asio::co_spawn(context, run(t, one(action::wait_until(much_later()).watched())),
                          [&](std::exception_ptr, result<int> r) { ended = is(r, outcome::kind::woken); });
    context.poll(); // waits for the caller now
    BOOST_TEST(!context.stopped());
    t.wake();
    context.run_for(60s);
    BOOST_TEST(ended);
    BOOST_TEST(context.stopped()); // and not because the time is up: nothing is left to wait for
}

int open_descriptors()
{
    int n = 0;
    for (int fd = 0; fd != 1024; ++fd)
        n += ::fcntl(fd, F_GETFD) != -1;
    return n;
}

// The numbers of closed descriptors come again: the context must not take a new one for the old.
BOOST_AUTO_TEST_CASE(closing_and_connecting_again_leaves_nothing_behind)
{
    auto l = transport::listener::open({"127.0.0.1", 0}).value();
    io::origin const to{"127.0.0.1", l.port()};
    test::asio_driver d;
    int before = 0;
    for (int round = 0; round != 10; ++round) {
        BOOST_TEST(is(d(one(action::connect_to(port::upstream, to, much_later()))), outcome::kind::ok));
        auto far = test::accept(l);
        std::array<char, 8> buffer{};
        BOOST_TEST(
            is(d(one(action::read_some(port::upstream, buffer, io::clock::now() + 1ms))), outcome::kind::timeout));
        std::thread peer([&] { test::send(*far, "hello"); });
        BOOST_TEST(is(d(one(action::read_some(port::upstream, buffer, much_later()))), outcome::kind::ok));
        peer.join();
        if (round % 3 == 0)
            BOOST_TEST(is(d(one(action::close_port(port::upstream))), outcome::kind::ok)); // else replaced
        else if (round % 3 == 1)
            d.t.attach(port::upstream, nullptr);
        far.reset();
        if (round % 3 != 2) {
            int const now = open_descriptors();
            if (before)
                BOOST_TEST(now == before);
            before = now;
        }
    }
}

BOOST_AUTO_TEST_CASE(a_transport_that_goes_closes_its_streams)
{
    boost::asio::io_context context;
    auto [near, far] = test::tcp_pair();
    int const fd = near->native_handle();
    {
        transport::asio t(context.get_executor());
        t.attach(port::caller, std::move(near));
        boost::asio::co_spawn(context, run(t, one(action::wait_until(io::clock::now() + 1ms).watched())),
                              boost::asio::detached);
        context.run();
        BOOST_TEST(::fcntl(fd, F_GETFD) != -1);
    }
    BOOST_TEST(::fcntl(fd, F_GETFD) == -1);
    BOOST_TEST(test::receive(*far) == "");
}

// No strand: the coroutine of each transport goes from thread to thread.
BOOST_AUTO_TEST_CASE(transports_on_a_context_with_two_threads)
{
    boost::asio::io_context context(2);
    auto const text = test::numbered(30'000);
    struct session {
        session(boost::asio::io_context& c, std::string const& text) : t(c.get_executor()), rest(text) {}
        transport::asio t;
        std::string_view rest;
        std::array<char, 500> buffer{};
        std::string got{};
    };
    std::vector<std::unique_ptr<session>> sessions;
    // each sends the text and receives it at the other end
    for (int i = 0; i != 8; ++i) {
        auto [near, far] = i % 2 ? test::tcp_pair() : transport::memory_pair(300);
        auto& sends = *sessions.emplace_back(std::make_unique<session>(context, text));
        auto& receives = *sessions.emplace_back(std::make_unique<session>(context, text));
        sends.t.attach(port::caller, std::move(near));
        receives.t.attach(port::caller, std::move(far));
        boost::asio::co_spawn(context,
                              run(sends.t, test::scripted([&s = sends](outcome const& o, result<int>&) {
                                      s.rest.remove_prefix(o.n);
                                      if (s.rest.empty() || (!o.ok() && o.what != outcome::kind::begin))
                                          return o.what == outcome::kind::ok && o.n ? action::close_port(port::caller)
                                                                                    : action::finish();
                                      return action::write_some(port::caller, s.rest.substr(0, 700), much_later());
                                  })),
                              boost::asio::detached);
        boost::asio::co_spawn(context,
                              run(receives.t, test::scripted([&s = receives](outcome const& o, result<int>&) {
                                      s.got.append(s.buffer.data(), o.n);
                                      if (!o.ok() && o.what != outcome::kind::begin && o.what != outcome::kind::woken)
                                          return action::finish();
                                      return action::read_some(port::caller, s.buffer, much_later());
                                  })),
                              boost::asio::detached);
    }
    std::thread disturbs([&] {
        for (int i = 0; i != 100; ++i)
            for (auto& s : sessions)
                s->t.wake();
    });
    std::thread other([&] { context.run(); });
    context.run();
    other.join();
    disturbs.join();
    for (std::size_t i = 1; i < sessions.size(); i += 2)
        BOOST_TEST((sessions[i]->got == text));
}

BOOST_AUTO_TEST_CASE(offloaded_work_on_a_context_with_two_threads)
{
    boost::asio::io_context context(2);
    auto const pool = std::make_shared<transport::worker_pool>(2);
    std::vector<std::unique_ptr<transport::asio>> transports;
    std::atomic<int> sum{0};
    for (int i = 0; i != 6; ++i) {
        auto& t = *transports.emplace_back(
            std::make_unique<transport::asio>(context.get_executor(), transport::options{.pool = pool}));
        boost::asio::co_spawn(context, run(t, test::scripted([&sum, left = 50](outcome const& o, result<int>&) mutable {
                                               if (left-- == 0 || (!o.ok() && o.what != outcome::kind::begin))
                                                   return action::finish();
                                               return action::run_elsewhere([&sum] { ++sum; }, much_later());
                                           })),
                              boost::asio::detached);
    }
    std::thread other([&] { context.run(); });
    context.run();
    other.join();
    BOOST_TEST(sum == 300);
}

} // namespace transport_asio_cases
BOOST_AUTO_TEST_SUITE_END()
