// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
// How streams go is tested in basic_client.cpp; here, the object.
#include "../support/answers.hpp"
#include "../support/clients.hpp"
#include "../support/peer.hpp"
#include "../support/until.hpp"

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <optional>
#include <type_traits>
#include <utility>

BOOST_AUTO_TEST_SUITE(client_basic_stream)

namespace client_basic_stream_test {

using namespace chatwire;
using namespace chatwire::test;

static_assert(std::is_nothrow_move_constructible_v<blocking_stream>);
static_assert(!std::is_copy_constructible_v<blocking_stream>);
static_assert(std::same_as<blocking_stream::task<int>, int>);
static_assert(std::same_as<chatwire::stream::task<int>, boost::asio::awaitable<int>>);

BOOST_AUTO_TEST_CASE_TEMPLATE(a_stream_is_moved_and_outlives_what_it_was_made_of, Kit, client_kits)
{
    peer p({[](far_end& end) {
        end.request();
        end.send(chunked_head("text/event-stream", "X-Request-ID: r-1\r\n"));
        end.send(framed(event(chunk_a) + event(chunk_b) + event(chunk_end) + event("[DONE]")) + "0\r\n\r\n");
        end.until_closed();
    }});
    Kit kit(p.connector(), client_options{.base_url = "http://h/v1", .retries = {.max_retries = 0}});
    using stream_type = typename decltype(kit.client)::stream_type;
    std::optional<stream_type> s;
    {
        request r{.messages = {message::user("Hi")}};
        auto begun = kit(kit.client.stream(r)).value();
        BOOST_TEST(kit(begun.next()).value()->text() == "Hel");
        s.emplace(std::move(begun));
    }
    BOOST_TEST(kit(s->next()).value()->text() == "lo");
    BOOST_TEST(s->chunks() == 2u);
    BOOST_TEST(s->completion().text() == "Hello");
    BOOST_TEST(!s->ended());
    while (kit(s->next()).value())
        ;
    BOOST_TEST((s->end().how == how::finished));
    BOOST_TEST(s->head().fields.find("x-request-id").value_or("") == "r-1");
    BOOST_TEST(kit(s->close()).has_value());
    BOOST_TEST((s->end().how == how::finished));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_stream_that_is_destroyed_before_its_end_closes_its_connection, Kit, client_kits)
{
    std::atomic<int> closed{0};
    auto const tell = [&](far_end& end) {
        end.request();
        end.send(chunked_head());
        while (end.send(framed(event(chunk_a)))) // for as long as somebody listens
            ;
        ++closed;
    };
    peer p({tell, tell, [](far_end& end) {
                end.request();
                end.send(http_answer(whole_answer));
            }});
    Kit kit(p.connector(), client_options{.base_url = "http://h/v1", .retries = {.max_retries = 0}});
    using stream_type = typename decltype(kit.client)::stream_type;
    request const r{.messages = {message::user("Hi")}};
    {
        std::optional<stream_type> left(kit(kit.client.stream(r)).value());
        BOOST_TEST(kit(left->next()).value()->text() == "Hel");
        left.reset();
        BOOST_TEST(until([&] { return closed == 1; }));
    }
    {
        auto s = kit(kit.client.stream(r)).value();
        auto other = std::move(s);
        BOOST_TEST(kit(other.next()).value()->text() == "Hel"); // moving gives nothing up
        other = std::move(s);                                   // being replaced does
        BOOST_TEST(until([&] { return closed == 2; }));
    }
    BOOST_TEST(kit(kit.client.create(r)).value().text() == "Hello");
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_stream_may_be_destroyed_after_its_client, Kit, client_kits)
{
    peer p({[](far_end& end) {
        end.request();
        end.send(chunked_head() + framed(event(chunk_a)));
        end.until_closed();
    }});
    using stream_type = typename decltype(std::declval<Kit>().client)::stream_type;
    std::optional<stream_type> s;
    {
        Kit kit(p.connector(), client_options{.base_url = "http://h/v1", .retries = {.max_retries = 0}});
        s.emplace(kit(kit.client.stream({.messages = {message::user("Hi")}})).value());
        BOOST_TEST(kit(s->next()).value()->text() == "Hel");
    }
    BOOST_TEST((s->end().how == how::cancelled));
    BOOST_TEST(s->completion().text() == "Hel");
}

} // namespace client_basic_stream_test

BOOST_AUTO_TEST_SUITE_END()
