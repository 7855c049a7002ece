// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/client/tool_run.hpp>

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(client_tool_run)

namespace client_tool_run_test {

using namespace chatwire;

BOOST_AUTO_TEST_CASE(a_model_may_not_go_on_for_ever_unless_told_so)
{
    tool_run_options const o;
    BOOST_TEST(o.max_rounds == 10u);
    BOOST_TEST(!o.on_message);
}

BOOST_AUTO_TEST_CASE(the_text_is_that_of_the_answer)
{
    tool_run run;
    BOOST_TEST(run.text() == "");
    run.messages = {message::user("Hi")};
    run.completion.choices.push_back({.message = message::assistant("Hello")});
    BOOST_TEST(run.text() == "Hello");
}

} // namespace client_tool_run_test

BOOST_AUTO_TEST_SUITE_END()
