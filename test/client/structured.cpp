// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/client/structured.hpp>

#include <chatwire/json/request.hpp>
#include <chatwire/json/writer.hpp>

#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace client_structured_test {

enum class size : unsigned char { small, large };
inline constexpr std::string_view size_names[] = {"small", "large"};
constexpr std::span<std::string_view const> enum_names(size) noexcept { return size_names; }

struct step {
    std::string text{};
    std::optional<std::int64_t> minutes{};
};

struct recipe {
    std::string title{};
    std::vector<step> steps{};
    chatwire::open_enum<size> portion{};
};

struct dictionary {
    chatwire::string_map<std::string> words{};
};

struct a_type_whose_name_is_longer_than_any_service_wants_the_name_of_a_schema_to_be {};

} // namespace client_structured_test

namespace chatwire::json {

template <>
struct table<client_structured_test::step> {
    using s = client_structured_test::step;
    static constexpr field fields[] = {member<&s::text>("text"), member<&s::minutes>("minutes", presence::optional)};
};
template <>
struct table<client_structured_test::recipe> {
    using r = client_structured_test::recipe;
    static constexpr field fields[] = {member<&r::title>("title"), member<&r::steps>("steps"),
                                       member<&r::portion>("portion", presence::optional)};
};
template <>
struct table<client_structured_test::dictionary> {
    static constexpr field fields[] = {member<&client_structured_test::dictionary::words>("words")};
};
template <>
struct table<client_structured_test::a_type_whose_name_is_longer_than_any_service_wants_the_name_of_a_schema_to_be> {
    static constexpr std::span<field const> fields{};
};

} // namespace chatwire::json

BOOST_AUTO_TEST_SUITE(client_structured)

