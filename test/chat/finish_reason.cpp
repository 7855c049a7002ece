// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/chat/finish_reason.hpp>

#include "support/words.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(chat_finish_reason)

BOOST_AUTO_TEST_CASE(words)
{
    using chatwire::finish_reason;
    support::check_words<finish_reason>({{finish_reason::stop, "stop"},
                                         {finish_reason::length, "length"},
                                         {finish_reason::tool_calls, "tool_calls"},
                                         {finish_reason::content_filter, "content_filter"},
                                         {finish_reason::function_call, "function_call"}});
}

BOOST_AUTO_TEST_SUITE_END()
