// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/json/logprobs.hpp>

#include "support/read.hpp"
#include "support/round_trip.hpp"

#include <boost/test/unit_test.hpp>

#include <cmath>
#include <limits>
#include <string>

namespace json_logprobs_test {

BOOST_AUTO_TEST_SUITE(json_logprobs)

using namespace chatwire;

BOOST_AUTO_TEST_CASE(every_member_survives)
{
    support::check_text<logprobs>(
        R"({"content":[{"token":"a","logprob":-0.25,"bytes":[97],"top_logprobs":[{"token":"b","logprob":-9999,"bytes":null,"x":1}],"y":2}],)"
        R"("refusal":null,"z":3})");
    support::check_text<logprobs>(R"({"content":null,"refusal":[]})");
}

BOOST_AUTO_TEST_CASE(what_services_send)
{
    diagnostics log;
    BOOST_TEST((support::read_answer<logprobs>("{}", &log) == logprobs{}));
    auto const l = support::read_answer<logprobs>(
        R"({"content":[{"token":"a","logprob":-Infinity},{"token":"b","logprob":NaN}]})", &log);
    BOOST_TEST((l.content->at(0).logprob == -std::numeric_limits<double>::infinity()));
    BOOST_TEST(std::isnan(l.content->at(1).logprob));
    BOOST_TEST(support::codes(log).find("non_finite_number") != std::string::npos);
    BOOST_TEST(json::to_text(l) == R"({"content":[{"token":"a","logprob":null,"bytes":null,"top_logprobs":[]},)"
                                   R"({"token":"b","logprob":null,"bytes":null,"top_logprobs":[]}],"refusal":null})");
}

BOOST_AUTO_TEST_CASE(what_is_no_number_is_not_certainty)
{
    constexpr auto least = -std::numeric_limits<double>::infinity();
    auto const l = support::read_answer<logprobs>(
        R"({"content":[{"token":"a","logprob":null,"top_logprobs":[{"token":"b"}]},{"token":"c"}]})");
    BOOST_TEST(l.content->at(0).logprob == least);
    BOOST_TEST(l.content->at(0).top_logprobs.at(0).logprob == least);
    BOOST_TEST(l.content->at(1).logprob == least);
    BOOST_TEST(json::to_text(support::read_answer<logprobs>(json::to_text(l))) == json::to_text(l));
}

BOOST_AUTO_TEST_SUITE_END()
} // namespace json_logprobs_test
