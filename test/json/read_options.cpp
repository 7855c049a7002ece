// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/json/read_options.hpp>

#include "support/read.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace json_read_options_test {

struct point {
    std::int64_t x = 0;
    std::optional<std::string> label{};
};

} // namespace json_read_options_test

template <>
struct chatwire::json::table<json_read_options_test::point> {
    using p = json_read_options_test::point;
    static constexpr field fields[] = {member<&p::x>("x"), member<&p::label>("label", presence::optional)};
};

namespace json_read_options_test {

BOOST_AUTO_TEST_SUITE(json_read_options)

using namespace chatwire;

// What is a deviation for each kind of reader: `-` refused, otherwise the diagnostics.
BOOST_AUTO_TEST_CASE(three_kinds_of_reader)
{
    struct {
        std::string_view text, request, answer;
    } const cases[] = {
        {R"({"x":1,"label":"a"})", "", ""},
        {R"({"x":1.0})", "float_number", "float_number"},
        {R"({"x":"1"})", "number_in_string", "number_in_string"},
        {R"({"x":1,"label":null})", "null_member", "null_member"},
        {R"({"x":1,"label":"\ud83d"})", "lone_surrogate", "lone_surrogate"},
        {R"({"x":1,"x":2})", "duplicate_member", "duplicate_member"},
        {R"({"x":1,"y":2})", "unknown_member", "unknown_member"},
        {"\xEF\xBB\xBF{\"x\":1}", "byte_order_mark", "byte_order_mark"},
        {R"({"x":1.5})", "-", "float_number"},
        {R"({"x":null})", "-", "null_member"},
        {R"({})", "-", "missing_member"},
        {R"({"x":1,"label":7})", "-", "number_for_string"},
        {"{\"x\":1,\"label\":\"\xFF\"}", "-", "bad_utf8"},
        {R"({"x":"one"})", "-", "-"},
        {R"({"x":[]})", "-", "-"},
        {R"({"x":true})", "-", "-"},
        {R"({"x":1,"label":[]})", "-", "-"},
        {R"({"x":1,})", "-", "-"},
    };
    for (auto const& c : cases)
        for (bool const answer : {false, true})
            for (bool const strict : {false, true}) {
                auto o = answer ? json::read_options::for_answers() : json::read_options();
                o.strict = strict;
                diagnostics log;
                auto const r = json::read<point>(c.text, &log, o);
                auto const expected = answer ? c.answer : c.request;
                if (expected == "-" || (strict && !expected.empty())) {
                    BOOST_TEST(!r.has_value(), c.text << answer << strict);
                } else {
                    BOOST_TEST(r.has_value(), c.text << answer << strict);
                    BOOST_TEST(support::codes(log) == expected, c.text << answer << strict);
                }
            }
}

BOOST_AUTO_TEST_CASE(bytes_that_are_not_utf8)
{
    std::string_view const text = "\"a\xC3z\"";
    json::read_options o;
    BOOST_TEST(json::read<std::string>(text, nullptr, o).error().message == "invalid UTF-8 at byte 2");
    o.invalid_utf8 = json::invalid_utf8::replace;
    BOOST_TEST(*json::read<std::string>(text, nullptr, o) == "a\xEF\xBF\xBDz");
    o.invalid_utf8 = json::invalid_utf8::keep;
    BOOST_TEST(*json::read<std::string>(text, nullptr, o) == "a\xC3z");
    // raw text is UTF-8 whatever is asked for
    BOOST_TEST(json::read<raw_json>(text, nullptr, o)->text() == "\"a\xEF\xBF\xBDz\"");
    o.strict = true;
    BOOST_TEST((json::read<std::string>(text, nullptr, o).error().code == errc::bad_utf8));
}

BOOST_AUTO_TEST_CASE(offsets_count_from_where_the_text_was_taken)
{
    json::read_options o;
    o.offset = 1000;
    diagnostics log;
    BOOST_TEST(json::read<point>(R"({"x":1.0})", &log, o).has_value());
    BOOST_TEST((log.kept().at(0) == diagnostic{"float_number", 1005, "1.0}"}));
}

BOOST_AUTO_TEST_SUITE_END()
} // namespace json_read_options_test
