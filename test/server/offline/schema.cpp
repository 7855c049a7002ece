// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/json/reader.hpp>
#include <chatwire/json/value.hpp>
#include <chatwire/server/offline/schema.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/test/unit_test.hpp>

#include <string>

BOOST_AUTO_TEST_SUITE(server_offline_schema)
namespace server_offline_schema_cases {

using namespace chatwire::offline;
using chatwire::raw_json;

std::string arguments(std::string const& schema, std::string_view said, facts const* known = nullptr)
{
    std::string out;
    for (auto const& a : fill_arguments(chatwire::json::parse_raw(schema).value(),
                                        {.said = said, .known = known, .sparse = true, .only_values = true}))
        out += a;
    return out;
}

std::string instance(std::string const& schema, std::string_view said = {}, std::string_view answer = "Yes.",
                     facts const* known = nullptr)
{
    return fill_schema(chatwire::json::parse_raw(schema).value(), {.said = said, .answer = answer, .known = known});
}

constexpr char const* city = R"({"type":"object","properties":{"city":{"type":"string"},"days":{"type":"integer"},
    "unit":{"enum":["celsius","fahrenheit"]},"detailed":{"type":"boolean"}},"required":["city"]})";

BOOST_AUTO_TEST_CASE(arguments_by_name_by_place_and_by_kind)
{
    struct {
        char const* said;
        char const* expected;
    } const cases[] = {
        {"city=Paris", R"({"city":"Paris"})"},
        {"with city = \"New York\"", R"({"city":"New York"})"},
        {"city: New York, days: 3", R"({"city":"New York","days":3})"},
        {"city=New York days=3", R"({"city":"New York","days":3})"},
        {"days=3 and city=Rome.", R"({"city":"Rome","days":3})"},
        {"for Paris", R"({"city":"Paris"})"},
        {"for the city of Paris", R"({"city":"Paris"})"},
        {"with city Paris", R"({"city":"Paris"})"},
        {"in Paris in celsius", R"({"city":"Paris","unit":"celsius"})"},
        {"in San Francisco, please", R"({"city":"San Francisco"})"},
        {"for 'New Delhi' and 5 days", R"({"city":"New Delhi","days":5})"},
        {"in Paris with detailed=true", R"({"city":"Paris","detailed":true})"},
        {"in Paris with detailed=no", R"({"city":"Paris","detailed":false})"},
        {"in Paris, Fahrenheit", R"({"city":"Paris","unit":"fahrenheit"})"},
        {"town=Paris", R"({"city":"Paris"})"},
        {R"({"city":"Paris","days":"4"})", R"({"city":"Paris","days":4})"},
        {R"(with {"city": "a \"b\"", "other": 1} please)", R"({"city":"a \"b\""})"},
        {"Paris", R"({"city":"Paris"})"},
        {"", R"({"city":""})"},
        {"in Paris and London", R"({"city":"Paris"}{"city":"London"})"},
        {"in Paris, Lyon and Rome", R"({"city":"Paris"}{"city":"Lyon"}{"city":"Rome"})"},
        {"for Trinidad and tobacco", R"({"city":"Trinidad"})"},
        {"in \"Paris and London\"", R"({"city":"Paris and London"})"},
    };
    for (auto const& c : cases)
        BOOST_TEST(arguments(city, c.said) == c.expected, c.said << " -> " << arguments(city, c.said));
}

BOOST_AUTO_TEST_CASE(arguments_of_other_schemas)
{
    BOOST_TEST(arguments("{}", "whatever") == "{}");
    BOOST_TEST(arguments("null", "whatever") == "{}");
    BOOST_TEST(arguments("[]", "whatever") == "{}");
    BOOST_TEST(arguments("{}", R"(with {"a": [1]})") == R"({"a":[1]})");
    BOOST_TEST(arguments(R"({"properties":{"q":{"type":"string"}}})", "blue shoes") == R"({"q":"blue shoes"})");
    auto const trip = R"({"properties":{"from":{"type":"string"},"to":{"type":"string"}},"required":["from","to"]})";
    BOOST_TEST(arguments(trip, "to Rome from Oslo") == R"({"from":"Oslo","to":"Rome"})");
    auto const sum = R"({"properties":{"a":{"type":"number"},"b":{"type":"number"}},"required":["a","b"]})";
    BOOST_TEST(arguments(sum, "2.5 and -3") == R"({"a":2.5,"b":-3})");
    BOOST_TEST(arguments(sum, "b=7, a=1") == R"({"a":1,"b":7})");
    BOOST_TEST(arguments(sum, "nothing") == R"({"a":0,"b":0})");
    auto const list = R"({"properties":{"tags":{"type":"array","items":{"type":"string"}}},"required":["tags"]})";
    BOOST_TEST(arguments(list, "tags=[\"a\",\"b\"]") == R"({"tags":["a","b"]})");
    BOOST_TEST(arguments(list, "for red and blue") != "");
    auto const limited = R"({"properties":{"n":{"type":"integer","minimum":1,"maximum":10}},"required":["n"]})";
    BOOST_TEST(arguments(limited, "n=99") == R"({"n":10})");
    BOOST_TEST(arguments(limited, "n=x") == R"({"n":1})");
}

