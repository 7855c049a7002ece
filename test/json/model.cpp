// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/json/model.hpp>

#include "support/round_trip.hpp"

#include <boost/test/unit_test.hpp>

namespace json_model_test {

BOOST_AUTO_TEST_SUITE(json_model)

using namespace chatwire;

BOOST_AUTO_TEST_CASE(every_member_survives)
{
    support::check_text<model_list>(
        R"({"object":"list","data":[{"id":"m","object":"model","created":5,"owned_by":"w","x":1}],"has_more":false})");
    support::check_text<model_list>(R"({"object":"list","data":[]})");
}

BOOST_AUTO_TEST_CASE(a_day_it_goes_away)
{
    support::check_text<model>(
        R"({"id":"i","object":"model","created":5,"owned_by":"w","shutdown_date":"2027-01-31"})");
    support::check_text<model>(R"({"id":"i","object":"model","created":5,"owned_by":"w","shutdown_date":null})");
    support::check_text<model>(R"({"id":"i","object":"model","created":5,"owned_by":"w"})");
}

BOOST_AUTO_TEST_SUITE_END()
} // namespace json_model_test
