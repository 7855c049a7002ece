// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/http/head.hpp>

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(http_head)

BOOST_AUTO_TEST_CASE(heads_are_plain_aggregates)
{
    chatwire::http::request_head a{.method = "GET", .target = "/"};
    BOOST_TEST(a.version == 11);
    auto b = a;
    BOOST_TEST((a == b));
    BOOST_TEST(!b.fields.insert("Host", "a"));
    BOOST_TEST(!(a == b));
    chatwire::http::response_head const c{.status = 404};
    BOOST_TEST(c.version == 11);
    BOOST_TEST(!(c == chatwire::http::response_head{}));
}

BOOST_AUTO_TEST_SUITE_END()
