// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/chat/tool_call.hpp>

#include "support/values.hpp"

#include <boost/test/unit_test.hpp>

namespace chat_tool_call_test {
namespace {

using namespace chatwire;

raw_members const some{{"x", raw_json::trusted("1")}};

} // namespace

BOOST_AUTO_TEST_SUITE(chat_tool_call)

BOOST_AUTO_TEST_CASE(equality_sees_every_member)
{
    support::check_distinct<chatwire::tool_call>({{},
                                                  {.id = "c"},
                                                  {.type = tool_type::custom},
                                                  {.function = {.name = "f"}},
                                                  {.custom = {.name = "f"}},
                                                  {.extra = some}});
}

BOOST_AUTO_TEST_CASE(is_a_function_call_by_default) { BOOST_TEST((tool_call{}.type == tool_type::function)); }

BOOST_AUTO_TEST_SUITE_END()
} // namespace chat_tool_call_test
