// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/sse/limits.hpp>

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(sse_limits)

BOOST_AUTO_TEST_CASE(an_event_of_one_full_line_fits)
{
    chatwire::sse::limits const l;
    BOOST_TEST(l.max_line >= 1u << 20);
    BOOST_TEST(l.max_line <= l.max_event);
}

BOOST_AUTO_TEST_SUITE_END()
