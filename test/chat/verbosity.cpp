// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/chat/verbosity.hpp>

#include "support/words.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(chat_verbosity)

BOOST_AUTO_TEST_CASE(words)
{
    using chatwire::verbosity;
    support::check_words<verbosity>(
        {{verbosity::low, "low"}, {verbosity::medium, "medium"}, {verbosity::high, "high"}});
}

BOOST_AUTO_TEST_SUITE_END()
