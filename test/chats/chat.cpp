// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include "../support/round_trip.hpp"

#include <chatwire/chats/chat.hpp>

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(chats_chat)

BOOST_AUTO_TEST_CASE(has_the_documented_members_and_null_for_those_not_set)
{
    using chatwire::chats::chat;
    support::check_text<chat>(
        R"({"id":"cht_def456","projectId":"prj_xyz","aiProviderId":"aip_abc123","name":"My Assistant",)"
        R"("systemMessage":"You are a helpful assistant.","model":"m","createdAt":"2026-01-02T03:04:05.678Z",)"
        R"("updatedAt":"2026-01-02T03:04:05.678Z"})");
    support::check_text<chat>(R"({"id":"c","projectId":"p","aiProviderId":"a","name":null,"systemMessage":null,)"
                              R"("model":null,"createdAt":"x","updatedAt":"y"})");
}

BOOST_AUTO_TEST_SUITE_END()
