// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/json/completion_reader.hpp>

#include "support/read.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>

namespace json_completion_reader_test {

BOOST_AUTO_TEST_SUITE(json_completion_reader)

using namespace chatwire;

namespace {

constexpr std::string_view good =
    R"({"id":"i","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"c","refusal":null},)"
    R"("logprobs":null,"finish_reason":"stop"}]})";

std::string read(std::string_view body, std::string_view deviations = "")
{
    diagnostics log;
    auto const c = json::read_completion(body, &log);
    BOOST_TEST(support::codes(log) == deviations, body);
    return c ? c->text() : c.error().what();
}

} // namespace

BOOST_AUTO_TEST_CASE(by_the_book)
{
    BOOST_TEST(read(good) == "c");
    auto strict = json::read_options::for_answers();
    strict.strict = true;
    BOOST_TEST(json::read_completion(good, nullptr, strict).has_value());
    BOOST_TEST(json::to_text(*json::read_completion(good)) == good);
}

BOOST_AUTO_TEST_CASE(white_space_and_stream_ends_around_it)
{
    BOOST_TEST(read("\n\n \r\n" + std::string(good) + "\n") == "c");
    BOOST_TEST(read(std::string(good) + "\n\ndata: [DONE]\n\n", "trailing_done") == "c");
    BOOST_TEST(read(std::string(good) + "data:[DONE]", "trailing_done") == "c");
    BOOST_TEST(read(std::string(good) + "data: more").find("expected the end") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(what_services_leave_out)
{
    BOOST_TEST(read(R"({"choices":[{"message":{"content":"c"}}]})",
                    "missing_member missing_member missing_member missing_member missing_member missing_member "
                    "missing_member") == "c");
    diagnostics log;
    auto const c = json::read_completion(
        R"({"id":7,"object":"o","created":1.5,"model":null,"choices":[{"index":0,"message":{"role":"assistant","content":null,"tool_calls":[{"id":"t",)"
        R"("type":"function","function":{"name":"f","arguments":{"a":1}}}]},"finish_reason":"","usage":{"prompt_tokens":1,"completion_tokens":1,"total_tokens":2}}]})",
        &log);
    BOOST_REQUIRE(c.has_value());
    BOOST_TEST(c->id == "7");
    BOOST_TEST(c->created == 1);
    BOOST_TEST(c->choices[0].message.tool_calls[0].function.arguments == "{\"a\":1}");
    BOOST_TEST(!c->choices[0].finish_reason);
    BOOST_TEST((*c->usage == usage{1, 1, 2}));
    BOOST_TEST(support::codes(log) ==
               "number_for_string float_number null_member not_a_string empty_finish_reason usage_in_choice");
}

BOOST_AUTO_TEST_CASE(an_error_in_place_of_an_answer)
{
    for (auto const* body :
         {R"({"error":{"message":"no","code":401}})", R"([{"error":{"message":"no","code":401}}])",
          R"({"choices":null,"error":{"message":"no","code":401}})", R"({"message":"no","code":401})",
          R"({"object":"error","message":"no","code":401})",
          R"({"id":"x","choices":[{"error":{"message":"no","code":401},"finish_reason":"error"}]})"}) {
        auto const c = json::read_completion(body);
        BOOST_REQUIRE_MESSAGE(!c.has_value(), body);
        BOOST_TEST((c.error().code == errc::refused), body);
        BOOST_TEST(c.error().message == "no", body);
        BOOST_TEST(c.error().status == 401, body);
    }
}

BOOST_AUTO_TEST_CASE(an_error_that_is_none)
{
    for (std::string const none : {"null", "false", "\"\"", "{}"}) {
        auto text = std::string(good);
        text.insert(1, "\"error\":" + none + ",");
        BOOST_TEST(read(text, "empty_error") == "c");
    }
}

BOOST_AUTO_TEST_CASE(no_choices_are_no_answer)
{
    for (auto const* body : {"{}", R"({"choices":[]})", R"({"choices":null})", R"({"id":"x","error":null})"})
        BOOST_TEST((json::read_completion(body).error().code == errc::missing_member), body);
    for (auto const* body : {"null", "7", "\"text\"", "[]"})
        BOOST_TEST((json::read_completion(body).error().code == errc::wrong_type), body);
    for (auto const* body : {"", "<html>", "unsupported model: x"})
        BOOST_TEST((json::read_completion(body).error().code == errc::bad_json), body);
}

BOOST_AUTO_TEST_SUITE_END()
} // namespace json_completion_reader_test
