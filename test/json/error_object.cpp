// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/json/error_object.hpp>

#include "support/round_trip.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

namespace json_error_object_test {

BOOST_AUTO_TEST_SUITE(json_error_object)

using namespace chatwire;

BOOST_AUTO_TEST_CASE(every_member_survives)
{
    support::check_text<error_object>(R"({"message":"m","type":"t","param":"p","code":"c","x":1})");
    support::check_text<error_object>(
        R"({"message":"m","type":"t","param":null,"code":null,"misalignment":{"error_type":"other","detailed_explanation":"e","review_target":"r","steer":{"message":"s","x":1},"y":2}})");
    support::check_text<error_object>(
        R"({"message":"m","type":"t","param":null,"code":null,"misalignment":{"review_target":null}})");
    support::check_text<error_object>(R"({"message":"","type":"","param":null,"code":null})");
}

BOOST_AUTO_TEST_CASE(bodies)
{
    std::string out;
    json::write_error(out, error_object{.message = "a \"b\"", .code = "c"});
    BOOST_TEST(out == R"({"error":{"message":"a \"b\"","type":"invalid_request_error","param":null,"code":"c"}})");
    out.clear();
    json::write_error(out, "Session not found");
    BOOST_TEST(out == R"({"error":"Session not found"})");
}

BOOST_AUTO_TEST_SUITE_END()
} // namespace json_error_object_test
