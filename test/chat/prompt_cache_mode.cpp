// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/chat/prompt_cache_mode.hpp>

#include "support/words.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(chat_prompt_cache_mode)

BOOST_AUTO_TEST_CASE(words)
{
    using chatwire::prompt_cache_mode;
    support::check_words<prompt_cache_mode>(
        {{prompt_cache_mode::implicit, "implicit"}, {prompt_cache_mode::explicit_, "explicit"}});
}

BOOST_AUTO_TEST_SUITE_END()
