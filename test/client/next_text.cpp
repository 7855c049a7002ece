// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include "../support/answers.hpp"
#include "../support/simulation.hpp"

#include <chatwire/client/begin_stream.hpp>
#include <chatwire/client/next_text.hpp>

#include <boost/test/unit_test.hpp>

#include <memory>
#include <string>

BOOST_AUTO_TEST_SUITE(client_next_text)

namespace client_next_text_test {

using namespace chatwire;
using namespace chatwire::test;

client_options const options{.base_url = "http://h/v1", .retries = {.max_retries = 0}};
client_call const question{
    .method = "POST", .path = "/chat/completions", .body = "{}", .expects = client_call::answer::stream};

static_assert(io::operation<next_text<>>);

// What is said, a bar after each piece, and how it ended.
std::string read(simulation& s, client_core<>& core)
{
    auto begun = s.run(begin_stream<>(core, question, std::make_shared<diagnostics>()));
    if (!begun)
        return begun.error().what();
    std::string out;
    for (;;) {
        auto const t = s.run(next_text<>(core, *begun));
        auto const& end = (*begun)->end;
        if (!t || !*t) {
            BOOST_REQUIRE(end);
            BOOST_TEST(t.has_value() == end->success());
            auto const again = s.run(next_text<>(core, *begun)); // asking again tells the same
            BOOST_TEST(again.has_value() == t.has_value());
            if (!t && !again)
                BOOST_TEST(again.error().code == t.error().code);
            return out + std::string(to_string(end->how));
        }
        BOOST_TEST(**t != "");
        out += **t + '|';
    }
}

BOOST_AUTO_TEST_CASE(chunks_without_text_of_the_first_choice_are_passed_over)
{
    std::string const nothing = R"({"choices":[]})", empty = R"({"choices":[{"index":0,"delta":{"content":""}}]})",
                      null = R"({"choices":[{"index":0,"delta":{"content":null,"refusal":"no"}}]})",
                      other = R"({"choices":[{"index":1,"delta":{"content":"no"},"finish_reason":"stop"}]})",
                      parts = R"({"choices":[{"index":0,"delta":{"content":[{"type":"text","text":"parts"}]}}]})",
                      done = R"({"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]})";
    auto const body = event(nothing) + event(empty) + event(null) + event(other) + event(chunk_a) + event(empty) +
                      event(other) + event(parts) + event(done) + event(nothing) + event("[DONE]");
    for (std::size_t const read_size : {1, 37, 100'000}) {
        client_core<> core(options);
        simulation s{.answers = {{chunked(body)}}, .read_size = read_size};
        BOOST_TEST(read(s, core) == "Hel|parts|finished");
        BOOST_TEST(core.open);
    }
}

BOOST_AUTO_TEST_CASE(an_answer_at_once_is_one_piece)
{
    client_core<> core(options);
    simulation s{.answers = {{http_answer(whole_answer)}}};
    BOOST_TEST(read(s, core) == "Hello|finished");
}

BOOST_AUTO_TEST_CASE(a_failure_ends_it)
{
    for (auto const& [bytes, expected] :
         {std::pair(chunked(event(chunk_a) + event(R"({"error":{"message":"overloaded"}})")), "Hel|error_event"),
          {until_close(event(chunk_a)), "Hel|truncated"},
          {until_close(std::string()), "truncated"}}) {
        client_core<> core(options);
        simulation s{.answers = {{bytes}}};
        BOOST_TEST(read(s, core) == expected);
        BOOST_TEST(!core.open);
    }
}

BOOST_AUTO_TEST_CASE(whatever_fails_at_whatever_step_it_fails_with_that)
{
    std::size_t failed = 0;
    for (auto const& m : mishaps())
        for (std::size_t k = 0;; ++k) {
            client_core<> core(options);
            simulation s{.answers = {{chunked(stream_body())}}, .fail_at = k, .injected = m.outcome};
            auto const said = read(s, core);
            if (!s.hit)
                break;
            if (m.reads_only && *s.hit != io::action::kind::read)
                continue;
            if (!m.reads_only)
                BOOST_TEST((said.find("|finished") == std::string::npos), m.name << " at step " << k);
            BOOST_TEST(!core.open);
            ++failed;
        }
    BOOST_TEST(failed > 50u);
}

} // namespace client_next_text_test

BOOST_AUTO_TEST_SUITE_END()
