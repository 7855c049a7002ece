// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include "transcripts.hpp"

#include <chatwire/client/exchange.hpp>
#include <chatwire/http/date.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <chrono>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <tuple>
#include <vector>

BOOST_AUTO_TEST_SUITE(client_exchange_)

namespace client_exchange_test {

using namespace chatwire;
using exchange = client_exchange<>;

struct heard {
    std::string events;
    std::string diagnostics;
};

// Takes out what there is; after the end there must be nothing.
void take(exchange& x, heard& h)
{
    for (;;) {
        auto e = x.next_event();
        if (!e) {
            h.events += "failure " + test::told(e.error());
            BOOST_TEST(x.done());
            return;
        }
        if (!*e)
            return;
        h.events += test::told(**e);
    }
}

heard hear(test::client_transcript const& t, std::vector<std::string_view> const& pieces, client_options const& o = {})
{
    auto log = std::make_shared<diagnostics>();
    exchange x(o, t.expects, log);
    heard h;
    x.head(t.head());
    take(x, h);
    for (auto const piece : pieces)
        if (!x.done()) {
            x.body(piece);
            take(x, h);
        }
    if (!x.done())
        x.end();
    take(x, h);
    BOOST_TEST(x.done());
    for (auto const& d : log->kept())
        h.diagnostics += d.code + ' ';
    return h;
}

BOOST_AUTO_TEST_CASE(every_answer_means_the_same_however_it_is_split)
{
    for (auto const& t : test::client_transcripts()) {
        BOOST_TEST_CONTEXT(t.name)
        {
            auto const check = [&](std::vector<std::string_view> const& pieces) {
                auto const h = hear(t, pieces);
                BOOST_TEST(h.events == t.events);
                BOOST_TEST(h.diagnostics == t.diagnostics);
            };
            std::string_view const body = t.body;
            check({body});
            for (std::size_t i = 1; i < body.size(); ++i)
                check({body.substr(0, i), body.substr(i)});
            std::vector<std::string_view> bytes;
            for (std::size_t i = 0; i < body.size(); ++i)
                bytes.push_back(body.substr(i, 1));
            check(bytes);
        }
    }
}

// What a connection that breaks leaves of every answer: never a success that it would not have been without the rest.
BOOST_AUTO_TEST_CASE(an_answer_that_breaks_off_anywhere_is_never_mistaken_for_a_whole_one)
{
    for (auto const& t : test::client_transcripts()) {
        BOOST_TEST_CONTEXT(t.name)
        {
            for (std::size_t n = 0; n <= t.body.size(); ++n) {
                client_options const o;
                exchange x(o, t.expects, std::make_shared<diagnostics>());
                heard h;
                x.head(t.head());
                take(x, h);
                if (!x.done())
                    x.body(std::string_view(t.body).substr(0, n));
                take(x, h);
                if (!x.done())
                    x.fail(failure(errc::incomplete_message));
                take(x, h);
                BOOST_TEST(x.done());
                auto const has = [&](std::string_view text) { return h.events.find(text) != std::string::npos; };
                if (has("end finished ") || has("end done_without"))
                    BOOST_TEST(t.events.starts_with(h.events)); // all of it had come
                else if (has("finished_without_done"))          // every choice had its finish_reason
                    BOOST_TEST(has("chunk ''"));
                else if (has("completion")) // the same, folded
                    BOOST_TEST((t.name == "a stream instead" && n >= t.body.find("stop")));
                else
                    BOOST_TEST((has("failure ") || has("end ")));
                BOOST_TEST(!has("document"));
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(in_strict_mode_every_deviation_is_a_failure)
{
    client_options const strict{.strict = true};
    for (auto const& t : test::client_transcripts()) {
        BOOST_TEST_CONTEXT(t.name)
        {
            auto const h = hear(t, {t.body}, strict);
            if (t.diagnostics.empty())
                BOOST_TEST(h.events == t.events);
            else
                BOOST_TEST((h.events.find("protocol_violation") != std::string::npos), h.events);
        }
    }
}

BOOST_AUTO_TEST_CASE(a_refusal_tells_what_the_head_says)
{
    auto log = std::make_shared<diagnostics>();
    client_options const o;
    for (auto const& [name, value, wait] : {std::tuple("Retry-After", "3", 3000), {"retry-after-ms", "250", 250}}) {
        exchange x(o, client_call::answer::stream, log);
        http::response_head h{.status = 429};
        h.fields.insert("X-Request-ID", "req-7");
        h.fields.insert(name, value);
        x.head(h);
        x.body(R"({"error":{"message":"slow down","type":"rate_limit","param":"p","code":429}})");
        x.end();
        auto const e = x.next_event();
        BOOST_REQUIRE(!e);
        auto const& f = e.error();
        BOOST_TEST(f.code == make_error_code(errc::refused));
        BOOST_TEST(f.status == 429);
        BOOST_TEST(f.message == "slow down");
        BOOST_TEST(f.type == "rate_limit");
        BOOST_TEST(f.param == "p");
        BOOST_TEST(f.api_code == "429");
        BOOST_TEST(f.request_id == "req-7");
        BOOST_REQUIRE(f.retry_after);
        BOOST_TEST(f.retry_after->count() == wait);
    }
    for (auto const* value : {"soon", "-1", "99999999999999999999", "1.5", "Wed, 21 Oct 2015 07:28:00"}) {
        exchange x(o, client_call::answer::stream, log);
        http::response_head h{.status = 429};
        h.fields.insert("Retry-After", value);
        x.head(h);
        x.end();
        auto const e = x.next_event();
        BOOST_REQUIRE(!e);
        BOOST_TEST(!e.error().retry_after);
    }
    auto const now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    for (auto const& [when, least, most] :
         std::vector<std::tuple<std::string, std::chrono::seconds, std::chrono::seconds>>{
             {"Wed, 21 Oct 2015 07:28:00 GMT", std::chrono::seconds(0), std::chrono::seconds(0)}, // is over
             {http::format_date(now + std::chrono::hours(24)), std::chrono::hours(23), std::chrono::hours(24)}}) {
        exchange x(o, client_call::answer::stream, log);
        http::response_head h{.status = 429};
        h.fields.insert("Retry-After", when);
        x.head(h);
        x.end();
        auto const e = x.next_event();
        BOOST_REQUIRE(!e);
        BOOST_REQUIRE(e.error().retry_after);
        BOOST_TEST((*e.error().retry_after >= least && *e.error().retry_after <= most), when);
    }
}

BOOST_AUTO_TEST_CASE(the_request_has_a_name_from_the_head_on_without_what_is_secret)
{
    client_options const o{.api_key = "key-of-mine"};
    exchange x(o, client_call::answer::document, std::make_shared<diagnostics>());
    BOOST_TEST(x.request_id() == "");
    http::response_head h{.status = 200};
    h.fields.insert("apim-request-id", "a key-of-mine z");
    x.head(h);
    BOOST_TEST(x.request_id() == "a [secret] z");
}

BOOST_AUTO_TEST_CASE(a_huge_refusal_is_cut_and_needs_no_end)
{
    client_options const o;
    exchange x(o, client_call::answer::stream, std::make_shared<diagnostics>());
    x.head({.status = 500});
    std::string const part(10'000, 'x');
    std::size_t given = 0;
    while (!x.done() && given < 1'000'000) {
        x.body(part);
        given += part.size();
        (void)x.next_event();
    }
    BOOST_TEST(x.done());
    BOOST_TEST(given < 100'000u);

    exchange page(o, client_call::answer::stream, std::make_shared<diagnostics>());
    page.head({});
    page.body("<html>" + part);
    auto const e = page.next_event();
    BOOST_REQUIRE(!e);
    BOOST_TEST(e.error().code == make_error_code(errc::bad_content_type));
    BOOST_TEST(e.error().message.size() < 2000u);
}

BOOST_AUTO_TEST_CASE(limits_hold)
{
    client_options o;
    o.json.max_document = 100;
    auto const fails = [&](client_call::answer expects, std::string body, errc code, how h = how::truncated) {
        exchange x(o, expects, std::make_shared<diagnostics>());
        http::response_head head;
        if (expects == client_call::answer::stream)
            head.fields.insert("Content-Type", "text/event-stream");
        x.head(head);
        heard said;
        x.body(body);
        x.end();
        for (;;) {
            auto e = x.next_event();
            if (!e) {
                BOOST_TEST(e.error().code == make_error_code(code));
                return;
            }
            BOOST_REQUIRE(*e);
            if (auto const* end = std::get_if<stream_end>(&**e)) {
                BOOST_TEST(end->error.value().code == make_error_code(code));
                BOOST_TEST((end->how == h));
                return;
            }
        }
    };
    fails(client_call::answer::document, "[" + std::string(200, '1'), errc::body_limit);
    fails(client_call::answer::completion, std::string(200, ' '), errc::body_limit);
    fails(client_call::answer::stream, test::event(test::chunk_a), errc::body_limit, how::limit);
    o = {};
    o.sse.max_line = 100;
    fails(client_call::answer::stream, test::event(test::chunk_a), errc::line_limit, how::limit);
    o = {};
    o.sse.max_event = 100;
    fails(client_call::answer::stream, test::event(test::chunk_a), errc::event_limit, how::limit);
    o = {};
    o.accumulator.max_choices = 1;
    fails(client_call::answer::stream, test::event(R"({"choices":[{"index":0,"delta":{}},{"index":1,"delta":{}}]})"),
          errc::choice_limit, how::limit);
    o = {};
    o.accumulator.max_content = 4;
    fails(client_call::answer::completion, test::stream_body(), errc::content_limit);
    o = {};
    o.max_diagnostics = 2;
    auto const odd = test::event("null") + test::event("null");
    fails(client_call::answer::stream, odd + test::event("null") + test::stream_body(), errc::diagnostic_limit,
          how::limit);
    fails(client_call::answer::completion, R"({"choices":[{}]})", errc::diagnostic_limit);

    exchange borne(o, client_call::answer::stream, std::make_shared<diagnostics>());
    http::response_head head;
    head.fields.insert("Content-Type", "text/event-stream");
    borne.head(head);
    borne.body(odd + test::stream_body());
    heard h;
    take(borne, h);
    BOOST_TEST(h.events.ends_with("end finished "), h.events);
}

// The bound is of each answer, also where one log is of several.
BOOST_AUTO_TEST_CASE(deviations_are_borne_anew_in_every_answer)
{
    client_options o;
    o.max_diagnostics = 1;
    auto const log = std::make_shared<diagnostics>();
    for (int i = 0; i < 3; ++i) {
        exchange x(o, client_call::answer::stream, log);
        http::response_head head;
        head.fields.insert("Content-Type", "text/event-stream");
        x.head(head);
        x.body(test::event("null") + test::stream_body());
        heard h;
        take(x, h);
        BOOST_TEST(h.events.ends_with("end finished "), h.events);
    }
    BOOST_TEST(log->count() == 3u);
}

} // namespace client_exchange_test

BOOST_AUTO_TEST_SUITE_END()
