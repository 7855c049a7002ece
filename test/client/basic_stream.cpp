// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
// How streams go is tested in basic_client.cpp; here, the object.
#include "../support/answers.hpp"
#include "../support/clients.hpp"
#include "../support/peer.hpp"
#include "../support/until.hpp"

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <concepts>
#include <optional>
#include <ranges>
#include <string>
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

// A `for` cannot await, so a stream that has to be awaited is no range, and says so.
template <class S>
concept has_texts = requires(S&& s)
{
    std::forward<S>(s).texts();
};
static_assert(std::ranges::input_range<blocking_stream>);
static_assert(std::same_as<std::ranges::range_value_t<blocking_stream>, chunk>);
static_assert(!std::ranges::range<chatwire::stream>);
static_assert(has_texts<blocking_stream&> && !has_texts<chatwire::stream&>);
static_assert(!has_texts<blocking_stream>); // it would point to what is gone

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

constexpr std::string_view chunk_called = // text in between, and what is no text
    R"({"id":"c1","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"t","type":"function","function":{"name":"f","arguments":"{}"}}]},"finish_reason":null}]})";
constexpr std::string_view chunk_usage =
    R"({"id":"c1","object":"chat.completion.chunk","created":1,"model":"m","choices":[],"usage":{"prompt_tokens":1,"completion_tokens":7,"total_tokens":8}})";

// One stream after another, each over a connection of its own.
peer serving(std::vector<std::string> bodies)
{
    std::vector<peer::script> scripts;
    for (auto& body : bodies)
        scripts.push_back([body = std::move(body)](far_end& end) {
            end.request();
            end.send(chunked_head("text/event-stream", "apim-request-id: r-7\r\n") + framed(body));
        });
    return peer(std::move(scripts));
}

std::string const whole =
    event(chunk_a) + event(chunk_called) + event(chunk_b) + event(chunk_end) + event(chunk_usage) + event("[DONE]");
std::string const broken_off = event(chunk_a) + event(chunk_b);
std::string const told_off = event(chunk_a) + event(R"({"error":{"message":"overloaded"}})");

// What a loop goes through, and where it stops.
struct looped {
    std::string_view name;
    std::string const& body;
    std::string_view text;
    std::uint64_t chunks;
    chatwire::how how;
};
looped const loops[] = {
    {"whole", whole, "Hel,lo,", 5, how::finished},
    {"broken off", broken_off, "Hel,lo,", 2, how::truncated},
    {"an error inside", told_off, "Hel,", 1, how::error_event},
};

BOOST_AUTO_TEST_CASE(a_loop_takes_what_there_is_and_the_end_tells_how_it_was)
{
    for (auto const& l : loops) {
        BOOST_TEST_CONTEXT(l.name)
        {
            auto p = serving({l.body, l.body});
            blocking_client ai(transport::options{.connect = p.connector()}, {.base_url = "http://h/v1"});
            request const r{.messages = {message::user("Hi")}};

            auto s = ai.stream(r).value();
            std::string text;
            std::uint64_t n = 0;
            for (auto& chunk : s) {
                ++n;
                BOOST_TEST(s.chunks() == n); // one at a time
                if (auto const t = chunk.text(); !t.empty())
                    text += t + ',';
            }
            BOOST_TEST(text == l.text);
            BOOST_TEST(n == l.chunks);
            BOOST_TEST((s.end().how == l.how));
            BOOST_TEST(s.ended());
            for ([[maybe_unused]] auto& chunk : s)
                BOOST_ERROR("more after the end");

            auto other = ai.stream(r).value();
            text.clear();
            for (auto& piece : other.texts())
                text += piece + ',';
            BOOST_TEST(text == l.text);
            BOOST_TEST((other.end().how == l.how));
            BOOST_TEST(other.chunks() == l.chunks);
            BOOST_TEST((other.completion() == s.completion())); // nothing is lost of what was passed over
        }
    }
}

