// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/json/reader.hpp>
#include <chatwire/json/request.hpp>
#include <chatwire/json/schema.hpp>
#include <chatwire/json/tagged.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
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

// Two of a kind, told apart by a constant.
struct circle {
    double radius = 0;
};
struct square {
    double side = 0;
};
using figure = std::variant<circle, square, raw_json>;

struct drawing {
    figure what{};
    point centre{};
    std::vector<circle> holes{};
    open_enum<colour> paint{};
    std::string note{};
    nullable<open_enum<colour>> trim{};
};

struct labels {
    std::vector<keeper> kept{};
    string_map<std::string> texts{};
};
struct box {
    std::vector<labels> all{};
};
struct open_box {
    std::vector<raw_json> all{};
};
struct nothing {};

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
struct table<json_schema_test::circle> {
    static constexpr field fields[] = {constant("type", "circle"),
                                       member<&json_schema_test::circle::radius>("radius").means("in metres")};
};
template <>
struct table<json_schema_test::square> {
    static constexpr field fields[] = {constant("type", "square"), member<&json_schema_test::square::side>("side")};
};
template <>
struct codec<json_schema_test::figure> : codec_base<json_schema_test::figure> {
    static constexpr json::shape shape() noexcept
    {
        return {.what = json::shape::type::one_of,
                .of = shapes_of<json_schema_test::circle, json_schema_test::square, raw_json>};
    }
    static bool read(cursor& in, json_schema_test::figure& out) { return read_tagged(in, out); }
    static void append(appender& out, json_schema_test::figure const& value) { append_tagged(out, value); }
};
template <>
struct table<json_schema_test::drawing> {
    using d = json_schema_test::drawing;
    static constexpr field fields[] = {
        member<&d::what>("what"),
        member<&d::centre>("centre", presence::optional).means("of mass"),
        member<&d::holes>("holes").means("from the left"),
        member<&d::paint>("paint", presence::optional),
        member<&d::note>("note", presence::optional),
        member<&d::trim>("trim"),
    };
};
template <>
struct table<json_schema_test::labels> {
    using l = json_schema_test::labels;
    static constexpr field fields[] = {member<&l::kept>("kept"), member<&l::texts>("texts")};
};
template <>
struct table<json_schema_test::box> {
    static constexpr field fields[] = {member<&json_schema_test::box::all>("all")};
};
template <>
struct table<json_schema_test::open_box> {
    static constexpr field fields[] = {member<&json_schema_test::open_box::all>("all")};
};
template <>
struct table<json_schema_test::nothing> {
    static constexpr std::span<field const> fields{};
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

BOOST_AUTO_TEST_CASE(a_table_describes_its_members)
{
    BOOST_TEST(text<circle>() ==
               R"({"type":"object","properties":{"type":{"const":"circle"},)"
               R"("radius":{"type":"number","description":"in metres"}},"required":["type","radius"]})");
    auto const other = text<circle>({.descriptions = {{"radius", "in feet"}}});
    BOOST_TEST(count(other, R"("description":"in feet")") == 1U);
    BOOST_TEST(count(other, "metres") == 0U);
}

BOOST_AUTO_TEST_CASE(a_strict_schema_asks_for_everything_and_nothing_else)
{
    // from the API reference: every member is required, what may be missing may be null, nothing else is allowed
    json::schema_options const strict{.strict = true};
    BOOST_TEST(text<point>(strict) ==
               R"({"type":"object","properties":{"x":{"type":"number"},"n":{"type":["integer","null"]},)"
               R"("set":{"type":["boolean","null"]}},"required":["x","n","set"],"additionalProperties":false})");
    BOOST_TEST(text<nothing>(strict) ==
               R"({"type":"object","properties":{},"required":[],"additionalProperties":false})");
    // one name for one thing; and what keeps what it does not know is not to get any
    BOOST_TEST(text<keeper>(strict) ==
               R"({"type":"object","properties":{"kind":{"type":"string"}},"required":["kind"],)"
               R"("additionalProperties":false})");
    auto const d = text<drawing>(strict);
    BOOST_TEST(count(d, "\"additionalProperties\":false") == count(d, "\"type\":\"object\""));
    BOOST_TEST(count(d,
                     R"("what":{"anyOf":[{"type":"object","properties":{"type":{"type":"string","const":"circle"},)"
                     R"("radius":{"type":"number","description":"in metres"}},"required":["type","radius"],)") == 1U);
    BOOST_TEST(count(d, R"(,{"type":"null"}],"description":"of mass"})") == 1U);
    BOOST_TEST(count(d, R"("paint":{"type":["string","null"],"enum":["red","blue",null]})") == 1U);
    BOOST_TEST(count(d, R"("note":{"type":["string","null"]})") == 1U);
    BOOST_TEST(count(d, R"("trim":{"type":["string","null"],"enum":["red","blue",null]})") == 1U);
    BOOST_TEST(count(d, R"("required":["what","centre","holes","paint","note","trim"])") == 1U);
    BOOST_TEST(count(d, "{}") == 0U);
}

BOOST_AUTO_TEST_CASE(nothing_stands_beside_a_reference_of_a_strict_schema)
{
    json::schema_options o{.definitions = true, .strict = true, .descriptions = {{"oldest", "of all"}}};
    BOOST_TEST(count(text<forest>(o), R"("oldest":{"anyOf":[{"$ref":"#/$defs/tree"}],"description":"of all"})") == 1U);
    o.strict = false;
    BOOST_TEST(count(text<forest>(o), R"("oldest":{"$ref":"#/$defs/tree","description":"of all"})") == 1U);
}

BOOST_AUTO_TEST_CASE(strict_schemas_cannot_say_everything)
{
    auto const fault = []<class T>(T const&) {
        auto const r = json::check_strict(json::shape_of<T>);
        if (!r)
            BOOST_TEST((r.error().code == errc::invalid_argument));
        return r ? std::string() : r.error().param + " | " + r.error().message;
    };
    BOOST_TEST(fault(point{}) == "");
    BOOST_TEST(fault(drawing{}) == "");
    BOOST_TEST(fault(keeper{}) == "");
    BOOST_TEST(fault(nothing{}) == "");
    BOOST_TEST(fault(everything{}) == "texts | texts: a strict schema cannot say a map");
    BOOST_TEST(fault(box{}) == "all[].texts | all[].texts: a strict schema cannot say a map");
    BOOST_TEST(fault(open_box{}) == "all[] | all[]: a strict schema cannot say a value of any type");
    BOOST_TEST(fault(std::vector<point>{}) == " | a strict schema has to be one of an object");
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
