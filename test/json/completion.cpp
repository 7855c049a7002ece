// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/json/completion.hpp>

#include "support/read.hpp"
#include "support/round_trip.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>

namespace json_completion_test {

BOOST_AUTO_TEST_SUITE(json_completion)

using namespace chatwire;

BOOST_AUTO_TEST_CASE(every_member_survives)
{
    support::check_text<completion>(
        R"({"id":"i","object":"chat.completion","created":5,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"c",)"
        R"("refusal":null,"x":1},"logprobs":null,"finish_reason":"stop","y":2},{"index":1,"message":{"role":"assistant","content":null,)"
        R"("tool_calls":[{"id":"t","type":"function","function":{"name":"f","arguments":"{}"}}],"refusal":null},)"
        R"("logprobs":{"content":[],"refusal":null},"finish_reason":"tool_calls"}],)"
        R"("usage":{"prompt_tokens":1,"completion_tokens":2,"total_tokens":3},"service_tier":"default","system_fingerprint":"f","metadata":{"k":"v"},)"
        R"("moderation":{"input":{"type":"moderation_results","model":"m","results":[]},"output":{"type":"error","code":"c","message":"m"}},"z":3})");
    support::check_text<completion>(
        R"({"id":"i","object":"chat.completion","created":5,"model":"m","choices":[],"metadata":null,"moderation":null})");
}

// The published schema is closed: these are always there, null where there is nothing to say; others are not.
BOOST_AUTO_TEST_CASE(what_the_schema_requires_is_written)
{
    completion const c{
        .id = "i", .created = 1, .model = "m", .choices = {{.message = message{.role = role::assistant}}}};
    BOOST_TEST(
        json::to_text(c) ==
        R"({"id":"i","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":null,)"
        R"("refusal":null},"logprobs":null,"finish_reason":null}]})");
}

BOOST_AUTO_TEST_CASE(a_message_that_is_no_answer_is_not_written_so)
{
    BOOST_TEST(json::to_text(message::user("a")) == R"({"role":"user","content":"a"})");
}

BOOST_AUTO_TEST_CASE(what_an_answer_has_in_another_shape_is_kept)
{
    diagnostics log;
    std::string_view const text =
        R"({"id":"","object":"chat.completion","created":0,"model":"","choices":[],"metadata":{"weights":{"version":1}},"moderation":{"input":"ok"}})";
    auto const c = support::read_answer<completion>(text, &log);
    BOOST_TEST(json::to_text(c) == text);
    BOOST_TEST((c.metadata.is_absent() && c.moderation.is_absent()));
    BOOST_TEST(support::codes(log) == "other_shape other_shape");
}

BOOST_AUTO_TEST_CASE(who_answers_is_the_assistant)
{
    for (auto const* text : {R"({"index":0,"message":{"content":"a"}})",
                             R"({"index":0,"message":{"role":null,"content":"a"}})", R"({"index":0})"})
        BOOST_TEST((support::read_answer<choice>(text).message.role == role::assistant), text);
    BOOST_TEST((support::read_answer<choice>(R"({"message":{"role":"other"}})").message.role == "other"));
}

BOOST_AUTO_TEST_CASE(other_names)
{
    diagnostics log;
    auto const c = support::read_answer<choice>(
        R"({"index":0,"message":{"role":"assistant","content":"a"},"finishReason":"STOP"})", &log);
    BOOST_TEST((c.finish_reason == "STOP"));
    BOOST_TEST(support::codes(log) == "alias_member");
    BOOST_TEST(json::to_text(c).find("finishReason") == std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
} // namespace json_completion_test
