// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/chats/service_options.hpp>

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(chats_service_options)

BOOST_AUTO_TEST_CASE(by_default_the_module_is_as_documented)
{
    chatwire::chats::service_options const o;
    BOOST_TEST(!o.permission_for_stateless);
    BOOST_TEST(o.max_chat_body < o.max_completion_body);
}

BOOST_AUTO_TEST_SUITE_END()
