// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/mcp/line_options.hpp>

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(mcp_line_options)

BOOST_AUTO_TEST_CASE(everything_is_bounded)
{
    chatwire::mcp::line_options const o;
    BOOST_TEST(o.head.fields.empty());
    BOOST_TEST(o.max_line > 0U);
    BOOST_TEST(o.max_calls > 0U);
    BOOST_TEST(o.max_unsent > 0U);
    BOOST_TEST(o.drain_timeout.count() > 0);
}

BOOST_AUTO_TEST_SUITE_END()