BOOST_AUTO_TEST_CASE(a_known_city_is_used_where_none_is_said)
{
    facts known;
    known.read_instruction("The user's city is Lisbon.");
    BOOST_TEST(arguments(city, "", &known) == R"({"city":"Lisbon"})");
    BOOST_TEST(arguments(city, "in Paris", &known) == R"({"city":"Paris"})");
}

BOOST_AUTO_TEST_CASE(instances)
{
    struct {
        char const* schema;
        char const* expected;
    } const cases[] = {
        {"{}", R"({"answer":"Yes."})"},
        {"true", "null"},
        {R"({"type":"object","properties":{}})", "{}"},
        {R"({"type":"object","properties":{"text":{"type":"string"}}})", R"({"text":"Yes."})"},
        {R"({"properties":{"a":{"type":"number"},"b":{"type":"integer"},"c":{"type":"boolean"},"d":{"type":"null"}}})",
         R"({"a":0,"b":0,"c":false,"d":null})"},
        {R"({"properties":{"a":{"type":["string","null"]}}})", R"({"a":"Yes."})"},
        {R"({"properties":{"a":{"enum":["x","y"]},"b":{"const":7},"c":{"type":"string","default":"z"}}})",
         R"({"a":"x","b":7,"c":"z"})"},
        {R"({"properties":{"a":{"type":"integer","minimum":3},"b":{"type":"number","exclusiveMaximum":0},
             "c":{"type":"integer","exclusiveMinimum":5},"d":{"type":"integer","minimum":7,"multipleOf":5}}})",
         R"({"a":3,"b":-0.5,"c":6,"d":10})"},
        {R"({"properties":{"list":{"type":"array","items":{"type":"integer"},"minItems":2}}})", R"({"list":[0,0]})"},
        {R"({"properties":{"list":{"type":"array","items":{"type":"integer"},"maxItems":0}}})", R"({"list":[]})"},
        {R"({"properties":{"a":{"anyOf":[{"type":"null"},{"type":"integer"}]}}})", R"({"a":0})"},
        {R"({"properties":{"a":{"oneOf":[{"type":"boolean"},{"type":"integer"}]}}})", R"({"a":false})"},
        {R"({"properties":{"a":{"$ref":"#/$defs/n"}},"$defs":{"n":{"type":"integer"}}})", R"({"a":0})"},
        {R"({"properties":{"text":{"type":"string","maxLength":2}}})", R"({"text":"Ye"})"},
        {R"({"properties":{"text":{"type":"string","minLength":6}}})", R"({"text":"Yes..."})"},
        {R"({"properties":{"day":{"type":"string","format":"date"}}})", R"({"day":"2000-01-01"})"},
    };
    for (auto const& c : cases)
        BOOST_TEST(instance(c.schema) == c.expected, c.schema << " -> " << instance(c.schema));
}

BOOST_AUTO_TEST_CASE(instances_of_what_is_known)
{
    facts known;
    known.read_instruction("The user's plan is gold. The user's age is 36.");
    auto const schema =
        R"({"properties":{"plan":{"type":"string"},"age":{"type":"integer"},"reply":{"type":"string"}}})";
    BOOST_TEST(instance(schema, "", "Good.", &known) == R"({"plan":"gold","age":36,"reply":"Good."})");
    BOOST_TEST(instance(schema, "plan=silver", "Good.", &known) == R"({"plan":"silver","age":36,"reply":"Good."})");
}

// Schemas that refer to themselves, or ask for more than anybody wants, come to an end.
BOOST_AUTO_TEST_CASE(bounds)
{
    auto const tree =
        R"({"$ref":"#/$defs/node","$defs":{"node":{"type":"object","properties":{"child":{"$ref":"#/$defs/node"},
        "other":{"$ref":"#/$defs/node"}},"required":["child","other"]}}})";
    auto const out = instance(tree);
    BOOST_TEST(out.size() < 200000u);
    BOOST_TEST(chatwire::json::parse_raw(out).has_value());
    BOOST_TEST(instance(R"({"$ref":"#"})") != "");
    BOOST_TEST(instance(R"({"properties":{"a":{"$ref":"#/properties/b"},"b":{"$ref":"#/properties/a"}}})") != "");
    BOOST_TEST(instance(R"({"$ref":"elsewhere"})") != "");
    BOOST_TEST(instance(R"({"properties":{"a":{"type":"string","minLength":1e300}}})").size() < 1000u);
    BOOST_TEST(instance(R"({"properties":{"a":{"type":"array","items":{"type":"array","items":{"type":"integer"},
        "minItems":100000},"minItems":100000}}})")
                   .size() < 200000u);
    BOOST_TEST(instance(R"({"properties":7,"required":"a","type":[1,2],"enum":[],"anyOf":[3]})") != "");
    BOOST_TEST(
        instance(R"({"properties":{"a":{"type":"integer","multipleOf":0},"b":{"type":"number","maximum":1e308}}})") !=
        "");
}

} // namespace server_offline_schema_cases
BOOST_AUTO_TEST_SUITE_END()
