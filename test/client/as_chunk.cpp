// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/chat/accumulator.hpp>
#include <chatwire/client/as_chunk.hpp>
#include <chatwire/json/completion_reader.hpp>
#include <chatwire/json/writer.hpp>

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(client_as_chunk)

namespace client_as_chunk_test {

using namespace chatwire;

// Folding the one chunk gives the completion back.
void round_trip(std::string_view text)
{
    auto const c = json::read_completion<>(text).value();
    accumulator<> folded;
    BOOST_TEST(!folded.add(as_chunk(c)));
    BOOST_TEST(json::to_text(folded.take()) == json::to_text(c));
}

BOOST_AUTO_TEST_CASE(a_chunk_says_all_that_the_completion_says)
{
    round_trip(R"({"id":"c","object":"chat.completion","created":7,"model":"m","choices":[
        {"index":0,"message":{"role":"assistant","content":"Hello","refusal":null},"finish_reason":"stop"}],
        "usage":{"prompt_tokens":1,"completion_tokens":2,"total_tokens":3},"system_fingerprint":"f","other":[1]})");
    round_trip(R"({"id":"c","object":"chat.completion","created":7,"model":"m","choices":[
        {"index":0,"message":{"role":"assistant","content":null,"tool_calls":[
            {"id":"a","type":"function","function":{"name":"f","arguments":"{\"x\":1}"}},
            {"id":"b","type":"function","function":{"name":"g","arguments":""}}]},"finish_reason":"tool_calls"},
        {"index":1,"message":{"role":"assistant","content":"B","reasoning_content":"why"},"finish_reason":"length"}]})");
}

BOOST_AUTO_TEST_CASE(every_kind_of_answer)
{
    round_trip(R"({"id":"c","object":"chat.completion","created":7,"model":"m","choices":[
        {"index":0,"message":{"role":"assistant","content":null,"tool_calls":[
            {"id":"a","type":"custom","custom":{"name":"sql","input":"SELECT","x":1}},
            {"id":"b","type":"custom","custom":{"name":"sql","input":""}}]},"finish_reason":"tool_calls"},
        {"index":1,"message":{"role":"assistant","content":"see a","annotations":[
            {"type":"url_citation","url_citation":{"start_index":4,"end_index":5,"url":"u","title":"t"}}],
            "audio":{"id":"i","data":"AAAA","expires_at":9,"transcript":"see","x":1}},"finish_reason":"stop"}],
        "moderation":{"input":{"type":"error","code":"c","message":"m"},"output":{"type":"moderation_results","model":"m","results":[]}}})");
}

BOOST_AUTO_TEST_CASE(what_a_chunk_has_no_place_for_is_kept)
{
    auto const c = as_chunk(completion{.metadata = metadata{{"topic", "demo"}}});
    BOOST_REQUIRE(c.extra.find("metadata"));
    BOOST_TEST(c.extra.find("metadata")->text() == R"({"topic":"demo"})");
}

} // namespace client_as_chunk_test

BOOST_AUTO_TEST_SUITE_END()
