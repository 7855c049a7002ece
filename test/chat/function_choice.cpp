// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/chat/function_choice.hpp>

#include "support/values.hpp"

#include <boost/test/unit_test.hpp>

namespace chat_function_choice_test {
namespace {

using namespace chatwire;

raw_members const some{{"x", raw_json::trusted("1")}};

} // namespace

BOOST_AUTO_TEST_SUITE(chat_function_choice)

BOOST_AUTO_TEST_CASE(equality_sees_every_member_of_named_function)
{
    support::check_distinct<chatwire::named_function>({{}, {.name = "f"}, {.extra = some}});
}

BOOST_AUTO_TEST_CASE(equality_sees_every_member_of_function_choice)
{
    support::check_distinct<chatwire::function_choice>({{},
                                                        tool_choice_mode::auto_,
                                                        open_enum<tool_choice_mode>("any"),
                                                        named_function{},
                                                        named_function{.name = "f"}});
}

BOOST_AUTO_TEST_SUITE_END()
} // namespace chat_function_choice_test
