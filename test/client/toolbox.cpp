// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/client/toolbox.hpp>

#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace client_toolbox_test {

struct place {
    std::string city{};
    std::optional<std::int64_t> days{};
};
struct weather {
    std::string sky{};
    double degrees = 0;
};

} // namespace client_toolbox_test

namespace chatwire::json {

template <>
struct table<client_toolbox_test::place> {
    using p = client_toolbox_test::place;
    static constexpr field fields[] = {member<&p::city>("city").means("Without the country"),
                                       member<&p::days>("days", presence::optional)};
};
template <>
struct table<client_toolbox_test::weather> {
    using w = client_toolbox_test::weather;
    static constexpr field fields[] = {member<&w::sky>("sky"), member<&w::degrees>("degrees")};
};

} // namespace chatwire::json

BOOST_AUTO_TEST_SUITE(client_toolbox)

namespace client_toolbox_test {

using namespace chatwire;
using namespace ::client_toolbox_test;

std::string sky_over(place const& p) { return "blue over " + p.city; }
std::string no_sky(place) noexcept { return "none"; }

struct forecaster {
    weather operator()(place const& p) const { return {p.city, 21.5}; }
};

tool_call call(std::string name, std::string arguments = R"({"city":"Rome"})")
{
    return {.id = "call_1",
            .type = tool_type::function,
            .function = {.name = std::move(name), .arguments = std::move(arguments)}};
}

std::string told(toolbox const& tools, tool_call const& c)
{
    auto const m = tools.answer(c);
    BOOST_TEST((m.role == role::tool));
    BOOST_TEST(m.tool_call_id.value() == c.id);
    return m.text();
}

BOOST_AUTO_TEST_CASE(a_function_is_described_as_its_parameter_is)
{
    toolbox tools;
    BOOST_TEST(tools.empty());
    tools.add("sky", "What the sky is like", sky_over).add("now", "The time", [] { return "noon"; });
    BOOST_TEST(!tools.empty());
    auto const all = tools.definitions();
    BOOST_REQUIRE(all.size() == 2u);
    BOOST_TEST((all[0].type == tool_type::function));
    BOOST_TEST(all[0].function.name == "sky");
    BOOST_TEST(all[0].function.description.value() == "What the sky is like");
    BOOST_TEST(all[0].function.parameters->text() ==
               R"({"type":"object","properties":{"city":{"type":"string","description":"Without the country"},)"
               R"("days":{"type":"integer"}},"required":["city"],"additionalProperties":false})");
    BOOST_TEST(all[0].function.strict.is_absent());
    BOOST_TEST(!all[1].function.parameters);
}

BOOST_AUTO_TEST_CASE(a_service_may_hold_the_model_to_the_schema)
{
    toolbox tools;
    tools.add({.name = "sky", .strict = true}, sky_over);
    auto const f = tools.definitions().at(0).function;
    BOOST_TEST((f.strict == true));
    BOOST_TEST(f.parameters->text() ==
               R"({"type":"object","properties":{"city":{"type":"string","description":"Without the country"},)"
               R"("days":{"type":["integer","null"]}},"required":["city","days"],"additionalProperties":false})");
    BOOST_TEST(told(tools, call("sky", R"({"city":"Rome","days":null})")) == "blue over Rome");
}

BOOST_AUTO_TEST_CASE(whatever_is_called_is_seen_from_it)
{
    toolbox tools;
    int called = 0;
    tools.add("pointer", "", &sky_over)
        .add("noexcept", "", no_sky)
        .add("object", "", forecaster{})
        .add("mutable", "", [n = 0](place const&) mutable { return ++n; })
        .add<place>("generic", "", [](auto const& p) { return p.city; })
        .add<place>({.name = "described", .description = ""}, [](auto const& p) { return p.city + "!"; })
        .add("nothing", "", [&] { ++called; });
    BOOST_TEST(told(tools, call("pointer")) == "blue over Rome");
    BOOST_TEST(told(tools, call("noexcept")) == "none");
    BOOST_TEST(told(tools, call("object")) == R"({"sky":"Rome","degrees":21.5})");
    BOOST_TEST(told(tools, call("generic")) == "Rome");
    BOOST_TEST(told(tools, call("described")) == "Rome!");
    BOOST_TEST(told(tools, call("nothing", "")) == "done");
    BOOST_TEST(told(tools, call("nothing", "{nonsense")) == "done"); // nothing of it is needed
    BOOST_TEST(called == 2);
    // a copy has the same functions
    auto const copy = tools;
    BOOST_TEST(told(tools, call("mutable")) == "1");
    BOOST_TEST(told(copy, call("mutable")) == "2");
}

BOOST_AUTO_TEST_CASE(whatever_is_given_is_text)
{
    toolbox tools;
    tools.add("string", "", [] { return std::string("a \"b\""); })
        .add("view", "", [] { return std::string_view("view"); })
        .add("literal", "", [] { return "literal"; })
        .add("number", "", [] { return 7; })
        .add("truth", "", [] { return true; })
        .add("list", "",
             [] {
                 return std::vector<std::string>{"a", "b"};
             })
        .add("json", "", [] { return raw_json::trusted("[1]"); })
        .add("result", "",
             []() -> result<weather> {
                 return weather{"grey", 3};
             })
        .add("result_of_nothing", "", []() -> result<void> { return {}; });
    BOOST_TEST(told(tools, call("string")) == "a \"b\"");
    BOOST_TEST(told(tools, call("view")) == "view");
    BOOST_TEST(told(tools, call("literal")) == "literal");
    BOOST_TEST(told(tools, call("number")) == "7");
    BOOST_TEST(told(tools, call("truth")) == "true");
    BOOST_TEST(told(tools, call("list")) == R"(["a","b"])");
    BOOST_TEST(told(tools, call("json")) == "[1]");
    BOOST_TEST(told(tools, call("result")) == R"({"sky":"grey","degrees":3})");
    BOOST_TEST(told(tools, call("result_of_nothing")) == "done");
}

BOOST_AUTO_TEST_CASE(what_goes_wrong_is_told_to_the_model)
{
    toolbox tools;
    tools.add("sky", "", sky_over)
        .add("fails", "", []() -> result<std::string> { return failure(errc::not_found, "There is no such city"); })
        .add("fails_silently", "", []() -> result<void> { return failure(errc::not_found); })
        .add("throws", "", []() -> std::string { throw exception(failure(errc::conflict, "Not twice")); })
        .add("throws_a_secret", "", []() -> std::string { throw std::runtime_error("password 1234"); })
        .add("throws_a_number", "", []() -> std::string { throw 7; });
    BOOST_TEST(told(tools, call("skies")) == "There is no tool skies");
    BOOST_TEST(told(tools, call("sky", R"({"city":7})")) == "Bad arguments: city: expected a string");
    BOOST_TEST(told(tools, call("sky", R"({"ci)")) == "Bad arguments: malformed JSON at byte 4: unterminated string");
    BOOST_TEST(told(tools, call("sky", " ")) == "Bad arguments: city: missing");
    BOOST_TEST(told(tools, call("fails")) == "The tool has failed: There is no such city");
    BOOST_TEST(told(tools, call("fails_silently")) ==
               "The tool has failed: " + make_error_code(errc::not_found).message());
    BOOST_TEST(told(tools, call("throws")) == "The tool has failed: Not twice");
    BOOST_TEST(told(tools, call("throws_a_secret")) == "The tool has failed");
    BOOST_TEST(told(tools, call("throws_a_number")) == "The tool has failed");
}

BOOST_AUTO_TEST_CASE(tools_of_other_kinds_are_described_by_hand)
{
    toolbox tools;
    tools.add({.type = tool_type::custom, .custom = {.name = "sky"}},
              [](tool_call const& c) -> result<std::string> { return "custom " + c.custom.input; });
    tool_call const custom{.id = "c", .type = tool_type::custom, .custom = {.name = "sky", .input = "Rome"}};
    BOOST_TEST(told(tools, custom) == "custom Rome");
    BOOST_TEST(told(tools, call("sky")) == "There is no tool sky"); // that is no function

    // the later of two of one name stays
    tools.add("sky", "", sky_over);
    BOOST_TEST(tools.definitions().size() == 1u);
    BOOST_TEST(told(tools, call("sky")) == "blue over Rome");
    BOOST_TEST(told(tools, custom) == "There is no tool sky");
}

BOOST_AUTO_TEST_CASE(functions_live_as_long_as_a_box)
{
    auto const token = std::make_shared<int>(1);
    {
        toolbox copy;
        {
            toolbox tools;
            tools.add("x", "", [token] { return *token; });
            copy = tools;
        }
        BOOST_TEST(token.use_count() == 2);
        BOOST_TEST(told(copy, call("x")) == "1");
    }
    BOOST_TEST(token.use_count() == 1);
}

} // namespace client_toolbox_test

BOOST_AUTO_TEST_SUITE_END()
