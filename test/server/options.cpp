// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/server/options.hpp>

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(server_options_test)

namespace options_test {

BOOST_AUTO_TEST_CASE(a_server_that_is_told_nothing_serves_its_own_machine_only)
{
    chatwire::server_options const o;
    BOOST_TEST(o.host == "127.0.0.1");
    BOOST_TEST(o.port == 0);
    BOOST_TEST(o.queue_size > 0u);
    BOOST_TEST(o.threads > 0u);
}

BOOST_AUTO_TEST_CASE(members_are_named_where_they_are_given)
{
    chatwire::server_options const o{.port = 8080, .api_keys = {"k"}, .limits = {.max_connections = 3}};
    BOOST_TEST(o.port == 8080);
    BOOST_TEST(o.limits.max_connections == 3u);
}

} // namespace options_test
BOOST_AUTO_TEST_SUITE_END()
