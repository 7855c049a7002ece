// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/server/limits.hpp>

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(server_limits_test)

namespace limits_test {

// Everything a caller can make a server wait for, or hold, is bounded unless the program says otherwise.
BOOST_AUTO_TEST_CASE(the_defaults_bound_what_a_caller_can_grow)
{
    chatwire::server_limits const l;
    BOOST_TEST(l.max_connections > 0u);
    for (auto const d : {l.keep_alive, l.head_timeout, l.body_timeout, l.write_timeout, l.heartbeat, l.linger})
        BOOST_TEST(d.count() > 0);
    BOOST_TEST((l.heartbeat < l.keep_alive));
}

} // namespace limits_test
BOOST_AUTO_TEST_SUITE_END()
