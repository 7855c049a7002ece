// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/chat/tool_choice.hpp>

#include "support/values.hpp"

#include <boost/test/unit_test.hpp>

#include <optional>
#include <variant>

namespace chat_tool_choice_test {
namespace {

using namespace chatwire;

} // namespace

BOOST_AUTO_TEST_SUITE(chat_tool_choice)

BOOST_AUTO_TEST_CASE(equality_sees_every_member)
{
    support::check_distinct<chatwire::tool_choice>({{},
                                                    tool_choice_mode::auto_,
                                                    tool_choice_mode::required,
                                                    open_enum<tool_choice_mode>("any"),
                                                    named_tool{},
                                                    named_tool{.name = "f"},
                                                    named_tool{.name = "f", .type = tool_type::custom},
                                                    allowed_tools{},
                                                    allowed_tools{.mode = tool_choice_mode::required},
                                                    allowed_tools{.tools = {named_tool{}}},
                                                    allowed_tools{.extra = {{"x", {}}}},
                                                    raw_json::trusted("{}")});
}

BOOST_AUTO_TEST_CASE(converts_from_a_mode_and_from_a_name)
{
    std::optional<tool_choice> c = tool_choice_mode::auto_;
    BOOST_TEST((std::get<0>(c->value) == tool_choice_mode::auto_));
    c = named_tool{"f"};
    BOOST_TEST(std::get<1>(c->value).name == "f");
    c = allowed_tools{.tools = {named_tool{"f"}, named_tool{.name = "g", .type = tool_type::custom}}};
    BOOST_TEST(std::get<0>(std::get<2>(c->value).tools.at(1)).name == "g");
}

BOOST_AUTO_TEST_SUITE_END()
} // namespace chat_tool_choice_test
