// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/server/envelope.hpp>

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(server_envelope)

namespace envelope_test {

using namespace chatwire;

// What its members do is tested with the exchange; here only that leaving them out means OpenAI's own surface.
BOOST_AUTO_TEST_CASE(the_default_is_the_plain_surface)
{
    envelope const e;
    BOOST_TEST(!e.stream);
    BOOST_TEST(!e.include_usage);
    BOOST_TEST(e.usage_chunk);
    BOOST_TEST(!e.unknown_usage);
    BOOST_TEST((e.errors == error_shape::object));
    BOOST_TEST(e.extra.empty());
    BOOST_TEST(e.fields.empty());
}

} // namespace envelope_test
BOOST_AUTO_TEST_SUITE_END()
