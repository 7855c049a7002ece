// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/mcp/call_site.hpp>

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(mcp_call_site)

BOOST_AUTO_TEST_CASE(a_request_stands_for_itself)
{
    chatwire::mcp::call_site const s;
    BOOST_TEST(stateless(s.version));
    BOOST_TEST(s.notifiable);
    BOOST_TEST(!s.wake);
}

BOOST_AUTO_TEST_SUITE_END()
