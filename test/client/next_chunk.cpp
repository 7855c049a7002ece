// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include "../support/answers.hpp"
#include "../support/simulation.hpp"

#include <chatwire/client/begin_stream.hpp>
#include <chatwire/client/next_chunk.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <memory>
#include <string>

BOOST_AUTO_TEST_SUITE(client_next_chunk)

namespace client_next_chunk_test {

using namespace chatwire;
using namespace chatwire::test;

client_options const options{.base_url = "http://h/v1", .retries = {.max_retries = 0}};
client_call const question{
    .method = "POST", .path = "/chat/completions", .body = "{}", .expects = client_call::answer::stream};

begin_stream<> ask(client_core<>& core) { return {core, question, std::make_shared<diagnostics>()}; }

struct all_of_it {
    std::string text;
    stream_end end;
    std::shared_ptr<stream_state<>> state;
};

all_of_it read(simulation& s, client_core<>& core)
{
    all_of_it a;
    auto begun = s.run(ask(core));
    if (!begun) {
        a.end = begun.error();
        return a;
    }
    a.state = *begun;
    for (;;) {
        auto c = s.run(next_chunk<>(core, a.state));
        if (!c || !*c) {
            BOOST_TEST(c.has_value() == a.state->end->success());
            // asking again tells the same
            auto const again = s.run(next_chunk<>(core, a.state));
            BOOST_TEST(again.has_value() == c.has_value());
            if (!c && !again)
                BOOST_TEST(again.error().code == c.error().code);
            a.end = *a.state->end;
            return a;
        }
        a.text += (*c)->text();
    }
}

static_assert(io::operation<next_chunk<>>);

BOOST_AUTO_TEST_CASE(chunks_come_one_by_one_and_the_connection_is_kept)
{
    client_core<> core(options);
    simulation s{.answers = {{chunked(stream_body()), http_answer(stream_body(), 200, "text/event-stream")}}};
    for (int i = 0; i < 2; ++i) {
        auto const a = read(s, core);
        BOOST_TEST(a.text == "Hello");
        BOOST_TEST((a.end.how == how::finished));
        BOOST_TEST(a.state->figures.chunks == 3u);
        BOOST_TEST(a.state->completion().text() == "Hello");
        BOOST_TEST(a.state->head.status == 200);
        BOOST_TEST(core.open);
        BOOST_TEST(!core.stream);
    }
    BOOST_TEST(s.all_sent.size() == 1u);
    BOOST_TEST(s.all_sent[0].find("Accept: text/event-stream") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_stream_that_ends_with_its_connection_has_it_closed)
{
    client_core<> core(options);
    simulation s{.answers = {{until_close(stream_body())}}};
    BOOST_TEST((read(s, core).end.how == how::finished));
    BOOST_TEST(!core.open);
    BOOST_TEST(s.log.ends_with('X'));
}

BOOST_AUTO_TEST_CASE(whatever_fails_at_whatever_step_the_stream_fails_and_the_connection_is_closed)
{
    std::size_t failed = 0;
    auto const fails_at = [&](std::string const& bytes, mishap const& m, std::size_t k) {
        client_core<> core(options);
        simulation s{.answers = {{bytes}}, .fail_at = k, .injected = m.outcome};
        auto const a = read(s, core);
        if (!s.hit)
            return false;
        if (m.reads_only && *s.hit != io::action::kind::read)
            return true;
        BOOST_TEST(std::string("Hello").starts_with(a.text));
        if (a.end.success()) { // the service closed after every choice had its finish_reason
            BOOST_TEST(m.reads_only);
            BOOST_TEST((a.end.how == how::finished_without_done));
            BOOST_TEST(a.text == "Hello");
        } else {
            auto const c = condition_of(*a.end.error);
            BOOST_TEST((std::find(m.conditions.begin(), m.conditions.end(), c) != m.conditions.end()),
                       a.end.error->what());
            BOOST_TEST((a.end.how == how_of(*a.end.error)));
        }
        BOOST_TEST(s.log.ends_with('X'), s.log);
        BOOST_TEST(!core.open);
        BOOST_TEST(!core.stream);
        BOOST_TEST(s.all_sent.size() <= 1u);
        ++failed;
        return true;
    };
    for (auto const& bytes :
         {chunked(stream_body()), http_answer(stream_body(), 200, "text/event-stream"), until_close(stream_body())})
        for (auto const& m : mishaps()) {
            bool more = true;
            for (std::size_t k = 0; more; ++k)
                BOOST_TEST_CONTEXT(m.name << " at step " << k) { more = fails_at(bytes, m, k); }
        }
    BOOST_TEST(failed > 200u);
}

BOOST_AUTO_TEST_CASE(an_answer_at_once_is_a_stream_of_one_chunk)
{
    for (auto const type : {"application/json", "text/event-stream"}) {
        client_core<> core(options);
        simulation s{.answers = {{http_answer(whole_answer, 200, type)}}};
        auto const a = read(s, core);
        BOOST_TEST(a.text == "Hello");
        BOOST_TEST((a.end.how == how::finished));
        BOOST_TEST(a.state->figures.chunks == 1u);
        BOOST_TEST(a.state->completion().usage->total_tokens == 3);
        BOOST_TEST(core.open);
    }
}

BOOST_AUTO_TEST_CASE(errors_inside_and_limits_end_it)
{
    {
        client_core<> core(options);
        simulation s{.answers = {{chunked(event(chunk_a) + event(R"({"error":{"message":"overloaded"}})"))}}};
        auto const a = read(s, core);
        BOOST_TEST(a.text == "Hel");
        BOOST_TEST((a.end.how == how::error_event));
        BOOST_TEST(a.end.error->message == "overloaded");
        BOOST_TEST(!core.open);
        BOOST_TEST(a.state->completion().text() == "Hel"); // what there is of it
    }
    {
        auto o = options;
        o.accumulator.max_content = 4;
        client_core<> core(o);
        simulation s{.answers = {{chunked(stream_body())}}};
        auto const a = read(s, core);
        BOOST_TEST((a.end.how == how::limit));
        BOOST_TEST(a.end.error->code == make_error_code(errc::content_limit));
        BOOST_TEST(!core.open);
    }
}

} // namespace client_next_chunk_test

BOOST_AUTO_TEST_SUITE_END()
