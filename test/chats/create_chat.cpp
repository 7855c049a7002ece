// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include "../support/round_trip.hpp"

#include <chatwire/chats/create_chat.hpp>

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(chats_create_chat)

BOOST_AUTO_TEST_CASE(has_the_documented_members)
{
    using chatwire::chats::create_chat;
    support::check_text<create_chat>(R"({"projectId":"prj_xyz","aiProviderId":"aip_abc123","name":"My Assistant",)"
                                     R"("systemMessage":"You are a helpful assistant.","model":"m"})");
    support::check_text<create_chat>(R"({"projectId":null,"aiProviderId":"aip_abc123","model":null})");
    support::check_text<create_chat>(R"({"aiProviderId":"aip_abc123"})");
}

BOOST_AUTO_TEST_SUITE_END()