BOOST_AUTO_TEST_CASE(a_loop_that_is_left_is_taken_up_by_the_next)
{
    auto p = serving({whole});
    blocking_client ai(transport::options{.connect = p.connector()}, {.base_url = "http://h/v1"});
    auto s = ai.stream({.messages = {message::user("Hi")}}).value();
    for (auto& chunk : s) {
        BOOST_TEST(chunk.text() == "Hel");
        break;
    }
    BOOST_TEST(s.next().value()->choices.at(0).delta.tool_calls.size() == 1u);
    for (auto& piece : s.texts()) {
        BOOST_TEST(piece == "lo");
        break;
    }
    BOOST_TEST(!s.ended());
    BOOST_TEST(std::ranges::distance(s.begin(), s.end()) == 2); // as a range: the rest
    BOOST_TEST((s.end().how == how::finished));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(text_alone_comes_piece_by_piece_until_the_end_or_a_failure, Kit, client_kits)
{
    for (auto const& l : loops) {
        BOOST_TEST_CONTEXT(l.name)
        {
            auto p = serving({l.body});
            Kit kit(p.connector(), client_options{.base_url = "http://h/v1"});
            auto s = kit(kit.client.stream({.messages = {message::user("Hi")}})).value();
            std::string text;
            auto piece = kit(s.next_text());
            for (; piece && *piece; piece = kit(s.next_text()))
                text += **piece + ',';
            BOOST_TEST(text == l.text);
            BOOST_TEST(piece.has_value() == s.end().success());
            BOOST_TEST((s.end().how == l.how));
            if (!piece)
                BOOST_TEST(piece.error().what() == s.end().error->what());
        }
    }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_stream_tells_its_figures_and_the_name_of_its_request, Kit, client_kits)
{
    auto p = serving({whole, broken_off});
    Kit kit(p.connector(), client_options{.base_url = "http://h/v1"});
    request const r{.messages = {message::user("Hi")}};
    auto s = kit(kit.client.stream(r)).value();
    BOOST_TEST(s.request_id() == "r-7");
    BOOST_TEST(!s.figures().time_to_first_token());
    while (kit(s.next()).value())
        ;
    auto const& f = s.figures();
    BOOST_TEST(f.chunks == 5u);
    BOOST_REQUIRE(f.completion_tokens);
    BOOST_TEST(*f.completion_tokens == 7);
    BOOST_REQUIRE(f.time_to_first_token());
    BOOST_TEST((f.asked <= *f.first_token && *f.first_token <= *f.last_token && *f.last_token <= *f.last));

    auto broken = kit(kit.client.stream(r)).value();
    while (kit(broken.next()).has_value())
        ;
    BOOST_TEST(broken.end().error->request_id == "r-7");
}

BOOST_AUTO_TEST_CASE_TEMPLATE(every_failure_of_a_stream_names_its_request, Kit, client_kits)
{
    auto const silent = [](far_end& end) {
        end.request();
        end.send(chunked_head("text/event-stream", "X-Request-ID: r-1 key-of-mine\r\n") + framed(event(chunk_a)));
        end.until_closed();
    };
    peer p({silent, silent, silent, [](far_end& end) {
                end.request();
                end.send(http_answer(whole_answer));
            }});
    // the service repeats a key: no log is to have it
    Kit kit(p.connector(), client_options{.base_url = "http://127.0.0.1/v1",
                                          .api_key = "key-of-mine",
                                          .idle_timeout = std::chrono::milliseconds(20)});
    request const r{.messages = {message::user("Hi")}};

    auto timed_out = kit(kit.client.stream(r)).value();
    BOOST_TEST(timed_out.request_id() == "r-1 [secret]");
    BOOST_TEST(kit(timed_out.next()).value()->text() == "Hel");
    auto const none = kit(timed_out.next());
    BOOST_REQUIRE(!none);
    BOOST_TEST(none.error().code == make_error_code(errc::idle_timeout));
    BOOST_TEST(none.error().request_id == "r-1 [secret]");

    auto closed = kit(kit.client.stream(r)).value();
    BOOST_TEST(kit(closed.close()).has_value());
    BOOST_TEST(closed.end().error->request_id == "r-1 [secret]");

    auto replaced = kit(kit.client.stream(r)).value();
    BOOST_TEST(kit(kit.client.create(r)).value().text() == "Hello");
    BOOST_TEST(replaced.end().error->request_id == "r-1 [secret]");
}

} // namespace client_basic_stream_test

BOOST_AUTO_TEST_SUITE_END()
