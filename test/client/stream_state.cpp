// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/client/stream_state.hpp>

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <memory>
#include <utility>

BOOST_AUTO_TEST_SUITE(client_stream_state)

namespace client_stream_state_test {

using namespace chatwire;

chunk says(std::string text) { return {.id = "c", .choices = {{.delta = {.content = content(std::move(text))}}}}; }

BOOST_AUTO_TEST_CASE(chunks_are_counted_and_folded)
{
    stream_state<> s(std::make_shared<diagnostics>());
    BOOST_TEST(s.completion().choices.empty());
    BOOST_TEST(!s.add(says("Hel"), 0));
    BOOST_TEST(!s.add(says("lo"), 10));
    BOOST_TEST(s.figures.chunks == 2u);
    BOOST_TEST(s.completion().text() == "Hello");
    BOOST_TEST(!s.pending);

    stream_state<> small(std::make_shared<diagnostics>(), {.max_content = 3});
    BOOST_TEST(small.add(says("Hello"), 0) == make_error_code(errc::content_limit));
}

BOOST_AUTO_TEST_CASE(a_whole_answer_is_kept_and_given_as_a_chunk)
{
    stream_state<> s(std::make_shared<diagnostics>());
    completion c{.id = "c",
                 .choices = {{.message = message::assistant("Hello"), .finish_reason = finish_reason::stop}}};
    s.add(c);
    BOOST_TEST(s.figures.chunks == 1u);
    BOOST_REQUIRE(s.pending);
    BOOST_TEST(s.pending->text() == "Hello");
    BOOST_TEST((s.completion() == c));
}

BOOST_AUTO_TEST_CASE(figures_are_taken_of_chunks_and_of_the_end)
{
    io::time_point const start{std::chrono::hours(1)};
    auto const after = [&](int s) { return start + std::chrono::seconds(s); };
    stream_state<> s(std::make_shared<diagnostics>());
    s.figures.asked = start;
    BOOST_TEST(!s.add(says("Hel"), 0, after(2)));
    BOOST_TEST(!s.add(says("lo"), 10, after(3)));
    s.finish(how::finished, after(5));
    BOOST_TEST((s.figures.time_to_first_token() == std::chrono::seconds(2)));
    BOOST_TEST((s.figures.duration() == std::chrono::seconds(5)));

    stream_state<> whole(std::make_shared<diagnostics>());
    whole.figures.asked = start;
    whole.add({.choices = {{.message = message::assistant("Hello")}}, .usage = usage{.completion_tokens = 2}},
              after(4));
    BOOST_TEST((whole.figures.time_to_first_token() == std::chrono::seconds(4)));
    BOOST_TEST(whole.figures.completion_tokens.value_or(-1) == 2);
    BOOST_TEST(!whole.figures.tokens_per_second());
}

BOOST_AUTO_TEST_CASE(a_failure_that_does_not_name_the_request_is_told_its_name)
{
    stream_state<> s(std::make_shared<diagnostics>());
    s.request_id = "r-1";
    s.finish(failure(errc::idle_timeout));
    BOOST_TEST((s.end->how == how::timeout));
    BOOST_TEST(s.end->error->request_id == "r-1");
    failure f(errc::error_event);
    f.request_id = "r-2"; // it knows better
    s.finish(f);
    BOOST_TEST(s.end->error->request_id == "r-2");
    s.finish(how::finished);
    BOOST_TEST(!s.end->error);
}

} // namespace client_stream_state_test

BOOST_AUTO_TEST_SUITE_END()
