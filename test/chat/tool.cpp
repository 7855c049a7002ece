// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/chat/tool.hpp>

#include "support/values.hpp"

#include <boost/test/unit_test.hpp>

namespace chat_tool_test {
namespace {

using namespace chatwire;

raw_members const some{{"x", raw_json::trusted("1")}};

} // namespace

BOOST_AUTO_TEST_SUITE(chat_tool)

BOOST_AUTO_TEST_CASE(equality_sees_every_member)
{
    support::check_distinct<chatwire::function_definition>({{},
                                                            {.name = "f"},
                                                            {.description = "d"},
                                                            {.parameters = raw_json::trusted("{}")},
                                                            {.strict = true},
                                                            {.strict = false},
                                                            {.strict = nullptr},
                                                            {.extra = some}});
}

BOOST_AUTO_TEST_CASE(equality_of_tools)
{
    support::check_distinct<chatwire::tool>(
        {{}, {.type = "t"}, {.function = {.name = "f"}}, {.custom = {.name = "f"}}, {.extra = some}});
}

BOOST_AUTO_TEST_SUITE_END()
} // namespace chat_tool_test
