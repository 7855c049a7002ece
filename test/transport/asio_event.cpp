// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/transport/asio_event.hpp>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/test/unit_test.hpp>

#include <atomic>
#include <memory>
#include <optional>
#include <thread>
#include <vector>

BOOST_AUTO_TEST_SUITE(transport_asio_event)
namespace transport_asio_event_cases {

using namespace std::chrono_literals;
using chatwire::io::clock;
using chatwire::io::never;
using chatwire::io::time_point;
using chatwire::transport::asio_event;
namespace asio = boost::asio;

asio::awaitable<void> waits(asio_event& e, time_point deadline, int& ended)
{
    co_await e.wait(deadline);
    ++ended;
}

BOOST_AUTO_TEST_CASE(what_was_set_before_is_not_waited_for)
{
    asio::io_context context;
    asio_event e(context.get_executor());
    int ended = 0;
    e.set();
    e.set(); // counts once
    asio::co_spawn(context, waits(e, never, ended), asio::detached);
    context.run();
    BOOST_TEST(ended == 1);
    context.restart();
    asio::co_spawn(context, waits(e, never, ended), asio::detached);
    context.poll();
    BOOST_TEST(ended == 1);
    e.set();
    context.run();
    BOOST_TEST(ended == 2);
}

BOOST_AUTO_TEST_CASE(a_deadline_ends_a_wait)
{
    asio::io_context context;
    asio_event e(context.get_executor());
    int ended = 0;
    for (auto deadline : {time_point::min(), clock::now(), clock::now() + 1ms}) {
        context.restart();
        asio::co_spawn(context, waits(e, deadline, ended), asio::detached);
        context.run();
        BOOST_TEST((clock::now() >= deadline));
    }
    BOOST_TEST(ended == 3);
    context.restart();
    asio::co_spawn(context, waits(e, never, ended), asio::detached);
    context.poll();
    BOOST_TEST(ended == 3); // a deadline sets nothing
}

BOOST_AUTO_TEST_CASE(other_threads_set_it)
{
    for (int round = 0; round != 200; ++round) {
        asio::io_context context;
        asio_event e(context.get_executor());
        std::atomic<int> done{0};
        int seen = 0;
        asio::co_spawn(
            context,
            [&]() -> asio::awaitable<void> {
                while (seen != 3) { // the last one to set it is never missed
                    co_await e.wait(never);
                    seen = done;
                }
            },
            asio::detached);
        std::vector<std::thread> threads;
        for (int i = 0; i != 3; ++i)
            threads.emplace_back([&] {
                ++done;
                e.set();
            });
        context.run();
        for (auto& t : threads)
            t.join();
        BOOST_TEST(seen == 3);
    }
}

BOOST_AUTO_TEST_CASE(waits_may_move_from_thread_to_thread)
{
    asio::io_context context;
    asio_event e(context.get_executor());
    constexpr int rounds = 500;
    std::atomic<int> asked{0};
    std::atomic<bool> over{false};
    asio::co_spawn(
        context,
        [&]() -> asio::awaitable<void> {
            for (int i = 1; i <= rounds; ++i) {
                asked = i;
                co_await e.wait(never);
            }
            over = true;
        },
        asio::detached);
    std::thread sets([&] {
        while (!over) {
            e.set();
            std::this_thread::yield();
        }
    });
    std::thread other([&] { context.run(); });
    context.run();
    other.join();
    sets.join();
    BOOST_TEST(asked == rounds);
}

BOOST_AUTO_TEST_CASE(asio_may_cancel_a_wait)
{
    asio::io_context context;
    asio_event e(context.get_executor());
    asio::cancellation_signal stop;
    int ended = 0;
    auto const all = [&]() -> asio::awaitable<void> {
        co_await asio::this_coro::throw_if_cancelled(false);
        co_await e.wait(never);
        ++ended;
        e.set(); // still works
        co_await e.wait(never);
        ++ended;
    };
    asio::co_spawn(context, all, asio::bind_cancellation_slot(stop.slot(), asio::detached));
    context.poll();
    BOOST_TEST(ended == 0);
    stop.emit(asio::cancellation_type::terminal);
    context.run();
    BOOST_TEST(ended == 2);
}

BOOST_AUTO_TEST_CASE(those_that_set_it_may_outlive_the_context)
{
    std::shared_ptr<asio_event> e;
    {
        asio::io_context context;
        e = std::make_shared<asio_event>(context.get_executor());
        e->set();
        e->close();
    }
    e->set();
    std::thread([&] { e->set(); }).join();
    e->close();
    BOOST_TEST(e.use_count() == 1);
}

BOOST_AUTO_TEST_CASE(closing_ends_a_wait)
{
    asio::io_context context;
    asio_event e(context.get_executor());
    int ended = 0;
    asio::co_spawn(context, waits(e, never, ended), asio::detached);
    context.poll();
    e.close();
    context.run();
    BOOST_TEST(ended == 1);
}

} // namespace transport_asio_event_cases
BOOST_AUTO_TEST_SUITE_END()
