// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/chat/moderation_mode.hpp>

#include "support/words.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(chat_moderation_mode)

BOOST_AUTO_TEST_CASE(words)
{
    using chatwire::moderation_mode;
    support::check_words<moderation_mode>({{moderation_mode::score, "score"}, {moderation_mode::block, "block"}});
}

BOOST_AUTO_TEST_SUITE_END()
