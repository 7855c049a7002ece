// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/sse/options.hpp>

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(sse_options)

BOOST_AUTO_TEST_CASE(lenient_by_default)
{
    chatwire::sse::options const o;
    BOOST_TEST(o.error_field);
    BOOST_TEST(o.flush_at_eof);
    auto const s = chatwire::sse::options::strict();
    BOOST_TEST(!s.error_field);
    BOOST_TEST(!s.flush_at_eof);
    BOOST_TEST(s.limits.max_line == o.limits.max_line);
}

BOOST_AUTO_TEST_SUITE_END()
