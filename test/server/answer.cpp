// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/server/answer.hpp>

#include <boost/test/unit_test.hpp>

#include <chrono>

BOOST_AUTO_TEST_SUITE(server_answer)

namespace answer_test {

using namespace chatwire;

BOOST_AUTO_TEST_CASE(a_failure_has_a_status)
{
    struct row {
        errc code;
        int own, status;
    };
    row const rows[] = {
        {errc::bad_json, 0, 400},      {errc::wrong_type, 0, 400},      {errc::body_limit, 0, 413},
        {errc::head_limit, 0, 431},    {errc::bad_version, 0, 505},     {errc::idle_timeout, 0, 408},
        {errc::total_timeout, 0, 504}, {errc::connection_lost, 0, 500}, {errc::unexpected_exception, 0, 500},
        {errc::out_of_order, 0, 500},  {errc::refused, 429, 429},       {errc::unexpected_exception, 503, 503},
    };
    for (auto const& r : rows) {
        failure f(r.code);
        f.status = r.own;
        BOOST_TEST(status_of(f) == r.status, to_string(r.code));
    }
}

BOOST_AUTO_TEST_CASE(both_shapes_are_written)
{
    auto const f = refusal(400, "say \"please\"\n", "invalid_request_error", "messages[0]", "rude");
    BOOST_TEST(
        error_json(f, error_shape::object) ==
        R"({"error":{"message":"say \"please\"\n","type":"invalid_request_error","param":"messages[0]","code":"rude"}})");
    BOOST_TEST(error_json(f, error_shape::text) == R"({"error":"say \"please\"\n"})");
    BOOST_TEST(error_json(failure(errc::bad_json, "x"), error_shape::object) ==
               R"({"error":{"message":"x","type":"invalid_request_error","param":null,"code":null}})");
}

BOOST_AUTO_TEST_CASE(json_rpc_has_a_code_for_whose_fault_it_is)
{
    BOOST_TEST(error_json(refusal(404, "no \"such\" path"), error_shape::rpc) ==
               R"({"jsonrpc":"2.0","error":{"code":-32600,"message":"no \"such\" path"}})");
    BOOST_TEST(error_json(failure(errc::out_of_order, "not for you"), error_shape::rpc) ==
               R"({"jsonrpc":"2.0","error":{"code":-32603,"message":"Internal server error"}})");
}

BOOST_AUTO_TEST_CASE(a_type_is_chosen_where_none_is_given)
{
    std::pair<int, char const*> const rows[] = {{401, "authentication_error"}, {403, "permission_error"},
                                                {404, "not_found_error"},      {429, "rate_limit_error"},
                                                {500, "server_error"},         {422, "invalid_request_error"}};
    for (auto const& [status, type] : rows)
        BOOST_TEST(error_json(refusal(status, "x", ""), error_shape::object).find(type) != std::string::npos, status);
}

BOOST_AUTO_TEST_CASE(the_inside_of_the_server_is_not_told)
{
    failure const f(errc::unexpected_exception, "password=hunter2");
    for (auto shape : {error_shape::object, error_shape::text}) {
        auto const text = error_json(f, shape);
        BOOST_TEST(text.find("hunter2") == std::string::npos);
        BOOST_TEST(text.find("Internal server error") != std::string::npos);
    }
}

BOOST_AUTO_TEST_CASE(an_answer_carries_what_the_failure_says)
{
    auto f = refusal(429, "slow down");
    f.retry_after = std::chrono::milliseconds(1500);
    auto const a = error_answer(f, error_shape::object);
    BOOST_TEST(a.status == 429);
    BOOST_TEST(a.content_type == "application/json");
    BOOST_TEST(a.fields.find("Retry-After").value() == "2"); // whole seconds, never earlier
    BOOST_TEST(!a.fields.find("WWW-Authenticate"));
    BOOST_TEST(error_answer(refusal(401, "who?"), error_shape::text).fields.find("WWW-Authenticate").value() ==
               "Bearer");
}

} // namespace answer_test
BOOST_AUTO_TEST_SUITE_END()
