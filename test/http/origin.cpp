// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/http/origin.hpp>

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(http_origin)

BOOST_AUTO_TEST_CASE(the_port_is_left_out_when_it_is_the_usual_one)
{
    using chatwire::http::origin;
    BOOST_TEST((origin{"http", "a", 80}).authority() == "a");
    BOOST_TEST((origin{"https", "a", 443}).authority() == "a");
    BOOST_TEST((origin{"http", "a", 443}).authority() == "a:443");
    BOOST_TEST((origin{"https", "a", 80}).to_string() == "https://a:80");
    BOOST_TEST((origin{"http", "::1", 80}).authority() == "[::1]");
    BOOST_TEST((origin{"http", "::1", 8080}).to_string() == "http://[::1]:8080");
    BOOST_TEST(!(origin{"http", "a", 443}).secure());
    BOOST_TEST((origin{"https", "a", 80}).secure());
}

BOOST_AUTO_TEST_CASE(origins_can_be_keys)
{
    using chatwire::http::origin;
    BOOST_TEST(((origin{"http", "a", 80}) == (origin{"http", "a", 80})));
    BOOST_TEST(((origin{"http", "a", 80}) < (origin{"https", "a", 80})));
    BOOST_TEST(((origin{"http", "a", 80}) < (origin{"http", "a", 81})));
}

BOOST_AUTO_TEST_SUITE_END()
