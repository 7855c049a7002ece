// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/json/value.hpp>

#include "support/random_json.hpp"
#include <boost/json/parse.hpp>

#include <boost/test/unit_test.hpp>

#include <limits>
#include <string>

namespace json_value_test {

BOOST_AUTO_TEST_SUITE(json_value)

using namespace chatwire;

BOOST_AUTO_TEST_CASE(agrees_with_boost_json)
{
    support::random_json make(4);
    for (int i = 0; i < 5000; ++i) {
        auto const text = make.value();
        auto const expected = boost::json::parse(text);
        auto const value = json::to_value(raw_json::trusted(text));
        BOOST_REQUIRE(value.has_value());
        if (text.find('.') != std::string::npos)
            continue; // Boost.JSON's numbers are not exact, and 1.0 is written as 1
        BOOST_REQUIRE_MESSAGE(*value == expected, text);
        // back and forth
        auto const again = json::to_value(json::to_raw(*value));
        BOOST_REQUIRE_MESSAGE(*again == *value, text);
        BOOST_REQUIRE_MESSAGE(boost::json::parse(std::string(json::to_raw(*value).text())).kind() == value->kind(),
                              text);
    }
}

BOOST_AUTO_TEST_CASE(numbers_are_exact)
{
    for (auto const* text :
         {"0", "-9223372036854775808", "9223372036854775807", "18446744073709551615", "0.1", "-9999.5", "1e+300"}) {
        auto const v = json::to_value(raw_json::trusted(text));
        BOOST_TEST(json::to_raw(*v).text() == text);
    }
    BOOST_TEST(json::to_value(raw_json::trusted("18446744073709551616"))->as_double() == 18446744073709551616.0);
    BOOST_TEST((json::to_value(raw_json::trusted("1e999")).error().code == errc::bad_value));
    BOOST_TEST(json::to_raw(boost::json::value(std::numeric_limits<double>::infinity())).text() == "null");
}

BOOST_AUTO_TEST_CASE(members)
{
    raw_members const m{{"a", raw_json::trusted("1")}, {"b", raw_json::trusted("[true,null]")}};
    auto const v = json::to_value(m);
    BOOST_TEST(v->at("a").as_int64() == 1);
    BOOST_TEST((json::to_members(*v) == m));
    BOOST_TEST(json::to_members(boost::json::value(1)).empty());
    BOOST_TEST((*json::to_value(raw_members()) == boost::json::object()));
}

BOOST_AUTO_TEST_CASE(depth)
{
    auto const deep = [](int n) { return raw_json::trusted(std::string(n, '[') + std::string(n, ']')); };
    BOOST_TEST(json::to_value(deep(1024)).has_value());
    BOOST_TEST((json::to_value(deep(1025)).error().code == errc::depth_limit));
}

BOOST_AUTO_TEST_CASE(odd_texts)
{
    BOOST_TEST((json::to_value(raw_json::trusted(R"("\ud800")"))->as_string() == "\xEF\xBF\xBD"));
    BOOST_TEST(json::to_value(raw_json::trusted(R"({"a":1,"a":2})"))->at("a").as_int64() == 2);
}

BOOST_AUTO_TEST_SUITE_END()
} // namespace json_value_test
