// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/client/credentials.hpp>

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(client_credentials)

namespace client_credentials_test {

using namespace chatwire;

BOOST_AUTO_TEST_CASE(fields_that_prove_who_somebody_is_are_known_in_any_case)
{
    for (auto const* name : {"Authorization", "authorization", "Proxy-Authorization", "Cookie", "api-key", "Api-Key",
                             "X-API-Key", "x-goog-api-key"})
        BOOST_TEST(is_credential(name), name);
    for (auto const* name : {"", "Accept", "X-Request-ID", "api-key2", "Set-Cookie", "Content-Type"})
        BOOST_TEST(!is_credential(name), name);
}

} // namespace client_credentials_test
BOOST_AUTO_TEST_SUITE_END()
