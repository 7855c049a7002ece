// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/chat/reasoning_effort.hpp>

#include "support/words.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(chat_reasoning_effort)

BOOST_AUTO_TEST_CASE(words)
{
    using chatwire::reasoning_effort;
    support::check_words<reasoning_effort>({{reasoning_effort::none, "none"},
                                            {reasoning_effort::minimal, "minimal"},
                                            {reasoning_effort::low, "low"},
                                            {reasoning_effort::medium, "medium"},
                                            {reasoning_effort::high, "high"},
                                            {reasoning_effort::xhigh, "xhigh"},
                                            {reasoning_effort::max, "max"}});
}

BOOST_AUTO_TEST_SUITE_END()
