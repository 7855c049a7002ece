// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/pathors/substitute.hpp>

#include <boost/json/parse.hpp>
#include <boost/test/unit_test.hpp>

#include <limits>

BOOST_AUTO_TEST_SUITE(pathors_substitute)
namespace pathors_substitute_cases {

using chatwire::pathors::substitute;

boost::json::object const variables = boost::json::parse(R"({
    "name": "Ada", "plan": "premium", "empty": "", "count": 3, "big": 18446744073709551615, "neg": -7, "half": 2.5,
    "tiny": 1e-7, "yes": true, "nothing": null, "list": [1, "two", 3.5, null, {}], "": "nameless",
    "customData": {"city": "Lyon", "deep": {"er": "x"}, "n": 1.5, "quote": "a\"b"},
    "dotted.name": "whole", "dotted": {"name": "path"}, "with space": "ok",
    "evil": "{{name}}", "open": "{{", "close": "}}", "half_open": "{{na"
})")
                                          .as_object();

BOOST_AUTO_TEST_CASE(table)
{
    struct {
        char const* text;
        char const* expected;
    } const cases[] = {
        {"", ""},
        {"no braces", "no braces"},
        {"Hello {{name}}!", "Hello Ada!"},
        {"{{name}}{{plan}}", "Adapremium"},
        {"{{ name }} {{\tname\r\n}}", "Ada Ada"},
        {"{{customData.city}}", "Lyon"},
        {"{{customData.deep.er}}", "x"},
        {"[{{unknown}}]", "[]"},
        {"[{{customData.unknown}}]", "[]"},
        {"[{{name.first}}]", "[]"},
        {"[{{list.0}}]", "[]"},
        {"[{{empty}}]", "[]"},
        {"{{}}", "nameless"},
        {"{{.}}", ""},
        {"{{customData.}}", ""},
        {"{{.city}}", ""},
        {"{{count}} {{big}} {{neg}} {{half}} {{tiny}} {{yes}} {{nothing}}",
         "3 18446744073709551615 -7 2.5 1e-07 true null"},
        {"{{list}}", R"([1,"two",3.5,null,{}])"},
        {"{{customData}}", R"({"city":"Lyon","deep":{"er":"x"},"n":1.5,"quote":"a\"b"})"},
        {"{{dotted.name}}", "whole"},
        {"{{with space}}", "ok"},
        {"{{Name}}", ""},
        // nothing that was put in is looked at again
        {"{{evil}}", "{{name}}"},
        {"{{open}}name{{close}}", "{{name}}"},
        {"{{half_open}}me}}", "{{name}}"},
        {"{{evil}} {{name}}", "{{name}} Ada"},
        // braces that open or close nothing
        {"{{name", "{{name"},
        {"{{", "{{"},
        {"}}", "}}"},
        {"{name}", "{name}"},
        {"{ {name}}", "{ {name}}"},
        {"name}} {{name}}", "name}} Ada"},
        {"{{name}} {{plan", "Ada {{plan"},
        {"{{name {{plan}}", "{{name premium"},
        {"{{{name}}}", "{Ada}"},
        {"{{{{name}}}}", "{{Ada}}"},
        {"{{}", "{{}"},
        {"{{ \xc3\xa9 }}\xf0\x9f\x98\x80{{name}}", "\xf0\x9f\x98\x80"
                                                   "Ada"},
    };
    for (auto const& c : cases)
        BOOST_TEST_CONTEXT(c.text)
    BOOST_TEST(substitute(c.text, variables) == c.expected);
}

BOOST_AUTO_TEST_CASE(a_number_that_json_cannot_say_is_null)
{
    boost::json::object const v{{"inf", std::numeric_limits<double>::infinity()}};
    BOOST_TEST(substitute("{{inf}}", v) == "null");
}

BOOST_AUTO_TEST_CASE(text_without_variables_in_it_comes_out_as_it_went_in)
{
    std::string const text("\0{}\xff{ {x} }\n", 12);
    BOOST_TEST(substitute(text, variables) == text);
}

// These would take hours if a byte were looked at again for every brace before it.
BOOST_AUTO_TEST_CASE(hostile_texts_take_linear_time)
{
    constexpr std::size_t n = 1 << 20;
    auto const repeat = [](std::string_view unit) {
        std::string s;
        while (s.size() < n)
            s += unit;
        return s;
    };
    for (auto const* unit : {"{", "{{", "{{a", "}", "}}", "}}}{", "{ {", "{{ "}) {
        auto const text = repeat(unit);
        BOOST_TEST((substitute(text, variables) == text), "unit " << unit);
    }
    BOOST_TEST((substitute(repeat("{{x}}"), variables).empty()));
    BOOST_TEST((substitute("{{" + repeat("y") + "}}", variables).empty()));
    BOOST_TEST((substitute("{{" + repeat("a.") + "}}", variables).empty()));
    BOOST_TEST((substitute(repeat("{{") + "name}}", variables) == repeat("{{").substr(2) + "Ada"));

    auto own = variables;
    own["large"] = repeat("{{name}}");
    BOOST_TEST((substitute("<{{large}}>", own) == "<" + repeat("{{name}}") + ">"));
}

} // namespace pathors_substitute_cases
BOOST_AUTO_TEST_SUITE_END()
