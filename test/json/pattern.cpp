// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/json/pattern.hpp>

#include <chatwire/chat/raw_json.hpp>
#include <chatwire/json/utf8.hpp>

#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <string>

namespace json_pattern_test {
BOOST_AUTO_TEST_SUITE(json_pattern)

using namespace chatwire;
using place = json::tape::place::type;

// {"s":"STRING","n":INTEGER,"r":RAW}, and a pattern of it
struct learnt {
    std::string s = "text";
    std::int64_t n = 12;
    raw_json r = raw_json::trusted("[1]");
    json::tape places{};
    json::pattern pattern{};
    json::read_options options = json::read_options::for_answers();

    static std::string text(std::string_view s, std::string_view n, std::string_view r)
    {
        return std::string(R"({"s":")").append(s).append(R"(","n":)").append(n).append(R"(,"r":)").append(r) + '}';
    }

    learnt()
    {
        auto const all = text("text", "12", "[1]");
        places.places = {{6, 10, 1, place::string, &s}, {16, 18, 1, place::integer, &n}, {23, 26, 1, place::raw, &r}};
        places.notes = {{"a_note", 12}};
        pattern.learn(all, places);
    }

    bool widen(std::string_view s_, std::string_view n_, std::string_view r_)
    {
        return pattern.widen(text(s_, n_, r_), options);
    }
    std::size_t match(std::string_view s_, std::string_view n_, std::string_view r_)
    {
        auto const all = text(s_, n_, r_);
        auto const length = pattern.match(all, options);
        BOOST_TEST((length == 0 || length == all.size()));
        return length;
    }
};

BOOST_AUTO_TEST_CASE(nothing_is_like_nothing)
{
    json::pattern p;
    BOOST_TEST(p.match("", {}) == 0U);
    BOOST_TEST(p.match("{}", {}) == 0U);
    BOOST_TEST(!p.widen("", {}));
    learnt l;
    l.pattern.forget();
    BOOST_TEST(l.match("text", "12", "[1]") == 0U);
    l.pattern.learn("{\"a\":\n1}", {});
    BOOST_TEST(l.pattern.match("{\"a\":\n1}", {}) == 0U); // of several lines
}

BOOST_AUTO_TEST_CASE(a_value_varies_once_it_has_differed)
{
    learnt l;
    BOOST_TEST(l.match("text", "12", "[1]") > 0U);
    BOOST_TEST(l.match("more", "12", "[1]") == 0U);
    BOOST_TEST(l.widen("more text", "12", "[1]"));
    BOOST_TEST(l.s == "more text");
    BOOST_TEST(l.match("", "12", "[1]") > 0U);
    BOOST_TEST(l.s == "");
    BOOST_TEST(l.match("", "13", "[1]") == 0U);
    BOOST_TEST(l.widen("z", "-9223372036854775808", "{\"a\": null}"));
    BOOST_TEST(l.n == std::numeric_limits<std::int64_t>::min());
    BOOST_TEST(l.r.text() == "{\"a\": null}");
    BOOST_TEST(l.match("y", "0", "\"q\"") > 0U);
    BOOST_TEST((l.s == "y" && l.n == 0 && l.r.text() == "\"q\""));
}

BOOST_AUTO_TEST_CASE(a_difference_elsewhere_is_none_of_a_value)
{
    learnt l;
    BOOST_TEST(l.widen("a", "1", "2"));
    for (std::string_view const other :
         {R"({"s":"a","n":1,"r":2})", R"({"t":"a","n":1,"r":2})", R"({"s":"a","n":1,"r":2}})",
          R"({"s":"a","n":1,"r":2)", R"({"s":"a" ,"n":1,"r":2})", R"({"s":null,"n":1,"r":2})",
          R"({"s":"a","n": 1,"r":2})", R"({"s":"a","n":1 ,"r":2})", R"({"s":"a","n":"1","r":2})",
          R"({"s":"a","n":1,"r": 2})", R"({"s":"a","n":1,"r":2 })", "", "{"})
        BOOST_TEST(l.pattern.widen(other, l.options) == (other == R"({"s":"a","n":1,"r":2})"), other);
    // the bytes after it are for somebody else to look at
    BOOST_TEST(l.pattern.match("{\"s\":\"a\",\"n\":1,\"r\":2} and more", l.options) == 21U);
}

BOOST_AUTO_TEST_CASE(a_value_with_anything_to_tolerate_is_none)
{
    learnt l;
    BOOST_TEST(l.widen("a", "1", "2"));
    for (auto const* const s : {"\xff", "a\xc3", "\\ud800", "\\udc00\\ud800", "\\ud800\\u0041", "\\x", "\\", "a\tb",
                                "\\u00g0", "\\u-001", "\xed\xa0\x80", "\xc0\x80"})
        BOOST_TEST(l.match(s, "1", "2") == 0U, s);
    for (auto const* const n :
         {"", "-", "01", "1.0", "1e3", "+1", "\"1\"", "null", "9223372036854775808", "0x1", "1-", "NaN"})
        BOOST_TEST(l.match("a", n, "2") == 0U, n);
    for (auto const* const r :
         {"", " 1", "NaN", "-Infinity", "\"\xff\"", "[1", "{\"a\"}", "[\n1]", "{\"a\":\r1}", "tru", "01", "'a'"})
        BOOST_TEST(l.match("a", "1", r) == 0U, r);
    BOOST_TEST(l.match("b", "3", "4") > 0U); // and is forgotten again
    BOOST_TEST((l.s == "b" && l.n == 3 && l.r.text() == "4"));
}

BOOST_AUTO_TEST_CASE(strings_are_read_as_the_cursor_reads_them)
{
    learnt l;
    BOOST_TEST(l.widen("a", "1", "2"));
    for (auto const& [text, value] : std::initializer_list<std::pair<char const*, std::string>>{
             {"\\\"\\\\\\/\\b\\f\\n\\r\\t", "\"\\/\b\f\n\r\t"},
             {"a\\u0000b", {'a', '\0', 'b'}},
             {"\\u00e9\\u20AC\\uD83D\\ude00", "\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80"},
             {"\xc3\xa9 and \xe2\x82\xac, \xf0\x9f\x98\x80", "\xc3\xa9 and \xe2\x82\xac, \xf0\x9f\x98\x80"},
             {"plain, longer than sixteen bytes, \\n and plain again, longer than sixteen",
              "plain, longer than sixteen bytes, \n and plain again, longer than sixteen"},
             {"\xf0\x9f\x98\x80\\n\xe2\x82\xac", "\xf0\x9f\x98\x80\n\xe2\x82\xac"}}) {
        BOOST_TEST(l.match(text, "1", "2") > 0U, text);
        BOOST_TEST(l.s == value, text);
    }
}

BOOST_AUTO_TEST_CASE(depth_counts_from_the_outside)
{
    learnt l;
    l.options.limits.max_depth = 4;
    BOOST_TEST(l.widen("text", "12", "[[[1]]]"));
    BOOST_TEST(!l.widen("text", "12", "[[[[1]]]]"));
    l.options.limits.max_depth = 1;
    BOOST_TEST(l.match("text", "12", "[]") == 0U);
}

BOOST_AUTO_TEST_CASE(what_was_told_is_told_again_where_it_stands_now)
{
    learnt l;
    BOOST_TEST(l.pattern.notes() == 1U);
    auto const text = learnt::text("a longer text", "12", "[1]");
    BOOST_TEST(l.pattern.widen(text, l.options));
    diagnostics log;
    l.pattern.tell(log, text, 1000);
    BOOST_TEST((log.kept().at(0) == diagnostic{"a_note", 1021, text.substr(21)}));
}

BOOST_AUTO_TEST_CASE(a_failed_attempt_leaves_what_may_vary)
{
    learnt l;
    BOOST_TEST(!l.widen("other", "1.5", "[1]"));
    BOOST_TEST(!l.widen("other", "15", "[1"));
    BOOST_TEST((l.s == "text" && l.n == 12)); // and the values as they were: they are not read any more
    BOOST_TEST(l.match("other", "12", "[1]") == 0U);
    BOOST_TEST(l.match("text", "12", "[1]") > 0U);
}

BOOST_AUTO_TEST_SUITE_END()
} // namespace json_pattern_test
