// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/chat/delta.hpp>

#include "support/values.hpp"

#include <boost/test/unit_test.hpp>

namespace chat_delta_test {
namespace {

using namespace chatwire;

raw_members const some{{"x", raw_json::trusted("1")}};

} // namespace

BOOST_AUTO_TEST_SUITE(chat_delta)

BOOST_AUTO_TEST_CASE(equality_sees_every_member)
{
    support::check_distinct<chatwire::delta>({{},
                                              {.role = role::assistant},
                                              {.content = ""},
                                              {.content = nullptr},
                                              {.tool_calls = {{}}},
                                              {.refusal = "no"},
                                              {.reasoning_content = "hm"},
                                              {.reasoning = "hm"},
                                              {.function_call = function_call_delta{}},
                                              {.audio = audio_delta{}},
                                              {.annotations = std::vector<annotation>{}},
                                              {.extra = some}});
}

BOOST_AUTO_TEST_CASE(text_is_the_content_or_nothing)
{
    BOOST_TEST(delta{}.text() == "");
    BOOST_TEST(delta{.content = nullptr}.text() == "");
    BOOST_TEST(delta{.content = "a"}.text() == "a");
}

BOOST_AUTO_TEST_SUITE_END()
} // namespace chat_delta_test
