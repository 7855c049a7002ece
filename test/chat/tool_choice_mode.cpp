// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/chat/tool_choice_mode.hpp>

#include "support/words.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(chat_tool_choice_mode)

BOOST_AUTO_TEST_CASE(words)
{
    using chatwire::tool_choice_mode;
    support::check_words<tool_choice_mode>({{tool_choice_mode::none, "none"},
                                            {tool_choice_mode::auto_, "auto"},
                                            {tool_choice_mode::required, "required"}});
}

BOOST_AUTO_TEST_SUITE_END()
