// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/chat/function_call.hpp>

#include "support/values.hpp"

#include <boost/test/unit_test.hpp>

namespace chat_function_call_test {
namespace {

using namespace chatwire;

raw_members const some{{"x", raw_json::trusted("1")}};

} // namespace

BOOST_AUTO_TEST_SUITE(chat_function_call)

BOOST_AUTO_TEST_CASE(equality_sees_every_member)
{
    support::check_distinct<chatwire::function_call>({{}, {.name = "f"}, {.arguments = "{}"}, {.extra = some}});
}

BOOST_AUTO_TEST_CASE(no_arguments_are_an_empty_object)
{
    BOOST_TEST(function_call{}.arguments_or_empty() == "{}");
    BOOST_TEST(function_call{.arguments = " \n"}.arguments_or_empty() == "{}");
    BOOST_TEST(function_call{.arguments = " {\"a\":1}"}.arguments_or_empty() == " {\"a\":1}");
}

BOOST_AUTO_TEST_SUITE_END()
} // namespace chat_function_call_test
