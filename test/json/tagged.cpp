// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/json/tagged.hpp>

#include "support/round_trip.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>
#include <variant>

namespace json_tagged_test {

struct circle {
    std::int64_t radius = 0;
    chatwire::raw_members extra{};
    friend bool operator==(circle const&, circle const&) = default;
};

struct square {
    std::int64_t side = 0;
    chatwire::raw_members extra{};
    friend bool operator==(square const&, square const&) = default;
};

using figure = std::variant<circle, square, chatwire::raw_json>;

} // namespace json_tagged_test

namespace chatwire::json {

template <>
struct table<json_tagged_test::circle> {
    static constexpr field fields[] = {constant("type", "circle"), member<&json_tagged_test::circle::radius>("radius")};
};

template <>
struct table<json_tagged_test::square> {
    static constexpr field fields[] = {constant("type", "square"), member<&json_tagged_test::square::side>("side")};
};

template <>
struct codec<json_tagged_test::figure> : codec_base<json_tagged_test::figure> {
    static bool read(cursor& in, json_tagged_test::figure& out) { return read_tagged(in, out); }
    static void write(std::string& out, json_tagged_test::figure const& value) { write_tagged(out, value); }
};

} // namespace chatwire::json

namespace json_tagged_test {

BOOST_AUTO_TEST_SUITE(json_tagged)

using namespace chatwire;

BOOST_AUTO_TEST_CASE(the_type_decides)
{
    support::check_text<figure>(R"({"type":"circle","radius":2})");
    support::check_text<figure>(R"({"type":"square","side":3,"x":[1, 2]})");
    auto const read = [](std::string_view text) { return *json::read<figure>(text); };
    BOOST_TEST((read(R"({"radius":2,"type":"circle"})") == figure(circle{.radius = 2})));
    BOOST_TEST((read(R"({"side":2,"type":"square"})") == figure(square{.side = 2})));
}

BOOST_AUTO_TEST_CASE(what_is_of_another_type_is_kept)
{
    for (std::string_view const text : {R"({"type":"line","length": 1.0})", R"({})", R"({"type":""})", R"({"type":7})",
                                        R"({"type":null,"radius":1})"})
        support::check_text<figure>(text);
}

BOOST_AUTO_TEST_CASE(faults)
{
    BOOST_TEST(support::why_not<figure>(R"({"type":"circle"})") == "missing_member radius: missing");
    BOOST_TEST(support::why_not<figure>(R"({"type":"circle","side":1,"radius":"x"})") ==
               "wrong_type radius: expected an integer");
    BOOST_TEST(support::why_not<figure>("7") == "wrong_type expected an object");
    BOOST_TEST(support::why_not<figure>(R"({"type":"circle",)").starts_with("bad_json"));
}

BOOST_AUTO_TEST_CASE(another_type_into_the_same_object)
{
    figure f = circle{.radius = 5};
    BOOST_TEST(json::read_into(f, R"({"type":"square","side":1})").has_value());
    BOOST_TEST((f == figure(square{.side = 1})));
    BOOST_TEST(json::read_into(f, R"({"type":"line"})").has_value());
    BOOST_TEST(std::get<raw_json>(f).text() == R"({"type":"line"})");
}

BOOST_AUTO_TEST_SUITE_END()
} // namespace json_tagged_test
