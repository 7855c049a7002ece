// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/client/call.hpp>

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(client_call_)

namespace client_call_test {

BOOST_AUTO_TEST_CASE(a_call_asks_for_a_document_unless_told_otherwise)
{
    chatwire::client_call const c{.path = "/models"};
    BOOST_TEST(c.method == "GET");
    BOOST_TEST(c.body.empty());
    BOOST_TEST((c.expects == chatwire::client_call::answer::document));
}

} // namespace client_call_test

BOOST_AUTO_TEST_SUITE_END()
