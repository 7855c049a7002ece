// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/io/port.hpp>

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(io_port)

// Drivers keep an array of streams with a place for each.
BOOST_AUTO_TEST_CASE(ports_count_from_zero)
{
    using chatwire::io::port;
    BOOST_TEST(static_cast<int>(port::caller) == 0);
    BOOST_TEST(static_cast<int>(port::upstream) == 1);
    BOOST_TEST(chatwire::io::port_count == 2);
}

BOOST_AUTO_TEST_SUITE_END()
