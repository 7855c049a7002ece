// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/client/options.hpp>

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(client_options_)

namespace client_options_test {

BOOST_AUTO_TEST_CASE(the_defaults_wait_but_not_for_ever)
{
    chatwire::client_options const o{.base_url = "http://h/v1", .api_key = "k"};
    BOOST_TEST(o.connect_timeout.count() > 0);
    BOOST_TEST(o.idle_timeout.count() > 0);
    BOOST_TEST((o.data_timeout > o.idle_timeout));  // a model may think for long
    BOOST_TEST((o.total_timeout > o.data_timeout)); // and a stream be longer
    BOOST_TEST(!o.strict);
    BOOST_TEST(o.max_diagnostics == 100'000u);
    BOOST_TEST(o.user_agent.starts_with("chatwire/"));
    BOOST_TEST(o.http.max_body == chatwire::http::no_limit);
}

} // namespace client_options_test

BOOST_AUTO_TEST_SUITE_END()
