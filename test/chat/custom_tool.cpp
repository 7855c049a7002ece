// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/chat/custom_tool.hpp>

#include "support/values.hpp"

#include <boost/test/unit_test.hpp>

namespace chat_custom_tool_test {
namespace {

using namespace chatwire;

raw_members const some{{"x", raw_json::trusted("1")}};

} // namespace

BOOST_AUTO_TEST_SUITE(chat_custom_tool)

BOOST_AUTO_TEST_CASE(equality_sees_every_member)
{
    support::check_distinct<chatwire::custom_tool>(
        {{}, {.name = "n"}, {.description = "d"}, {.format = tool_format{}}, {.extra = some}});
}

BOOST_AUTO_TEST_SUITE_END()
} // namespace chat_custom_tool_test
