// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/json/check.hpp>
#include <chatwire/json/message.hpp>
#include <chatwire/json/reader.hpp>
#include <chatwire/json/request.hpp>

#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace json_check_test {

struct leaf {
    std::string name{};
    std::optional<std::int64_t> size{};
    chatwire::nullable<bool> flag{};
};
struct tree {
    std::string id{};
    std::vector<leaf> leaves{};
    chatwire::string_map<double> weights{};
    std::optional<leaf> best{};
    std::optional<chatwire::raw_json> any{};
};
struct open_tree {
    std::string id{};
    chatwire::raw_members extra{};
};

} // namespace json_check_test

namespace chatwire::json {

template <>
struct table<json_check_test::leaf> {
    using t = json_check_test::leaf;
    static constexpr field fields[] = {member<&t::name>("name"), member<&t::size>("size", presence::optional),
                                       member<&t::flag>("flag", presence::optional)};
};
template <>
struct table<json_check_test::tree> {
    using t = json_check_test::tree;
    static constexpr field fields[] = {member<&t::id>("id"),
                                       alias<&t::id>("name"),
                                       member<&t::leaves>("leaves"),
                                       member<&t::weights>("weights", presence::optional),
                                       member<&t::best>("best", presence::written),
                                       member<&t::any>("any", presence::optional)};
};
template <>
struct table<json_check_test::open_tree> {
    static constexpr field fields[] = {member<&json_check_test::open_tree::id>("id")};
};

} // namespace chatwire::json

BOOST_AUTO_TEST_SUITE(json_check)

namespace json_check_test {

using namespace chatwire;
using ::json_check_test::leaf;
using ::json_check_test::open_tree;
using ::json_check_test::tree;

template <class T>
std::string faults(std::string_view text)
{
    auto const found = json::check<T>(text);
    return found ? json::to_text(*found) : "failure: " + found.error().message;
}

BOOST_AUTO_TEST_CASE(a_document_that_has_the_shape_has_no_faults)
{
    BOOST_TEST(faults<tree>(R"({"id":"t","leaves":[]})").empty());
    BOOST_TEST(faults<tree>(R"({"name":"t","leaves":[{"name":"a","size":3,"flag":null}],
                                "weights":{"x":1,"y":0.5},"best":null,"any":[{"a":null},7]})")
                   .empty());
    BOOST_TEST(faults<open_tree>(R"({"id":"t","whatever":[1]})").empty());
}

BOOST_AUTO_TEST_CASE(every_fault_is_named_with_its_path)
{
    BOOST_TEST(faults<tree>(R"({"leaves":[{"nme":1,"size":1.5},7,{"name":null,"name":"b"}],"weights":{"x":"heavy"},
                                "best":{"name":[],"flag":"yes"},"extra":{"deep":[1]}})") ==
               "leaves[0].nme: no such member\n"
               "leaves[0].size: expected an integer\n"
               "leaves[0].name: is missing\n"
               "leaves[1]: expected an object\n"
               "leaves[2].name: must not be null\n"
               "leaves[2].name: stands twice\n"
               "weights.x: expected a number\n"
               "best.name: expected a string\n"
               "best.flag: expected true or false\n"
               "extra: no such member\n"
               "id: is missing");
    BOOST_TEST(faults<tree>("[]") == "document: expected an object");
    BOOST_TEST(faults<tree>("null") == "document: expected an object");
}

BOOST_AUTO_TEST_CASE(members_that_stand_twice_are_found_where_any_value_may_stand)
{
    BOOST_TEST(faults<raw_json>(R"({"a":{"b":1,"c":[{"d":1,"d":2}],"b":3}})") ==
               "a.c[0].d: stands twice\na.b: stands twice");
    // an escape does not hide it
    BOOST_TEST(faults<raw_json>("{\"ab\":1,\"a\\u0062\":2}") == "ab: stands twice");
}

BOOST_AUTO_TEST_CASE(of_several_shapes_the_nearest_counts)
{
    BOOST_TEST(faults<content>(R"("text")").empty());
    BOOST_TEST(faults<content>(R"([{"type":"text","text":"a"}])").empty());
    BOOST_TEST(faults<content>("7") == "document: expected a string or an array");
}

BOOST_AUTO_TEST_CASE(what_is_no_json_is_a_failure_with_the_position)
{
    for (std::string_view text :
         {"", "{", R"({"id":"t" "leaves":[]})", R"({"id":"t","leaves":[]}x)", "{\"id\":\"\xff\"}"}) {
        auto const found = json::check<tree>(text);
        BOOST_TEST_REQUIRE(!found);
        BOOST_TEST(found.error().message.find("byte") != std::string::npos, found.error().message);
        BOOST_TEST(!json::read<tree>(text));
    }
    // too deep to be looked at
    BOOST_TEST(!json::check<raw_json>(std::string(100'000, '[')));
}

// Whatever a reader refuses that is JSON has a fault, and what it takes has none.
BOOST_AUTO_TEST_CASE(agrees_with_the_reader)
{
    json::read_options strict;
    strict.strict = true;
    std::vector<std::string> const values = {
        "null", "true", "7", "7.5", "\"s\"", "[]", "{}", R"({"name":"a"})", R"([{"name":"a"}])"};
    std::vector<std::string> const names = {"id", "name", "leaves", "weights", "best", "any", "other"};
    for (auto const& n : names)
        for (auto const& v : values) {
            for (std::string const before : {R"("id":"t","leaves":[],)", R"("id":"t",)", ""}) {
                auto const text = '{' + before + '"' + n + "\":" + v + '}';
                bool const alias_or_twice = before.find('"' + n + '"') != before.npos || n == "name";
                if (!alias_or_twice)
                    BOOST_TEST(faults<tree>(text).empty() == json::read<tree>(text, nullptr, strict).has_value(), text);
            }
        }
}

} // namespace json_check_test

BOOST_AUTO_TEST_SUITE_END()
