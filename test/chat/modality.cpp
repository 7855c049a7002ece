// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/chat/modality.hpp>

#include "support/words.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(chat_modality)

BOOST_AUTO_TEST_CASE(words)
{
    using chatwire::modality;
    support::check_words<modality>({{modality::text, "text"}, {modality::audio, "audio"}});
}

BOOST_AUTO_TEST_SUITE_END()
