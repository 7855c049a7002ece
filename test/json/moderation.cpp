// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/json/moderation.hpp>

#include "support/read.hpp"
#include "support/round_trip.hpp"

#include <boost/test/unit_test.hpp>

#include <string_view>
#include <variant>

namespace json_moderation_test {

BOOST_AUTO_TEST_SUITE(json_moderation)

using namespace chatwire;

BOOST_AUTO_TEST_CASE(every_member_survives)
{
    std::string_view const text =
        R"({"input":{"type":"moderation_results","model":"m","results":[{"type":"moderation_result","model":"m","flagged":true,)"
        R"("categories":{"violence":true,"hate":false},"category_scores":{"violence":0.75,"hate":0.001},)"
        R"("category_applied_input_types":{"violence":["text","image"],"hate":[]},"x":1}],"y":2},)"
        R"("output":{"type":"error","code":"c","message":"m","z":3},"w":4})";
    support::check_text<moderation>(text);
    auto const m = *json::read<moderation>(text);
    auto const& verdict = std::get<moderation_results>(m.input).results.at(0);
    BOOST_TEST(*verdict.categories.find("violence"));
    BOOST_TEST(*verdict.category_scores.find("hate") == 0.001);
    BOOST_TEST(verdict.category_applied_input_types.find("violence")->at(1) == "image");
    BOOST_TEST(std::get<moderation_error>(m.output).message == "m");
}

BOOST_AUTO_TEST_CASE(an_outcome_of_another_type_is_kept)
{
    support::check_text<moderation>(R"({"input":{"type":"pending","since": 1.0},"output":{}})");
}

BOOST_AUTO_TEST_CASE(faults_are_named_by_their_path)
{
    BOOST_TEST(support::why_not<moderation>("{}") == "missing_member input: missing");
    BOOST_TEST(support::why_not<moderation>(R"({"input":"ok"})") == "wrong_type input: expected an object");
    BOOST_TEST(support::why_not<moderation>(R"({"input":{"type":"error"}})") == "missing_member input.code: missing");
    BOOST_TEST(support::why_not<moderation_result>(R"({"categories":{"a":1}})") ==
               "wrong_type categories.a: expected true or false");
    BOOST_TEST(support::why_not<moderation_result>(R"({"category_applied_input_types":{"a":["text",1]}})") ==
               "wrong_type category_applied_input_types.a[1]: expected a string");
}

BOOST_AUTO_TEST_SUITE_END()
} // namespace json_moderation_test
