// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/json/codec.hpp>

#include "support/round_trip.hpp"
#include <chatwire/chat/role.hpp>

#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace json_codec_test {

BOOST_AUTO_TEST_SUITE(json_codec)

using namespace chatwire;
using bool_ = std::optional<bool>; // vector<bool> has no elements to refer to

BOOST_AUTO_TEST_CASE(every_kind_of_value)
{
    support::check_text<bool>("true");
    support::check_text<bool>("false");
    support::check_text<std::int64_t>("-5");
    support::check_text<double>("0.25");
    support::check_text<std::string>("\"a\"");
    support::check_text<raw_json>("{\"a\": 1.0}");
    support::check_text<raw_members>("{\"a\":{ }}");
    support::check_text<std::optional<std::string>>("\"a\"");
    support::check_text<nullable<std::string>>("\"a\"");
    support::check_text<nullable<std::string>>("null");
    support::check_text<open_enum<role>>("\"tool\"");
    support::check_text<open_enum<role>>("\"critic\"");
    support::check_text<std::vector<std::int64_t>>("[]");
    support::check_text<std::vector<std::int64_t>>("[1,2]");
    support::check_text<std::vector<std::vector<std::string>>>("[[],[\"a\"]]");
}

BOOST_AUTO_TEST_CASE(empty_values_are_absent)
{
    BOOST_TEST(json::codec<std::string>::absent(""));
    BOOST_TEST(!json::codec<std::string>::absent("a"));
    BOOST_TEST(json::codec<std::optional<bool>>::absent(std::nullopt));
    BOOST_TEST(!json::codec<std::optional<bool>>::absent(false));
    BOOST_TEST(json::codec<nullable<bool>>::absent({}));
    BOOST_TEST(!json::codec<nullable<bool>>::absent(nullptr));
    BOOST_TEST(json::codec<raw_members>::absent({}));
    BOOST_TEST(json::codec<std::vector<bool>>::absent({}));
    BOOST_TEST(!json::codec<std::int64_t>::absent(0));
    BOOST_TEST(!json::codec<bool>::absent(false));
}

BOOST_AUTO_TEST_CASE(elements_are_reused)
{
    std::vector<std::string> list{"a string that is too long to be kept without memory of its own", "b", "c"};
    auto const* const memory = list[0].data();
    BOOST_TEST(json::read_into(list, R"(["short"])").has_value());
    BOOST_TEST((list == std::vector<std::string>{"short"}));
    BOOST_TEST(static_cast<void const*>(list[0].data()) == static_cast<void const*>(memory));
}

BOOST_AUTO_TEST_CASE(places_in_lists)
{
    BOOST_TEST(support::why_not<std::vector<std::int64_t>>("[1,\"a\"]") == "wrong_type [1]: expected an integer");
    BOOST_TEST(support::why_not<std::vector<std::vector<bool_>>>("[[],[true,0]]") ==
               "wrong_type [1][1]: expected true or false");
    BOOST_TEST(support::why_not<std::vector<std::int64_t>>("[1,") ==
               "bad_json malformed JSON at byte 3: expected an integer");
    BOOST_TEST(support::why_not<std::vector<std::int64_t>>("[1;2]") ==
               "bad_json malformed JSON at byte 2: expected ',' or ']'");
}

BOOST_AUTO_TEST_CASE(maps)
{
    support::check_text<string_map<std::string>>(R"({})");
    support::check_text<string_map<std::string>>(R"({"b":"1","a":"","":"\"","\n":"x"})");
    support::check_text<string_map<std::vector<std::string>>>(R"({"a":["x",""],"b":[]})");
    BOOST_TEST(support::why_not<string_map<bool>>(R"({"a":true,"b":{}})") == "wrong_type b: expected true or false");
    BOOST_TEST(support::why_not<string_map<bool>>(R"([])") == "wrong_type expected an object");
    json::read_options strict;
    strict.strict = true;
    BOOST_TEST(support::why_not<string_map<bool>>(R"({"a":true,"a":true})", strict).starts_with("duplicate_member"));
    json::read_options small;
    small.limits.max_memory = 100;
    BOOST_TEST(support::why_not<string_map<bool>>(R"({"a":true,"b":true,"c":true})", small).starts_with("body_limit"));
}

BOOST_AUTO_TEST_SUITE_END()
} // namespace json_codec_test
