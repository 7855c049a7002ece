// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
// What services and what is before them are known to do, over sockets and under both drivers: each case is one that a
// client in wide use gets wrong.
#include "../support/answers.hpp"
#include "../support/clients.hpp"
#include "../support/stand_in.hpp"

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <string>
#include <string_view>
#include <vector>

BOOST_AUTO_TEST_SUITE(faults_services)

namespace faults_services_test {

using namespace chatwire;
using namespace chatwire::test;

request const hello{.messages = {message::user("Hi")}};

// What a call gave: the text, how it ended, and the failure if that was one.
struct had {
    std::string text{};
    how end{};
    std::optional<failure> error{};
};

template <class Kit>
had stream_of(Kit& kit)
{
    auto s = kit(kit.client.stream(hello));
    if (!s)
        return {.end = how_of(s.error()), .error = s.error()};
    had all;
    for (;;) {
        auto const c = kit(s->next());
        if (c && *c) {
            all.text += (*c)->text();
            continue;
        }
        all.end = s->end().how;
        all.error = s->end().error;
        return all;
    }
}

// Both ways to ask, each over a connection of its own, and then a service in order.
template <class Kit, class F>
void ask_both_ways(std::string const& answer, F check, client_options o = {})
{
    std::atomic<int> calls{0};
    stand_in service([&](far_end& end) {
        bool const last = ++calls == 3;
        end.request();
        end.send(last ? http_answer(whole_answer) : answer);
    });
    o.base_url = service.url();
    o.retries.max_retries = 0;
    Kit kit(transport::options{}, o);
    check(stream_of(kit));
    auto const c = kit(kit.client.create(hello));
    check(c ? had{.text = c->text(), .end = how::finished} : had{.end = how_of(c.error()), .error = c.error()});
    BOOST_TEST(kit(kit.client.create(hello)).has_value());
}

std::string_view name_of(had const& h) { return h.error ? to_string(static_cast<errc>(h.error->code.value())) : ""; }

BOOST_AUTO_TEST_CASE_TEMPLATE(a_page_with_status_200_is_no_empty_stream, Kit, client_kits)
{
    for (auto const type : {"text/html", "text/event-stream", "application/json"})
        ask_both_ways<Kit>(http_answer("<!DOCTYPE html><p>Please log in.</p>", 200, type), [&](had const& h) {
            BOOST_TEST(h.text == "");
            BOOST_TEST(name_of(h) == "bad_content_type");
            BOOST_TEST((h.error && h.error->message.find("Please log in.") != std::string::npos));
            BOOST_TEST((h.end == how::truncated));
        });
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_plain_answer_to_a_call_for_a_stream_is_an_answer, Kit, client_kits)
{
    ask_both_ways<Kit>(http_answer(whole_answer), [&](had const& h) {
        BOOST_TEST(h.text == "Hello");
        BOOST_TEST(!h.error.has_value());
        BOOST_TEST((h.end == how::finished));
    });
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_stream_in_answer_to_a_plain_call_is_an_answer, Kit, client_kits)
{
    ask_both_ways<Kit>(chunked(stream_body()), [&](had const& h) {
        BOOST_TEST(h.text == "Hello");
        BOOST_TEST(!h.error.has_value());
    });
}

// A service that says one thing and then another for as long as somebody listens, or until all of `most` bytes are
// said. Gives how many the client has let it say.
template <class Kit>
std::size_t endless(std::string const& begin, std::string const& more, std::size_t most, std::string_view error,
                    client_options o = {})
{
    constexpr std::size_t at_once = 1 << 16;
    std::string piece = more;
    while (piece.size() < at_once)
        piece += more;
    std::atomic<std::size_t> said{0};
    stand_in service([&](far_end& end) {
        end.request();
        std::size_t n = 0;
        for (bool heard = end.send(begin); heard && n < most; n += piece.size())
            heard = end.send(piece);
        said = std::max(said.load(), n);
    });
    o.base_url = service.url();
    o.retries.max_retries = 0;
    {
        Kit kit(transport::options{}, o);
        auto const h = stream_of(kit);
        BOOST_TEST(name_of(h) == error);
        BOOST_TEST(h.text == "");
    }
    {
        Kit kit(transport::options{}, o);
        auto const c = kit(kit.client.create(hello));
        BOOST_TEST_REQUIRE(!c.has_value());
        BOOST_TEST(to_string(static_cast<errc>(c.error().code.value())) == error);
    }
    return said;
}

constexpr std::size_t lots = 200'000'000;

BOOST_AUTO_TEST_CASE_TEMPLATE(a_line_without_an_end_ends_at_a_limit, Kit, client_kits)
{
    client_options o;
    o.sse.max_line = 100'000;
    BOOST_TEST(endless<Kit>("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: ", "x", lots, "line_limit",
                            o) < lots / 2);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_head_without_an_end_ends_at_a_limit, Kit, client_kits)
{
    BOOST_TEST(endless<Kit>("HTTP/1.1 200 OK\r\nA: ", "b", lots, "head_limit") < lots / 2);
    BOOST_TEST(endless<Kit>("HTTP/1.1 200 OK\r\n", "A: b\r\n", lots, "field_limit") < lots / 2);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(an_error_body_of_200_mb_is_not_waited_for, Kit, client_kits)
{
    // what it costs is measured in test/bounds/memory.cpp
    BOOST_TEST(endless<Kit>("HTTP/1.1 503 Busy\r\nContent-Length: 200000000\r\n\r\n", "no ", lots, "refused") <
               lots / 2);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(an_error_object_with_status_200_keeps_its_message, Kit, client_kits)
{
    std::string const error = R"({"error":{"message":"the model is overloaded","type":"server_error","code":"busy"}})";
    for (auto const& answer : {http_answer(error), http_answer(error, 200, "text/event-stream"), chunked(event(error)),
                               chunked("event: error\n" + event(error))})
        ask_both_ways<Kit>(answer, [&](had const& h) {
            BOOST_TEST_REQUIRE(h.error.has_value());
            BOOST_TEST(h.error->message == "the model is overloaded");
            BOOST_TEST(h.error->type == "server_error");
            BOOST_TEST(h.error->api_code == "busy");
            BOOST_TEST((condition_of(*h.error) == condition::api_refusal));
        });
}

BOOST_AUTO_TEST_CASE_TEMPLATE(answers_of_1xx_before_the_answer_are_skipped, Kit, client_kits)
{
    ask_both_ways<Kit>("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" +
                           http_answer(whole_answer),
                       [&](had const& h) { BOOST_TEST(h.text == "Hello"); });
}

BOOST_AUTO_TEST_CASE_TEMPLATE(compression_that_was_not_asked_for_is_an_error_with_a_name, Kit, client_kits)
{
    for (auto const coding : {"gzip", "br", "deflate", "gzip, identity"})
        ask_both_ways<Kit>(
            http_answer("\x1f\x8b\x08", 200, "text/event-stream", "Content-Encoding: " + std::string(coding) + "\r\n"),
            [&](had const& h) {
                BOOST_TEST(h.text == "");
                BOOST_TEST(name_of(h) == "bad_content_encoding");
            });
}

} // namespace faults_services_test

BOOST_AUTO_TEST_SUITE_END()
