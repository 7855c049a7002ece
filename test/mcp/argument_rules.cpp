// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/mcp/argument_rules.hpp>

#include <boost/test/unit_test.hpp>

#include <string>

BOOST_AUTO_TEST_SUITE(mcp_argument_rules)

namespace mcp_argument_rules_test {

using namespace chatwire;
using mcp::argument_rules;

argument_rules rules(std::string schema) { return argument_rules::of(raw_json::trusted(std::move(schema))).value(); }

std::string check(argument_rules const& r, std::string arguments)
{
    return r.check(raw_json::trusted(std::move(arguments))).value_or("");
}

BOOST_AUTO_TEST_CASE(what_must_be_there_and_of_which_type)
{
    auto const r = rules(R"({"type":"object","required":["a"],"additionalProperties":false,"properties":{
        "a":{"type":"integer"},"b":{"type":["string","null"]},"c":{"type":"number"},"d":{"type":"boolean"},
        "e":{"type":"array"},"f":{"type":"object"},"g":{},"h":{"type":"unheard of"}}})");
    for (auto const* good : {R"({"a":1})", R"({"a":1.0,"b":null})",
                             R"({"a":-3,"b":"x","c":1.5,"d":false,"e":[],"f":{}})", R"({"a":1e2,"g":[null],"h":7})"})
        BOOST_TEST(check(r, good) == "", good);
    BOOST_TEST(check(r, "{}") == "'a' is missing");
    BOOST_TEST(check(r, R"({"a":1.5})") == "'a': expected integer");
    BOOST_TEST(check(r, R"({"a":"1"})") == "'a': expected integer");
    BOOST_TEST(check(r, R"({"a":1,"b":2})") == "'b': expected string or null");
    BOOST_TEST(check(r, R"({"a":1,"c":"x"})") == "'c': expected number");
    BOOST_TEST(check(r, R"({"a":1,"d":0})") == "'d': expected boolean");
    BOOST_TEST(check(r, R"({"a":1,"e":{}})") == "'e': expected array");
    BOOST_TEST(check(r, R"({"a":1,"f":[]})") == "'f': expected object");
    BOOST_TEST(check(r, R"({"a":1,"z":0})") == "'z' is not known");
    BOOST_TEST(check(rules(R"({"type":"object"})"), R"({"z":0})") == "");
    // which members a pattern allows is not looked at
    BOOST_TEST(check(rules(R"({"type":"object","additionalProperties":false,"patternProperties":{"^z":{}}})"),
                     R"({"z":0})") == "");
}

BOOST_AUTO_TEST_CASE(what_is_no_schema_of_arguments)
{
    for (std::string const schema :
         {"true", "{}", R"({"type":"string"})", R"({"type":["object"]})",
          R"({"type":"object","properties":{"a":{"type":"string","x-mcp-header":""}}})",
          R"({"type":"object","properties":{"a":{"type":"string","x-mcp-header":"no token"}}})",
          R"({"type":"object","properties":{"a":{"type":"string","x-mcp-header":5}}})",
          R"({"type":"object","properties":{"a":{"type":"number","x-mcp-header":"A"}}})",
          R"({"type":"object","properties":{"a":{"x-mcp-header":"A"}}})",
          R"({"type":"object","properties":{"a":{"type":"string","x-mcp-header":"A"},"b":{"type":"object",
              "properties":{"c":{"type":"string","x-mcp-header":"a"}}}}})"})
        BOOST_TEST((argument_rules::of(raw_json::trusted(schema)).error().code == errc::invalid_argument), schema);
}

BOOST_AUTO_TEST_CASE(fields_repeat_arguments)
{
    auto const r = rules(R"({"type":"object","properties":{"s":{"type":"string","x-mcp-header":"S"},
        "deep":{"type":"object","properties":{"n":{"type":"integer","x-mcp-header":"N"}}},
        "b":{"type":"boolean","x-mcp-header":"B"}}})");
    auto const ask = [&](std::string arguments, std::vector<std::pair<char const*, char const*>> given) {
        http::fields f;
        for (auto const& [name, value] : given)
            BOOST_TEST(!f.insert(name, value));
        return r.check_fields(raw_json::trusted(std::move(arguments)), f).value_or("");
    };
    BOOST_TEST(ask("{}", {}) == "");
    BOOST_TEST(ask("{}", {{"Mcp-Param-S", "not looked at"}}) == "");
    BOOST_TEST(ask(R"({"s":null,"deep":5})", {}) == "");
    BOOST_TEST(ask(R"({"s":"a\u0062"})", {{"mcp-param-s", "ab"}}) == "");
    BOOST_TEST(ask(R"({"s":""})", {{"mcp-param-s", ""}}) == "");
    BOOST_TEST(ask(R"({"deep":{"n":42},"b":true})", {{"Mcp-Param-N", "42.0"}, {"Mcp-Param-B", "true"}}) == "");
    BOOST_TEST(ask(R"({"s":"a"})", {}) == "Mcp-Param-S is missing, or there are several");
    BOOST_TEST(ask(R"({"s":"a"})", {{"Mcp-Param-S", "a"}, {"Mcp-Param-S", "a"}}).find("several") != std::string::npos);
    BOOST_TEST(ask(R"({"s":"a"})", {{"Mcp-Param-S", "A"}}) == "Mcp-Param-S says something else than the arguments");
    BOOST_TEST(ask(R"({"deep":{"n":42}})", {{"Mcp-Param-N", "forty"}}) ==
               "Mcp-Param-N says something else than the arguments");
    BOOST_TEST(ask(R"({"b":true})", {{"Mcp-Param-B", "True"}}) == "Mcp-Param-B says something else than the arguments");
    BOOST_TEST(ask(R"({"s":"a"})", {{"Mcp-Param-S", "=?base64?*?="}}) ==
               "Mcp-Param-S has characters that it must not have");
}

} // namespace mcp_argument_rules_test
BOOST_AUTO_TEST_SUITE_END()
