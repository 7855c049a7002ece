// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/chat/service_tier.hpp>

#include "support/words.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(chat_service_tier)

BOOST_AUTO_TEST_CASE(words)
{
    using chatwire::service_tier;
    support::check_words<service_tier>({{service_tier::auto_, "auto"},
                                        {service_tier::default_, "default"},
                                        {service_tier::flex, "flex"},
                                        {service_tier::scale, "scale"},
                                        {service_tier::priority, "priority"},
                                        {service_tier::fast, "fast"}});
}

BOOST_AUTO_TEST_SUITE_END()
