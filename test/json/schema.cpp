// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/json/reader.hpp>
#include <chatwire/json/request.hpp>
#include <chatwire/json/schema.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace json_schema_test {

using namespace chatwire;

enum class colour : unsigned char { red, blue };
inline constexpr std::string_view colour_names[] = {"red", "blue"};
constexpr std::span<std::string_view const> enum_names(colour) noexcept { return colour_names; }

struct point {
    double x = 0;
    std::int64_t n = 0;
    bool set = false;
};

struct everything {
    std::string name{};
    nullable<std::string> note{};
    std::optional<point> at{};
    nullable<point> beside{};
    open_enum<colour> paint{};
    nullable<open_enum<colour>> trim{};
    std::vector<point> all{};
    string_map<std::string> texts{};
    raw_json any{};
    std::optional<std::string> old{};
};

// Keeps what it does not know.
struct keeper {
    std::string kind{};
    raw_members extra{};
};

struct tree {
    std::string label{};
};

struct forest {
    tree oldest{};
    std::optional<keeper> keeper_{};
    std::vector<keeper> others{};
};

// Two types of one name.
namespace elsewhere {
struct point {
    std::string text{};
};
} // namespace elsewhere

struct both {
    point one{};
    elsewhere::point other{};
};

} // namespace json_schema_test

namespace chatwire::json {

template <>
struct table<json_schema_test::point> {
    using p = json_schema_test::point;
    static constexpr field fields[] = {member<&p::x>("x"), member<&p::n>("n", presence::optional),
                                       member<&p::set>("set", presence::optional)};
};
template <>
struct table<json_schema_test::everything> {
    using e = json_schema_test::everything;
    static constexpr field fields[] = {
        constant("type", "thing"),
        member<&e::name>("name"),
        member<&e::note>("note", presence::nullable),
        member<&e::at>("at", presence::optional),
        member<&e::beside>("beside", presence::optional),
        member<&e::paint>("paint", presence::optional),
        member<&e::trim>("trim", presence::optional),
        member<&e::all>("all", presence::optional),
        member<&e::texts>("texts", presence::optional),
        member<&e::any>("any", presence::optional),
        member<&e::old>("old", presence::written),
    };
};
template <>
struct table<json_schema_test::keeper> {
    static constexpr field fields[] = {
        member<&json_schema_test::keeper::kind>("kind"),
        alias<&json_schema_test::keeper::kind>("sort"),
    };
};
template <>
struct table<json_schema_test::tree> {
    static constexpr field fields[] = {member<&json_schema_test::tree::label>("label")};
};
template <>
struct table<json_schema_test::forest> {
    using f = json_schema_test::forest;
    static constexpr field fields[] = {member<&f::oldest>("oldest"), member<&f::keeper_>("keeper", presence::optional),
                                       member<&f::others>("others", presence::optional)};
};
template <>
struct table<json_schema_test::elsewhere::point> {
    static constexpr field fields[] = {member<&json_schema_test::elsewhere::point::text>("text")};
};
template <>
struct table<json_schema_test::both> {
    using b = json_schema_test::both;
    static constexpr field fields[] = {member<&b::one>("one"), member<&b::other>("other")};
};

} // namespace chatwire::json

BOOST_AUTO_TEST_SUITE(json_schema)

