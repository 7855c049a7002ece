// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/relay/upstream.hpp>

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(relay_upstream)

namespace relay_upstream_test {

using namespace chatwire;

BOOST_AUTO_TEST_CASE(asks_for_what_was_asked_for_at_an_ordinary_host)
{
    upstream const u{.client = {.base_url = "https://api.example/v1"}};
    BOOST_TEST(u.path == "/chat/completions");
    BOOST_TEST(u.model == "");
    BOOST_TEST(!u.allow_link_local);
    BOOST_TEST(!u.on_failure);
    BOOST_TEST(!u.client.credentials_in_the_clear);
}

} // namespace relay_upstream_test
BOOST_AUTO_TEST_SUITE_END()
