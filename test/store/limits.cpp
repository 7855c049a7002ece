// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/store/limits.hpp>

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(store_limits)
namespace store_limits_cases {

using chatwire::store::limits;

// One log cannot fill the store by its bytes, nor can a full log of empty entries: others still get in.
BOOST_AUTO_TEST_CASE(one_log_cannot_take_everything)
{
    limits const l;
    BOOST_TEST(2 * l.log_bytes < l.bytes);
    BOOST_TEST(2 * l.log_entries * 32 < l.bytes);
    BOOST_TEST(l.rows > 0u);
}

} // namespace store_limits_cases
BOOST_AUTO_TEST_SUITE_END()
