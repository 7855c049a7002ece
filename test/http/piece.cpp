// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/http/piece.hpp>

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(http_piece)

BOOST_AUTO_TEST_CASE(nothing_is_there_at_first)
{
    chatwire::http::piece const p;
    BOOST_TEST((p.what == chatwire::http::piece::kind::need_more));
    BOOST_TEST(p.body.empty());
}

BOOST_AUTO_TEST_SUITE_END()
