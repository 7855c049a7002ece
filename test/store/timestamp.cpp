// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/store/timestamp.hpp>

#include <boost/test/unit_test.hpp>

#include <random>
#include <string>

BOOST_AUTO_TEST_SUITE(store_timestamp)
namespace store_timestamp_cases {

using namespace std::chrono;
using chatwire::store::timestamp;
using chatwire::store::to_iso8601;

BOOST_AUTO_TEST_CASE(the_way_the_apis_write_it)
{
    timestamp const noon = sys_days(2026y / March / 1) + 12h;
    BOOST_TEST(to_iso8601(noon + 123ms) == "2026-03-01T12:00:00.123Z");
    BOOST_TEST(to_iso8601(noon) == "2026-03-01T12:00:00.000Z");
    BOOST_TEST(to_iso8601(noon + 7ms) == "2026-03-01T12:00:00.007Z");
    BOOST_TEST(to_iso8601(timestamp()) == "1970-01-01T00:00:00.000Z");
    BOOST_TEST(to_iso8601(sys_days(2024y / February / 29) + 23h + 59min + 59s) == "2024-02-29T23:59:59.000Z");
}

BOOST_AUTO_TEST_CASE(milliseconds_are_rounded_down)
{
    timestamp const second = sys_days(2026y / March / 1) + 1s;
    BOOST_TEST(to_iso8601(second + 999us) == "2026-03-01T00:00:01.000Z");
    BOOST_TEST(to_iso8601(second + 1999us) == "2026-03-01T00:00:01.001Z");
    BOOST_TEST(to_iso8601(second + 999'999us) == "2026-03-01T00:00:01.999Z");
    BOOST_TEST(to_iso8601(second - 1us) == "2026-03-01T00:00:00.999Z");
    BOOST_TEST(to_iso8601(timestamp(-1us)) == "1969-12-31T23:59:59.999Z");
}

// What lists are sorted by and cursors are made of: the text is in the order of the moments.
BOOST_AUTO_TEST_CASE(the_order_of_the_text_is_the_order_of_the_moments)
{
    std::mt19937_64 random(1);
    auto const end = timestamp(sys_days(10000y / January / 1)).time_since_epoch().count();
    auto const begin = timestamp(sys_days(0y / January / 1)).time_since_epoch().count();
    std::uniform_int_distribution<long long> any(begin, end - 1);
    for (int i = 0; i != 2000; ++i) {
        timestamp const a(microseconds(any(random)));
        timestamp const b = i % 2 ? timestamp(microseconds(any(random))) : a + microseconds(i - 1000);
        auto const x = to_iso8601(a);
        auto const y = to_iso8601(b);
        BOOST_REQUIRE(x.size() == 24u);
        BOOST_TEST((x < y) == (floor<milliseconds>(a) < floor<milliseconds>(b)));
        BOOST_TEST((x == y) == (floor<milliseconds>(a) == floor<milliseconds>(b)));
    }
}

} // namespace store_timestamp_cases
BOOST_AUTO_TEST_SUITE_END()
