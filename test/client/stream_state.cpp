// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/client/stream_state.hpp>

#include <boost/test/unit_test.hpp>

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
    BOOST_TEST(s.chunks == 2u);
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
    BOOST_TEST(s.chunks == 1u);
    BOOST_REQUIRE(s.pending);
    BOOST_TEST(s.pending->text() == "Hello");
    BOOST_TEST((s.completion() == c));
}

} // namespace client_stream_state_test

BOOST_AUTO_TEST_SUITE_END()
