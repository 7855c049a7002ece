// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/chats/resource_name.hpp>

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(chats_resource_name)

BOOST_AUTO_TEST_CASE(names_are_equal_in_all_three_parts)
{
    using chatwire::chats::resource_name;
    resource_name const one{"prj_a", "chat", "chat_1"};
    BOOST_TEST((one == resource_name{"prj_a", "chat", "chat_1"}));
    BOOST_TEST((one != resource_name{"prj_b", "chat", "chat_1"}));
    BOOST_TEST((one != resource_name{"prj_a", "document", "chat_1"}));
    BOOST_TEST((one != resource_name{"prj_a", "chat"}));
}

BOOST_AUTO_TEST_SUITE_END()
