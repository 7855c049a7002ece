// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/json/chunk.hpp>

#include "support/read.hpp"
#include "support/round_trip.hpp"

#include <boost/test/unit_test.hpp>

#include <string_view>

namespace json_chunk_test {

BOOST_AUTO_TEST_SUITE(json_chunk)

using namespace chatwire;

BOOST_AUTO_TEST_CASE(every_member_survives)
{
    support::check_text<chunk>(
        R"({"id":"i","object":"chat.completion.chunk","created":5,"model":"m","choices":[{"index":0,"delta":{"role":"assistant","content":"",)"
        R"("refusal":"r","reasoning_content":"h","reasoning":"m","tool_calls":[{"index":0,"id":"t","type":"function","function":{"name":"f",)"
        R"("arguments":"","v":1},"w":2}],"function_call":{"name":"g","arguments":"{"},)"
        R"("audio":{"id":"a","data":"AAAA","expires_at":5,"transcript":"t","y":1},"annotations":[{"type":"url_citation"}],"x":3},"logprobs":{"content":[],"refusal":null},)"
        R"("finish_reason":"stop","y":4}],"usage":null,"service_tier":"auto","system_fingerprint":"f",)"
        R"("moderation":{"input":{"type":"error","code":"c","message":"m"},"output":{"type":"error","code":"c","message":"m"}},"obfuscation":"ab","z":5})");
    support::check_text<chunk_choice>(
        R"({"index":0,"delta":{"tool_calls":[{"index":0,"id":"t","type":"custom","custom":{"name":"n","input":"i","x":1}},{"index":1,"custom":{"input":""}}]},"finish_reason":null})");
    support::check_text<chunk_choice>(R"({"index":0,"delta":{"audio":{},"annotations":[]},"finish_reason":null})");
    support::check_text<chunk>(
        R"({"id":"i","object":"chat.completion.chunk","created":5,"model":"m","choices":[],"moderation":null})");
    support::check_text<chunk>(
        R"({"id":"i","object":"chat.completion.chunk","created":5,"model":"m","choices":[],"usage":{"prompt_tokens":1,"completion_tokens":2,"total_tokens":3}})");
}

BOOST_AUTO_TEST_CASE(finish_reason_is_null_until_the_last)
{
    BOOST_TEST(json::to_text(chunk_choice{.delta = {.content = "a"}}) ==
               R"({"index":0,"delta":{"content":"a"},"finish_reason":null})");
    BOOST_TEST(json::to_text(chunk_choice{.finish_reason = finish_reason::stop}) ==
               R"({"index":0,"delta":{},"finish_reason":"stop"})");
}

BOOST_AUTO_TEST_CASE(what_an_answer_has_in_another_shape_is_kept)
{
    diagnostics log;
    std::string_view const text =
        R"({"id":"","object":"chat.completion.chunk","created":0,"model":"","choices":[{"index":0,"delta":{"content":"c","audio":"AA","annotations":[1]},"finish_reason":null}],"moderation":[1]})";
    auto const c = support::read_answer<chunk>(text, &log);
    BOOST_TEST(c.text() == "c");
    BOOST_TEST(json::to_text(c) == text);
    BOOST_TEST(support::codes(log) == "other_shape other_shape other_shape");
}

BOOST_AUTO_TEST_CASE(an_object_that_is_read_into_again_holds_nothing_of_before)
{
    chunk c = support::read_answer<chunk>(
        R"({"id":"i","object":"o","created":5,"model":"m","choices":[{"index":3,"delta":{"role":"tool","content":[{"type":"text","text":"p"}],)"
        R"("tool_calls":[{"index":1,"id":"x","custom":{"name":"n"},"x":1}],"audio":{"id":"a"},"annotations":[{}],"x":1},"finish_reason":"stop","x":1},{"index":4}],"usage":{"prompt_tokens":1,"x":1},"moderation":{},"obfuscation":"o","x":1})");
    auto const answers = json::read_options::for_answers();
    std::string_view const next = R"({"choices":[{"delta":{"tool_calls":[{}]}}],"usage":{}})";
    BOOST_TEST(json::read_into(c, next, nullptr, answers).has_value());
    BOOST_TEST((c == *json::read<chunk>(next, nullptr, answers)));
    BOOST_TEST((json::read_into(c, "{}", nullptr, answers).has_value() && c == chunk{}));
}

BOOST_AUTO_TEST_SUITE_END()
} // namespace json_chunk_test
