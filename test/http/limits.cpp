// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/http/limits.hpp>
#include <chatwire/http/parser.hpp>

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(http_limits)

BOOST_AUTO_TEST_CASE(requests_are_bounded_by_default_and_answers_are_not)
{
    chatwire::http::limits const l;
    BOOST_TEST(l.max_body == 16u << 20);
    auto const r = chatwire::http::response_parser::default_limits();
    BOOST_TEST(r.max_body == chatwire::http::no_limit);
    BOOST_TEST(r.max_head == l.max_head);
}

BOOST_AUTO_TEST_SUITE_END()
