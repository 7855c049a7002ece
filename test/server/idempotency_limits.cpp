// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/server/idempotency_limits.hpp>

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(idempotency_limits_test)

namespace limits_test {

BOOST_AUTO_TEST_CASE(the_defaults_bound_what_callers_can_make_a_server_keep)
{
    chatwire::idempotency_limits const l;
    BOOST_TEST(l.max_answers > 0U);
    BOOST_TEST(l.max_waiting > 0U);
    BOOST_TEST(l.max_age.count() > 0);
    BOOST_TEST(l.max_answer_bytes <= l.max_bytes); // one alone drives out the others, never itself
}

} // namespace limits_test
BOOST_AUTO_TEST_SUITE_END()
