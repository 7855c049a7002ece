// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/chat/tool_call_delta.hpp>

#include "support/values.hpp"

#include <boost/test/unit_test.hpp>

namespace chat_tool_call_delta_test {
namespace {

using namespace chatwire;

raw_members const some{{"x", raw_json::trusted("1")}};

} // namespace

BOOST_AUTO_TEST_SUITE(chat_tool_call_delta)

BOOST_AUTO_TEST_CASE(equality_sees_every_member)
{
    support::check_distinct<chatwire::function_call_delta>({{}, {.name = "f"}, {.arguments = ""}, {.extra = some}});
    support::check_distinct<chatwire::custom_call_delta>({{}, {.name = "f"}, {.input = ""}, {.extra = some}});
}

BOOST_AUTO_TEST_CASE(equality_of_tool_calls)
{
    support::check_distinct<chatwire::tool_call_delta>({{},
                                                        {.index = 0},
                                                        {.id = "i"},
                                                        {.type = tool_type::function},
                                                        {.function = function_call_delta{}},
                                                        {.custom = custom_call_delta{}},
                                                        {.extra = some}});
}

BOOST_AUTO_TEST_SUITE_END()
} // namespace chat_tool_call_delta_test
