// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/client/stream_figures.hpp>

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <utility>
#include <vector>

BOOST_AUTO_TEST_SUITE(client_stream_figures)

namespace client_stream_figures_test {

using namespace chatwire;
using std::chrono::milliseconds;

io::time_point at(int ms) { return io::time_point(std::chrono::hours(1)) + milliseconds(ms); }

chunk brings(delta d) { return {.choices = {{.delta = std::move(d)}}}; }
chunk says(char const* text) { return brings({.content = content(text)}); }
chunk tells(usage u) { return {.usage = std::move(u)}; }

BOOST_AUTO_TEST_CASE(times_are_counted_from_the_call)
{
    stream_figures f{.asked = at(0)};
    BOOST_TEST(!f.time_to_first_token());
    BOOST_TEST((f.duration() == milliseconds(0)));

    f.add(brings({.role = role::assistant, .content = content("")}), at(50)); // a role alone is no token
    BOOST_TEST(!f.time_to_first_token());
    BOOST_TEST((f.duration() == milliseconds(50)));

    f.add(says("Hel"), at(100));
    f.add(says("lo"), at(600));
    f.add(brings({}), at(700));
    BOOST_TEST((f.time_to_first_token() == milliseconds(100)));
    BOOST_TEST((f.duration() == milliseconds(700)));
    BOOST_TEST(!f.tokens_per_second()); // nobody has told how many

    f.add(tells({.prompt_tokens = 3, .completion_tokens = 11, .total_tokens = 14}), at(800));
    f.end(at(1000));
    BOOST_TEST(f.chunks == 5u);
    BOOST_TEST((f.duration() == milliseconds(1000)));
    BOOST_REQUIRE(f.tokens_per_second());
    BOOST_TEST(*f.tokens_per_second() == 20.0); // the ten after the first, in half a second
}

BOOST_AUTO_TEST_CASE(everything_that_is_generated_is_a_token)
{
    for (auto const& d :
         {delta{.content = content("a")}, delta{.content = content({text_part{.text = "a"}})},
          delta{.tool_calls = {tool_call_delta{}}}, delta{.refusal = "no"}, delta{.reasoning_content = "so"},
          delta{.reasoning = "so"}, delta{.function_call = function_call_delta{}}, delta{.audio = audio_delta{}}}) {
        stream_figures f{.asked = at(0)};
        f.add(brings(d), at(7));
        BOOST_TEST((f.time_to_first_token() == milliseconds(7)));
    }
    for (auto const& d : {delta{}, delta{.role = role::assistant}, delta{.content = content("")},
                          delta{.content = nullptr}, delta{.refusal = nullptr}, delta{.reasoning = ""}}) {
        stream_figures f{.asked = at(0)};
        f.add(brings(d), at(7));
        BOOST_TEST(!f.time_to_first_token());
        BOOST_TEST(f.chunks == 1u);
    }
    stream_figures f; // of any choice
    f.add(chunk{.choices = {{.index = 0}, {.index = 1, .delta = {.content = content("a")}}}}, at(7));
    BOOST_TEST(f.first_token.has_value());
}

BOOST_AUTO_TEST_CASE(reasoning_counts_if_it_was_shown)
{
    usage const told{.prompt_tokens = 1,
                     .completion_tokens = 111,
                     .total_tokens = 112,
                     .completion_tokens_details = completion_tokens_details{.reasoning_tokens = 100}};
    stream_figures hidden{.asked = at(0)};
    hidden.add(says("a"), at(1000));
    hidden.add(says("b"), at(2000));
    hidden.add(tells(told), at(2000));
    BOOST_TEST(hidden.tokens_per_second().value_or(-1) == 10.0);

    stream_figures shown{.asked = at(0)};
    shown.add(brings({.reasoning_content = "well"}), at(1000));
    shown.add(says("b"), at(2000));
    shown.add(tells(told), at(2000));
    BOOST_TEST(shown.tokens_per_second().value_or(-1) == 110.0);
}

BOOST_AUTO_TEST_CASE(there_is_no_rate_where_none_can_be_told)
{
    auto const rate = [](std::vector<std::pair<int, chunk>> const& chunks) {
        stream_figures f{.asked = at(0)};
        for (auto const& [when, c] : chunks)
            f.add(c, at(when));
        return f.tokens_per_second();
    };
    usage const ten{.prompt_tokens = 1, .completion_tokens = 10, .total_tokens = 11};
    BOOST_TEST(rate({{1, says("a")}, {1000, says("b")}, {1000, tells(ten)}}).value_or(0) > 0);

    BOOST_TEST(!rate({}));
    BOOST_TEST(!rate({{1, tells(ten)}}));                                 // no token
    BOOST_TEST(!rate({{1, says("all of it")}, {1000, tells(ten)}}));      // at once
    BOOST_TEST(!rate({{1, says("a")}, {1, says("b")}, {1, tells(ten)}})); // in no time
    for (std::int64_t const n : {-1, 0, 1})
        BOOST_TEST(!rate({{1, says("a")}, {9, says("b")}, {9, tells({.completion_tokens = n})}}));
    usage more_reasoning_than_tokens = ten;
    more_reasoning_than_tokens.completion_tokens_details = completion_tokens_details{.reasoning_tokens = 20};
    BOOST_TEST(!rate({{1, says("a")}, {9, says("b")}, {9, tells(more_reasoning_than_tokens)}}));
}

BOOST_AUTO_TEST_CASE(of_usage_the_last_that_means_something_holds)
{
    stream_figures f;
    for (std::int64_t const n : {1, 2, 3, -1}) // some services tell it in every chunk, and all of it each time
        f.add(tells({.completion_tokens = n}), at(0));
    BOOST_TEST(f.completion_tokens.value_or(-1) == 3);
    f.add(
        tells({.completion_tokens = 4, .completion_tokens_details = completion_tokens_details{.reasoning_tokens = -1}}),
        at(0));
    BOOST_TEST(f.reasoning_tokens == 0); // negative: unknown
}

} // namespace client_stream_figures_test

BOOST_AUTO_TEST_SUITE_END()
