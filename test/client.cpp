// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
// What only the coroutine client can do; the rest is in client/basic_client.cpp, for both.
#include "support/answers.hpp"
#include "support/peer.hpp"
#include "support/until.hpp"

#include <chatwire/client.hpp>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/test/unit_test.hpp>

#include <atomic>
#include <exception>
#include <optional>
#include <string>
#include <thread>
#include <vector>

BOOST_AUTO_TEST_SUITE(client_facade)

namespace client_facade_test {

using namespace chatwire;
namespace asio = boost::asio;

client_options const options{.base_url = "http://h/v1", .retries = {.max_retries = 0}};

asio::awaitable<void> read_all(chatwire::client& ai, std::string& text, std::optional<how>& end)
{
    request const r{.messages = {message::user("Hi")}};
    auto s = co_await ai.stream(r);
    if (!s) {
        end = how_of(s.error());
        co_return;
    }
    for (;;) {
        auto const c = co_await s->next();
        if (!c || !*c)
            break;
        text += (*c)->text();
    }
    end = s->end().how;
}

BOOST_AUTO_TEST_CASE(several_clients_share_a_thread)
{
    // Each service gives its second half only when all have given their first: no stream may hold up another.
    constexpr int count = 5;
    std::atomic<int> begun{0};
    std::vector<test::peer::script> scripts(count, [&](test::far_end& end) {
        end.request();
        end.send(test::chunked_head() + test::framed(test::event(test::chunk_a)));
        ++begun;
        (void)test::until([&] { return begun >= count; });
        end.send(test::framed(test::event(test::chunk_b) + test::event(test::chunk_end) + test::event("[DONE]")) +
                 "0\r\n\r\n");
    });
    test::peer p(scripts);
    asio::io_context context(1);
    std::vector<std::unique_ptr<chatwire::client>> clients;
    std::vector<std::string> texts(count);
    std::vector<std::optional<how>> ends(count);
    for (int i = 0; i < count; ++i) {
        auto const at = static_cast<std::size_t>(i);
        clients.push_back(std::make_unique<chatwire::client>(context.get_executor(), options,
                                                             transport::options{.connect = p.connector()}));
        asio::co_spawn(context, read_all(*clients.back(), texts[at], ends[at]), asio::detached);
    }
    context.run();
    for (auto const& text : texts)
        BOOST_TEST(text == "Hello");
    for (auto const& end : ends)
        BOOST_TEST((end == how::finished));
}

BOOST_AUTO_TEST_CASE(asios_own_cancellation_ends_a_call)
{
    for (bool const streaming : {false, true}) {
        std::atomic<bool> asked{false}, closed{false};
        test::peer p({[&](test::far_end& end) {
            end.request();
            if (streaming)
                end.send(test::chunked_head() + test::framed(test::event(test::chunk_a)));
            asked = true;
            end.until_closed();
            closed = true;
        }});
        asio::io_context context(1);
        chatwire::client ai(context.get_executor(), options, transport::options{.connect = p.connector()});
        std::string text;
        std::optional<how> end;
        asio::cancellation_signal signal;
        asio::co_spawn(context, read_all(ai, text, end),
                       asio::bind_cancellation_slot(signal.slot(), [](std::exception_ptr e) { BOOST_TEST(!e); }));
        BOOST_TEST(test::until([&] {
            context.poll();
            return asked.load();
        }));
        // Here an answer may have begun to arrive that the coroutine has not seen: it still ends as cancelled.
        signal.emit(asio::cancellation_type::all);
        context.run();
        BOOST_TEST((end == how::cancelled));
        BOOST_TEST(test::until([&] { return closed.load(); })); // by the call, not by the end of the client
    }
}

BOOST_AUTO_TEST_CASE(an_event_loop_may_end_before_its_coroutines)
{
    std::atomic<bool> asked{false};
    test::peer p({[&](test::far_end& end) {
        end.request();
        asked = true;
        end.until_closed();
    }});
    std::string text;
    std::optional<how> end;
    {
        asio::io_context context(1);
        chatwire::client ai(context.get_executor(), options, transport::options{.connect = p.connector()});
        asio::co_spawn(context, read_all(ai, text, end), asio::detached);
        while (!asked)
            context.run_one();
        context.stop();
    }
    BOOST_TEST(!end);
}

} // namespace client_facade_test

BOOST_AUTO_TEST_SUITE_END()