namespace json_schema_test {

using namespace chatwire;
using namespace ::json_schema_test;

template <class T>
std::string text(json::schema_options const& o = {})
{
    auto const s = json::schema_of<T>(o);
    BOOST_TEST(json::parse_raw(s.text()).has_value(), s.text());
    return std::string(s.text());
}

std::size_t count(std::string_view text, std::string_view what)
{
    std::size_t n = 0;
    for (std::size_t at = 0; (at = text.find(what, at)) != text.npos; at += what.size())
        ++n;
    return n;
}

BOOST_AUTO_TEST_CASE(a_table_says_it_all)
{
    std::string const at = R"({"type":"object","properties":{"x":{"type":"number"},"n":{"type":"integer"},)"
                           R"("set":{"type":"boolean"}},"required":["x"]})";
    BOOST_TEST(text<point>() == at);
    BOOST_TEST(text<everything>() ==
               R"({"type":"object","properties":{"type":{"const":"thing"},"name":{"type":"string"},)"
               R"("note":{"type":["string","null"]},"at":)" +
                   at + R"(,"beside":{"anyOf":[)" + at +
                   R"(,{"type":"null"}]},"paint":{"type":"string","examples":["red","blue"]},)"
                   R"("trim":{"type":["string","null"],"examples":["red","blue"]},)"
                   R"("all":{"type":"array","items":)" +
                   at +
                   R"(},"texts":{"type":"object","additionalProperties":{"type":"string"}},"any":{},)"
                   R"("old":{"type":["string","null"]}},"required":["type","name","note"]})");
}

BOOST_AUTO_TEST_CASE(no_member_is_told_of_by_a_scalar)
{
    BOOST_TEST(text<std::string>() == R"({"type":"string"})");
    BOOST_TEST(text<std::vector<std::int64_t>>() == R"({"type":"array","items":{"type":"integer"}})");
    BOOST_TEST(text<raw_json>() == "{}");
}

BOOST_AUTO_TEST_CASE(closed_refuses_what_would_be_dropped)
{
    BOOST_TEST(text<point>({.closed = true}).ends_with(R"("required":["x"],"additionalProperties":false})"));
    // what keeps unknown members takes them; and of two names for one thing, neither has to be there
    BOOST_TEST(text<keeper>({.closed = true}) ==
               R"({"type":"object","properties":{"kind":{"type":"string"},"sort":{"type":"string"}}})");
    auto const words = text<everything>({.closed_words = true});
    BOOST_TEST(count(words, R"("paint":{"type":"string","enum":["red","blue"]})") == 1U);
    BOOST_TEST(count(words, R"("trim":{"type":["string","null"],"enum":["red","blue",null]})") == 1U);
    BOOST_TEST(count(words, "examples") == 0U);
    // alternatives of any shape only stand for what is not known
    auto const open = text<content>(), closed = text<content>({.closed = true});
    BOOST_TEST(count(open, ",{}]") == 1U);
    BOOST_TEST(count(closed, "{}") == 0U);
}

BOOST_AUTO_TEST_CASE(definitions_have_the_names_of_types)
{
    auto const s = text<forest>({.definitions = true});
    BOOST_TEST(count(s, R"({"$ref":"#/$defs/keeper"})") == 2U);
    BOOST_TEST(count(s, R"("keeper":{"type":"object")") == 1U);
    BOOST_TEST(s.starts_with(R"({"type":"object")"));
    auto const b = text<both>({.definitions = true});
    BOOST_TEST(count(b, R"("one":{"$ref":"#/$defs/point"},"other":{"$ref":"#/$defs/point_2"})") == 1U);
    BOOST_TEST(count(b, R"("point_2":{"type":"object","properties":{"text")") == 1U);
}

BOOST_AUTO_TEST_CASE(members_are_described_by_the_way_to_them)
{
    auto const s = text<everything>({.descriptions = {{"name", "Its \"name\""},
                                                      {"at.x", "from the left"},
                                                      {"all", "every one"},
                                                      {"any", "whatever"},
                                                      {"all.n", "a count"},
                                                      {"nothing.there", "unused"}}});
    BOOST_TEST(count(s, R"("name":{"type":"string","description":"Its \"name\""})") == 1U);
    BOOST_TEST(count(s, R"("x":{"type":"number","description":"from the left"})") == 1U);
    BOOST_TEST(count(s, R"("n":{"type":"integer","description":"a count"})") == 1U);
    BOOST_TEST(count(s, R"(,"description":"every one"})") == 1U);
    BOOST_TEST(count(s, R"("any":{"description":"whatever"})") == 1U);
    BOOST_TEST(count(s, "unused") == 0U);
    auto const d = text<forest>({.definitions = true, .descriptions = {{"tree.label", "its name"}}});
    BOOST_TEST(count(d, R"("label":{"type":"string","description":"its name"})") == 1U);
}

BOOST_AUTO_TEST_CASE(the_protocols_own_types_have_schemas)
{
    for (bool definitions : {false, true})
        for (bool closed : {false, true}) {
            auto const s = text<request>({.closed = closed, .definitions = definitions});
            BOOST_TEST(count(s, R"("messages":{"type":"array")") == 1U);
            BOOST_TEST((s.find("$ref") != s.npos) == definitions);
        }
}

} // namespace json_schema_test
BOOST_AUTO_TEST_SUITE_END()
