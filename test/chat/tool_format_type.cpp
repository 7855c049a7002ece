// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/chat/tool_format_type.hpp>

#include "support/words.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(chat_tool_format_type)

BOOST_AUTO_TEST_CASE(words)
{
    using chatwire::tool_format_type;
    support::check_words<tool_format_type>({{tool_format_type::text, "text"}, {tool_format_type::grammar, "grammar"}});
}

BOOST_AUTO_TEST_SUITE_END()
