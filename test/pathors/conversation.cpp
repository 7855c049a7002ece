// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
// What it does over a wire is tested with the client that gives it.
#include <chatwire/json/writer.hpp>
#include <chatwire/pathors/client.hpp>
#include <chatwire/transport/blocking.hpp>

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(pathors_conversation)

namespace pathors_conversation_test {

using namespace chatwire;

BOOST_AUTO_TEST_CASE(what_is_said_names_the_session)
{
    pathors::basic_client<transport::blocking> client({.base_url = "http://h"}, "prj_1");
    pathors::conversation s(client, "s \"1\"");
    BOOST_TEST(json::to_text(s.next("Hi")) ==
               R"({"messages":[{"role":"user","content":"Hi"}],"session_id":"s \"1\""})");
    BOOST_TEST(s.id() == "s \"1\"");
}

} // namespace pathors_conversation_test

BOOST_AUTO_TEST_SUITE_END()