namespace client_structured_test {

using namespace chatwire;
using namespace ::client_structured_test;

BOOST_AUTO_TEST_CASE(a_request_asks_for_a_type)
{
    request r{.model = "m", .messages = {message::user("Tea?")}};
    BOOST_TEST(ask_for<recipe>(r).has_value());
    BOOST_TEST(json::to_text(r) ==
               R"({"model":"m","messages":[{"role":"user","content":"Tea?"}],"response_format":{"type":"json_schema",)"
               R"("json_schema":{"name":"recipe","schema":{"type":"object","properties":{"title":{"type":"string"},)"
               R"("steps":{"type":"array","items":{"type":"object","properties":{"text":{"type":"string"},)"
               R"("minutes":{"type":["integer","null"]}},"required":["text","minutes"],"additionalProperties":false}},)"
               R"("portion":{"type":["string","null"],"enum":["small","large",null]}},)"
               R"("required":["title","steps","portion"],"additionalProperties":false},"strict":true}}})");
}

BOOST_AUTO_TEST_CASE(what_a_request_says_of_the_schema_stays)
{
    request r{.response_format = response_format::schema({.name = "dish", .description = "How to cook it"})};
    BOOST_TEST(ask_for<recipe>(r).has_value());
    BOOST_TEST(r.response_format->json_schema->name == "dish");
    BOOST_TEST(r.response_format->json_schema->description.value() == "How to cook it");
    BOOST_TEST((r.response_format->json_schema->strict == true));

    // another format gives way
    r.response_format = response_format{.type = response_format_type::json_object};
    BOOST_TEST(ask_for<recipe>(r).has_value());
    BOOST_TEST((r.response_format->type == response_format_type::json_schema));
    BOOST_TEST(r.response_format->json_schema->name == "recipe");
}

BOOST_AUTO_TEST_CASE(names_are_as_long_as_they_may_be)
{
    request r;
    BOOST_TEST((ask_for<a_type_whose_name_is_longer_than_any_service_wants_the_name_of_a_schema_to_be>(r).has_value()));
    BOOST_TEST(r.response_format->json_schema->name ==
               "a_type_whose_name_is_longer_than_any_service_wants_the_name_of_a");
}

BOOST_AUTO_TEST_CASE(what_no_strict_schema_can_say_is_asked_for_when_it_need_not_be_one)
{
    request const before{.model = "m"};
    auto r = before;
    auto const refused = ask_for<dictionary>(r);
    BOOST_REQUIRE(!refused);
    BOOST_TEST((refused.error().code == errc::invalid_argument));
    BOOST_TEST(refused.error().param == "words");
    BOOST_TEST((r == before));

    //[loose
    r.response_format = chatwire::response_format::schema({.strict = false});
    //]
    BOOST_TEST(ask_for<dictionary>(r).has_value());
    auto const& format = *r.response_format->json_schema;
    BOOST_TEST(format.name == "dictionary");
    BOOST_TEST((format.strict == false));
    BOOST_TEST(format.schema->text() ==
               R"({"type":"object","properties":{"words":{"type":"object","additionalProperties":{"type":"string"}}},)"
               R"("required":["words"],"additionalProperties":false})");
}

completion says(std::string text, finish_reason why = finish_reason::stop)
{
    return {.id = "c", .choices = {{.message = message::assistant(std::move(text)), .finish_reason = why}}};
}

std::string const tea = R"({"title":"Tea","steps":[{"text":"Boil","minutes":3},{"text":"Wait","minutes":null}],)"
                        R"("portion":"large"})";

BOOST_AUTO_TEST_CASE(an_answer_is_read)
{
    auto const r = read_structured<recipe>(says(tea));
    BOOST_REQUIRE(r);
    BOOST_TEST(r->value.title == "Tea");
    BOOST_REQUIRE(r->value.steps.size() == 2u);
    BOOST_TEST(r->value.steps[0].minutes.value() == 3);
    BOOST_TEST(!r->value.steps[1].minutes);
    BOOST_TEST((r->value.portion == size::large));
    BOOST_TEST(r->completion.id == "c");

    // nothing holds a model to a schema that is not strict
    auto const loose = read_structured<recipe>(says(R"( {"title":"Tea","steps":[],"portion":"huge","more":1} )"));
    BOOST_REQUIRE(loose);
    BOOST_TEST((loose->value.portion == "huge"));

    // of each choice by itself
    auto several = says("Tea, I suppose");
    several.choices.push_back({.index = 1, .message = message::assistant(content{text_part{.text = tea}})});
    BOOST_TEST(!read_structured<recipe>(several));
    BOOST_TEST(read_structured<recipe>(several.choices[1]).value().title == "Tea");
}

template <class R>
failure failed(R const& r)
{
    BOOST_TEST_REQUIRE(!r);
    return r.error();
}

BOOST_AUTO_TEST_CASE(an_answer_that_is_none_says_why)
{
    auto c = says("");
    c.choices[0].message.refusal = "I cannot help with that.";
    auto f = failed(read_structured<recipe>(c));
    BOOST_TEST((f.code == errc::declined));
    BOOST_TEST((f.code == condition::api_refusal));
    BOOST_TEST(f.message == "I cannot help with that.");

    c.choices[0].message = message::assistant(content{refusal_part{.refusal = "Not "}, refusal_part{.refusal = "me."}});
    f = failed(read_structured<recipe>(c));
    BOOST_TEST((f.code == errc::declined));
    BOOST_TEST(f.message == "Not me.");

    f = failed(read_structured<recipe>(says(tea.substr(0, 20), finish_reason::length)));
    BOOST_TEST((f.code == errc::token_limit));
    BOOST_TEST((f.code == condition::limit));

    f = failed(read_structured<recipe>(says(tea, finish_reason::content_filter)));
    BOOST_TEST((f.code == errc::filtered));
    BOOST_TEST((f.code == condition::api_refusal));

    f = failed(read_structured<recipe>(completion{}));
    BOOST_TEST((f.code == errc::mismatch));
    f = failed(read_structured<recipe>(says("")));
    BOOST_TEST((f.code == errc::mismatch));
    BOOST_TEST(f.message == "the answer is empty");
    c = says("", finish_reason::tool_calls);
    c.choices[0].message.tool_calls.push_back({.id = "x"});
    f = failed(read_structured<recipe>(c));
    BOOST_TEST((f.code == errc::mismatch));
    BOOST_TEST(f.message == "the model calls a tool in place of an answer");

    // many services write it always
    c = says(tea);
    c.choices[0].message.refusal = "";
    BOOST_TEST(read_structured<recipe>(c).has_value());
    c.choices[0].message.refusal = nullptr;
    BOOST_TEST(read_structured<recipe>(c).has_value());
}

BOOST_AUTO_TEST_CASE(an_answer_of_another_type_says_where)
{
    struct {
        char const* text;
        char const* path;
        char const* message;
    } const all[] = {
        {R"({"title":"Tea","steps":[{"text":"Boil"},{"text":7}]})", "steps[1].text",
         "steps[1].text: expected a string"},
        {R"({"title":"Tea","steps":[{"minutes":1}]})", "steps[0].text", "steps[0].text: missing"},
        {R"({"title":"Tea","steps":[{"text":"","minutes":1.5}]})", "steps[0].minutes",
         "steps[0].minutes: expected an integer"},
        {R"({"title":null,"steps":[]})", "title", "title: expected a string"},
        {R"({"title":"Tea"})", "steps", "steps: missing"},
        {"[]", "", "expected an object"},
        {"Tea", "", "malformed JSON at byte 0: expected an object"},
        {R"({"title":"Te)", "", "malformed JSON at byte 12: unterminated string"},
    };
    for (auto const& one : all) {
        auto const f = failed(read_structured<recipe>(says(one.text)));
        BOOST_TEST((f.code == errc::mismatch));
        BOOST_TEST((f.code == condition::peer_violation));
        BOOST_TEST(f.param == one.path);
        BOOST_TEST(f.message == one.message);
    }
    // a bound is a bound
    BOOST_TEST((failed(read_structured<recipe>(says(tea), {.max_depth = 2})).code == errc::depth_limit));
}

} // namespace client_structured_test

BOOST_AUTO_TEST_SUITE_END()
