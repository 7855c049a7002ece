// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/chat/tool_type.hpp>

#include "support/words.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(chat_tool_type)

BOOST_AUTO_TEST_CASE(words)
{
    using chatwire::tool_type;
    support::check_words<tool_type>({{tool_type::function, "function"}, {tool_type::custom, "custom"}});
}

BOOST_AUTO_TEST_SUITE_END()
