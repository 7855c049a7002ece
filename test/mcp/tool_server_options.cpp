// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/mcp/tool_server_options.hpp>

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(mcp_tool_server_options)

BOOST_AUTO_TEST_CASE(nothing_is_shared_or_believed_unless_asked_for)
{
    chatwire::mcp::tool_server_options const o;
    BOOST_TEST(o.list_ttl.count() == 0);
    BOOST_TEST(!o.list_is_public);
    BOOST_TEST(o.max_body > 0U);
    BOOST_TEST(o.max_batch > 0U);
}

BOOST_AUTO_TEST_SUITE_END()
