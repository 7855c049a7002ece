// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/chat/raw_json.hpp>

#include <boost/test/unit_test.hpp>

#include <string>

BOOST_AUTO_TEST_SUITE(chat_raw_json)

using chatwire::raw_json;

BOOST_AUTO_TEST_CASE(the_default_is_null)
{
    BOOST_TEST(raw_json().text() == "null");
    BOOST_TEST(raw_json().is_null());
    BOOST_TEST((raw_json() == raw_json::trusted("null")));
}

BOOST_AUTO_TEST_CASE(compares_bytes)
{
    BOOST_TEST((raw_json::trusted("1.0") == raw_json::trusted("1.0")));
    BOOST_TEST(!(raw_json::trusted("1.0") == raw_json::trusted("1")));
}

BOOST_AUTO_TEST_CASE(tells_its_kind)
{
    struct {
        char const* text;
        int kind;
    } const cases[] = {{"null", 0},  {"\"n\"", 1}, {"{}", 2}, {"[]", 3}, {"true", 4},
                       {"false", 4}, {"-1", 5},    {"0", 5},  {"9e9", 5}};
    for (auto const& c : cases) {
        auto const r = raw_json::trusted(c.text);
        bool const kinds[] = {r.is_null(), r.is_string(), r.is_object(), r.is_array(), r.is_bool(), r.is_number()};
        for (int i = 0; i < 6; ++i)
            BOOST_TEST(kinds[i] == (i == c.kind), c.text << " and kind " << i);
    }
}

BOOST_AUTO_TEST_SUITE_END()
