// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/coroutine_responder.hpp>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/test/unit_test.hpp>

#include <memory>
#include <string>
#include <thread>
#include <vector>

BOOST_AUTO_TEST_SUITE(coroutine_responder_)

namespace coroutine_responder_test {

using namespace chatwire;
namespace asio = boost::asio;

struct fixture {
    asio::io_context context;
    std::shared_ptr<delta_queue> queue = std::make_shared<delta_queue>(2);
    std::shared_ptr<transport::asio_event> writable = std::make_shared<transport::asio_event>(context.get_executor());
    coroutine_responder out{coroutine_put{queue, writable}};
    std::vector<std::string> log{};

    // Says the numbers to `n`, and writes down how each of them went.
    asio::awaitable<void> count_to(int n)
    {
        for (int i = 1; i <= n; ++i) {
            auto const said = co_await out.text(std::to_string(i));
            log.push_back(said ? std::to_string(i)
                               : std::string(to_string(static_cast<errc>(said.error().code.value()))));
        }
    }
    std::string taken()
    {
        std::vector<chunk> chunks;
        queue->take(chunks);
        std::string text;
        for (auto const& c : chunks)
            text += c.text();
        return text;
    }
    std::string heard() const
    {
        std::string text;
        for (auto const& l : log)
            text += l + ' ';
        return text;
    }
};

BOOST_FIXTURE_TEST_CASE(putting_suspends_while_the_queue_is_full, fixture)
{
    asio::co_spawn(context, count_to(5), asio::detached);
    context.poll();
    BOOST_TEST(heard() == "1 2 ");
    context.poll();
    BOOST_TEST(heard() == "1 2 "); // nothing happens by itself
    BOOST_TEST(taken() == "12");
    context.poll();
    BOOST_TEST(heard() == "1 2 3 4 ");
    BOOST_TEST(taken() == "34");
    BOOST_TEST(context.run() > 0U);
    BOOST_TEST(heard() == "1 2 3 4 5 ");
    BOOST_TEST(taken() == "5");
}

BOOST_FIXTURE_TEST_CASE(putting_fails_once_nobody_wants_it, fixture)
{
    asio::co_spawn(context, count_to(4), asio::detached);
    context.poll();
    queue->abandon(); // while it waits, and from then on
    context.run();
    BOOST_TEST(heard() == "1 2 cancelled cancelled ");
}

BOOST_FIXTURE_TEST_CASE(nothing_follows_the_end, fixture)
{
    out.fail(failure(errc::connection_lost));
    asio::co_spawn(context, count_to(1), asio::detached);
    context.run();
    BOOST_TEST(heard() == "out_of_order ");
    BOOST_TEST((queue->error()->code == errc::connection_lost));
}

BOOST_FIXTURE_TEST_CASE(every_kind_of_chunk_can_be_awaited, fixture)
{
    queue = std::make_shared<delta_queue>(16);
    out = coroutine_responder{coroutine_put{queue, writable}};
    auto const all = [this]() -> asio::awaitable<void> {
        tool_call_delta call;
        call.id = "call_1";
        usage spent;
        spent.total_tokens = 7;
        chunk any;
        BOOST_TEST((co_await out.text("t")).has_value());
        BOOST_TEST((co_await out.reasoning("r")).has_value());
        BOOST_TEST((co_await out.refusal("n")).has_value());
        BOOST_TEST((co_await out.tool_call(call, 1)).has_value());
        BOOST_TEST((co_await out.usage(spent)).has_value());
        BOOST_TEST((co_await out.put(any)).has_value());
        BOOST_TEST((co_await out.finish(finish_reason::length)).has_value());
    };
    asio::co_spawn(context, all, asio::detached);
    context.run();
    std::vector<chunk> chunks;
    queue->take(chunks);
    BOOST_TEST_REQUIRE(chunks.size() == 7U);
    BOOST_TEST(chunks[0].text() == "t");
    BOOST_TEST(*chunks[1].choices[0].delta.reasoning_content == "r");
    BOOST_TEST(*chunks[2].choices[0].delta.refusal == "n");
    BOOST_TEST(*chunks[3].choices[0].delta.tool_calls.at(0).id == "call_1");
    BOOST_TEST(chunks[3].choices[0].index == 1);
    BOOST_TEST(chunks[4].usage->total_tokens == 7);
    BOOST_TEST((chunks[6].choices[0].finish_reason == finish_reason::length));
}

BOOST_FIXTURE_TEST_CASE(asio_can_cancel_a_handler_that_waits, fixture)
{
    asio::cancellation_signal stop;
    std::exception_ptr thrown;
    asio::co_spawn(context, count_to(5),
                   asio::bind_cancellation_slot(stop.slot(), [&](std::exception_ptr e) { thrown = e; }));
    context.poll();
    stop.emit(asio::cancellation_type::terminal);
    context.run();
    BOOST_TEST(heard() == "1 2 ");
    BOOST_TEST(bool(thrown));
    BOOST_TEST(taken() == "12"); // and the one it waited with is in no queue
}

BOOST_FIXTURE_TEST_CASE(no_wake_is_lost_between_two_threads, fixture)
{
    constexpr int n = 5000;
    asio::co_spawn(context, count_to(n), asio::detached);
    std::thread maker([this] { context.run(); });
    std::string got, expected;
    for (int i = 1; i <= n; ++i)
        expected += std::to_string(i);
    while (got.size() < expected.size())
        got += taken();
    maker.join();
    BOOST_TEST((got == expected));
}

BOOST_AUTO_TEST_CASE(a_queue_may_outlive_the_context_of_its_handler)
{
    auto const queue = std::make_shared<delta_queue>(1);
    {
        asio::io_context context;
        auto const writable = std::make_shared<transport::asio_event>(context.get_executor());
        auto const talk = [=]() -> asio::awaitable<void> {
            coroutine_responder out{coroutine_put{queue, writable}};
            while (co_await out.text("x"))
                ;
        };
        asio::co_spawn(context, talk, asio::detached);
        context.poll();
        writable->close(); // as whoever runs a handler has to
    }
    queue->abandon(); // calls into the event, which is still there
    BOOST_TEST((queue->put({}).error().code == errc::cancelled));
}

} // namespace coroutine_responder_test
BOOST_AUTO_TEST_SUITE_END()
