// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/json/tape.hpp>

#include <chatwire/json/chunk.hpp>
#include <chatwire/json/reader.hpp>

#include <boost/test/unit_test.hpp>

#include <string>

namespace json_tape_test {
BOOST_AUTO_TEST_SUITE(json_tape)

using namespace chatwire;

// What a cursor records of a text: `N: what stands there`, a line a place, and the deviations.
std::string recorded(std::string_view text, chunk& into)
{
    json::cursor in(text, nullptr, json::read_options::for_answers());
    json::tape t;
    in.record = &t;
    BOOST_TEST(json::codec<chunk>::read(in, into));
    std::string out;
    for (auto const& p : t.places) {
        constexpr char const* names[] = {"string", "integer", "raw"};
        out += names[static_cast<int>(p.what)] + (' ' + std::to_string(p.depth)) + ' ';
        out.append(text.substr(p.begin, p.end - p.begin)).append("\n");
    }
    for (auto const& n : t.notes)
        out.append(n.code).append(" ").append(text.substr(n.at, 6)).append("\n");
    BOOST_TEST(in.tolerated() == t.notes.size());
    return out;
}

BOOST_AUTO_TEST_CASE(strings_integers_and_unknown_members)
{
    chunk c;
    BOOST_TEST(recorded(R"({"id":"a\n\"b","object":"o","created":-12,"model":"","choices":[{"index":0,"delta":)"
                        R"({"role":"assistant","content":"x","p":"q","tool_calls":null},"finish_reason":null}],)"
                        R"( "x_groq" : {"id":[1, 2]}})",
                        c) == "string 1 a\\n\\\"b\nstring 1 o\ninteger 1 -12\nstring 1 \ninteger 3 0\nstring 4 x\n"
                              "raw 4 \"q\"\nraw 1 {\"id\":[1, 2]}\nnull_member \"tool_\n");
}

BOOST_AUTO_TEST_CASE(what_is_read_as_something_else_is_no_place)
{
    chunk c;
    // a number for a string, a quoted number, a fraction, words of an enumeration
    BOOST_TEST(recorded(R"({"id":7,"object":"o","created":"12","model":"m","service_tier":"auto",)"
                        R"("choices":[{"index":0.0,"delta":{},"finish_reason":"stop"}]})",
                        c) == "string 1 o\nstring 1 m\nnumber_for_string 7,\"obj\nnumber_in_string \"12\",\"\n"
                              "float_number 0.0,\"d\n");
}

BOOST_AUTO_TEST_CASE(targets_are_where_the_values_are)
{
    std::string_view const text =
        R"({"id":"i","object":"o","created":3,"model":"m","choices":[{"index":0,"delta":{"content":"x"}}],"u":1})";
    chunk c;
    json::tape t;
    for (int again = 0; again < 2; ++again) { // what grew at first stays where it is then
        json::cursor in(text, nullptr, json::read_options::for_answers());
        t.clear();
        in.record = &t;
        BOOST_TEST(json::codec<chunk>::read(in, c));
    }
    BOOST_REQUIRE(t.places.size() == 7U);
    BOOST_TEST(t.places[0].target == &c.id);
    BOOST_TEST(t.places[2].target == &c.created);
    BOOST_TEST(t.places[4].target == &c.choices[0].index);
    BOOST_TEST(t.places[5].target == c.choices[0].delta.content->string());
    BOOST_TEST(t.places[6].target == c.extra.find("u"));
}

BOOST_AUTO_TEST_SUITE_END()
} // namespace json_tape_test
