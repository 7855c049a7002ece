// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/chat/search_context_size.hpp>

#include "support/words.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(chat_search_context_size)

BOOST_AUTO_TEST_CASE(words)
{
    using chatwire::search_context_size;
    support::check_words<search_context_size>({{search_context_size::low, "low"},
                                               {search_context_size::medium, "medium"},
                                               {search_context_size::high, "high"}});
}

BOOST_AUTO_TEST_SUITE_END()
