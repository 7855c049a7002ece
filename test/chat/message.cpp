// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/chat/message.hpp>

#include "support/values.hpp"

#include <boost/test/unit_test.hpp>

namespace chat_message_test {
namespace {

using namespace chatwire;

raw_members const some{{"x", raw_json::trusted("1")}};

} // namespace

BOOST_AUTO_TEST_SUITE(chat_message)

BOOST_AUTO_TEST_CASE(equality_sees_every_member)
{
    support::check_distinct<chatwire::message>({{},
                                                {.role = role::tool},
                                                {.content = "c"},
                                                {.content = nullptr},
                                                {.content = content{text_part{"c"}}},
                                                {.name = "n"},
                                                {.tool_calls = {{}}},
                                                {.tool_call_id = "i"},
                                                {.refusal = "no"},
                                                {.reasoning_content = "hm"},
                                                {.reasoning = "hm"},
                                                {.function_call = function_call{}},
                                                {.annotations = std::vector<annotation>{}},
                                                {.audio = message_audio{}},
                                                {.audio = nullptr},
                                                {.extra = some}});
}

BOOST_AUTO_TEST_CASE(makers_name_the_role)
{
    BOOST_TEST((message::system("a") == message{.role = role::system, .content = "a"}));
    BOOST_TEST((message::developer("a") == message{.role = role::developer, .content = "a"}));
    BOOST_TEST((message::user("a") == message{.role = role::user, .content = "a"}));
    BOOST_TEST((message::assistant("a") == message{.role = role::assistant, .content = "a"}));
    BOOST_TEST((message::tool("i", "a") == message{.role = role::tool, .content = "a", .tool_call_id = "i"}));
}

BOOST_AUTO_TEST_CASE(text_is_the_content_or_nothing)
{
    BOOST_TEST(message{}.text() == "");
    BOOST_TEST(message{.content = nullptr}.text() == "");
    BOOST_TEST(message::user({text_part{"a"}, image_part{}, text_part{"b"}}).text() == "ab");
}

BOOST_AUTO_TEST_SUITE_END()
} // namespace chat_message_test
