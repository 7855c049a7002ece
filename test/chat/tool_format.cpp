// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/chat/tool_format.hpp>

#include "support/values.hpp"

#include <boost/test/unit_test.hpp>

namespace chat_tool_format_test {
namespace {

using namespace chatwire;

raw_members const some{{"x", raw_json::trusted("1")}};

} // namespace

BOOST_AUTO_TEST_SUITE(chat_tool_format)

BOOST_AUTO_TEST_CASE(equality_sees_every_member_of_tool_grammar)
{
    support::check_distinct<chatwire::tool_grammar>(
        {{}, {.definition = "d"}, {.syntax = grammar_syntax::regex}, {.extra = some}});
}

BOOST_AUTO_TEST_CASE(equality_sees_every_member_of_tool_format)
{
    support::check_distinct<chatwire::tool_format>(
        {{}, {.type = tool_format_type::grammar}, {.grammar = tool_grammar{}}, {.extra = some}});
}

BOOST_AUTO_TEST_CASE(grammars)
{
    BOOST_TEST((tool_format::lark("start: /a/") ==
                tool_format{.type = tool_format_type::grammar,
                            .grammar = tool_grammar{.definition = "start: /a/", .syntax = grammar_syntax::lark}}));
    BOOST_TEST((tool_format::regex("a+").grammar->syntax == grammar_syntax::regex));
}

BOOST_AUTO_TEST_SUITE_END()
} // namespace chat_tool_format_test
