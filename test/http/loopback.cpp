// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/http/loopback.hpp>

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(http_loopback)

BOOST_AUTO_TEST_CASE(names_and_addresses_of_this_machine)
{
    using chatwire::http::is_loopback;
    for (auto const* host : {"localhost", "LocalHost", "127.0.0.1", "127.255.255.254", "::1"})
        BOOST_TEST(is_loopback(host), host);
    for (auto const* host : {"",
                             "localhost.example.org",
                             "notlocalhost",
                             "a.localhost",
                             ".localhost",
                             "128.0.0.1",
                             "127.0.0",
                             "127.1",
                             "127.0.0.1.example.org",
                             "127.0.0.1.",
                             "127.0.0.256",
                             "127.0.0.1.1",
                             "127.0.0.x",
                             "127..0.1",
                             "::2",
                             "::",
                             "::ffff:10.0.0.1",
                             "0.0.0.0",
                             "10.0.0.1",
                             "12 7.0.0.1",
                             "127.0.0.-1"})
        BOOST_TEST(!is_loopback(host), host);
}

BOOST_AUTO_TEST_SUITE_END()
