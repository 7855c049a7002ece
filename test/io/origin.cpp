// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/io/origin.hpp>

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(io_origin)

// A connection may be used again for an equal origin only.
BOOST_AUTO_TEST_CASE(every_part_tells_origins_apart)
{
    using chatwire::io::origin;
    origin const all[] = {{}, {"a", 1}, {"a", 2}, {"b", 1}, {"", 1}, {"a", 1, "/s"}, {"", 0, "/s"}, {"", 0, "/t"}};
    for (auto const& a : all)
        for (auto const& b : all)
            BOOST_TEST((a == b) == (&a == &b));
    BOOST_TEST((all[1] == origin{.host = "a", .port = 1}));
}

BOOST_AUTO_TEST_SUITE_END()
