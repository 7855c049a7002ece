// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/json/chunk_reader.hpp>

#include "support/read.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>

namespace json_chunk_reader_test {

BOOST_AUTO_TEST_SUITE(json_chunk_reader)

using namespace chatwire;

namespace {

// Everything that is read out of one event: each chunk's JSON on a line, then the failure if there is one.
std::string read(std::string_view data, std::string_view deviations = "",
                 json::read_options const& o = json::read_options::for_answers())
{
    diagnostics log;
    json::chunk_reader<> reader(&log, o);
    chunk c;
    std::string out;
    reader.start(data, 100);
    for (;;) {
        auto const r = reader.next(c);
        if (!r) {
            out += r.error().what();
            break;
        }
        if (!*r)
            break;
        out += json::to_text(c) + '\n';
    }
    auto const after = reader.next(c);
    BOOST_TEST((after && !*after)); // it stays over
    BOOST_TEST(support::codes(log) == deviations, data);
    return out;
}

std::string envelope(std::string_view rest)
{
    return R"({"id":"i","object":"chat.completion.chunk","created":1,"model":"m",)" + std::string(rest) + "}";
}

} // namespace

BOOST_AUTO_TEST_CASE(by_the_book)
{
    auto const text = envelope(R"("choices":[{"index":0,"delta":{"content":"a"},"finish_reason":null}])");
    BOOST_TEST(read(text) == text + '\n');
    auto strict = json::read_options::for_answers();
    strict.strict = true;
    BOOST_TEST(read(text, "", strict) == text + '\n');
}

BOOST_AUTO_TEST_CASE(data_without_a_chunk)
{
    BOOST_TEST(read("") == "");
    BOOST_TEST(read(" ") == "");
    BOOST_TEST(read("null", "not_an_object") == "");
    BOOST_TEST(read("[]", "not_an_object") == "");
    BOOST_TEST(read("\"ping\"", "not_an_object") == "");
    BOOST_TEST(read("ping").find("malformed JSON at byte 0") != std::string::npos);
    BOOST_TEST(read("{").find("malformed JSON at byte 1") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(several_chunks_in_one_event)
{
    auto const a = envelope(R"("choices":[])");
    auto const b = envelope(R"("choices":[],"usage":null)");
    BOOST_TEST(read(a + b, "several_chunks") == a + '\n' + b + '\n');
    BOOST_TEST(read(a + "\n" + b + " null", "several_chunks not_an_object") == a + '\n' + b + '\n');
    BOOST_TEST(read(a + b.substr(0, 20), "several_chunks").starts_with(a + "\npeer_violation: "));
}

BOOST_AUTO_TEST_CASE(anything_may_be_missing_or_null)
{
    BOOST_TEST(
        read(R"({"choices":[{"delta":{"content":"hi"},"finish_reason":"stop"}]})",
             "missing_member missing_member missing_member missing_member missing_member") ==
        R"({"id":"","object":"chat.completion.chunk","created":0,"model":"","choices":[{"index":0,"delta":{"content":"hi"},"finish_reason":"stop"}]})"
        "\n");
    BOOST_TEST(read(R"({"id":null,"object":null,"created":null,"model":null,"choices":null,"usage":null})",
                    "null_member null_member null_member null_member null_member") ==
               R"({"id":"","object":"chat.completion.chunk","created":0,"model":"","choices":[],"usage":null})"
               "\n");
    BOOST_TEST(
        read(envelope(R"("choices":[{"index":null,"delta":null,"finish_reason":null}])"), "null_member null_member") ==
        envelope(R"("choices":[{"index":0,"delta":{},"finish_reason":null}])") + '\n');
    BOOST_TEST(
        read(
            envelope(
                R"("choices":[{"index":0,"delta":{"role":null,"content":null,"tool_calls":null,"refusal":null},"finish_reason":null}])"),
            "null_member null_member") ==
        envelope(R"("choices":[{"index":0,"delta":{"content":null,"refusal":null},"finish_reason":null}])") + '\n');
}

BOOST_AUTO_TEST_CASE(what_azure_sends)
{
    BOOST_TEST(
        read(
            R"({"choices":[],"created":0,"id":"","model":"","object":"","prompt_filter_results":[{"prompt_index":0}]})") ==
        R"({"id":"","object":"","created":0,"model":"","choices":[],"prompt_filter_results":[{"prompt_index":0}]})"
        "\n");
    BOOST_TEST(
        read(envelope(R"("choices":[{"index":0,"finish_reason":null,"content_filter_offsets":{"check_offset":44}}])"),
             "missing_member") ==
        envelope(
            R"("choices":[{"index":0,"delta":{},"finish_reason":null,"content_filter_offsets":{"check_offset":44}}])") +
            '\n');
}

BOOST_AUTO_TEST_CASE(kindred_types)
{
    BOOST_TEST(read(R"({"id":17,"object":"o","created":1731346024.5309,"model":"m","choices":[]})",
                    "number_for_string float_number") ==
               R"({"id":"17","object":"o","created":1731346024,"model":"m","choices":[]})"
               "\n");
    BOOST_TEST(read(envelope(R"("choices":[{"index":0,"delta":{},"finish_reason":""}])"), "empty_finish_reason") ==
               envelope(R"("choices":[{"index":0,"delta":{},"finish_reason":null}])") + '\n');
    BOOST_TEST(
        read(
            envelope(
                R"("choices":[{"index":0,"delta":{"tool_calls":[{"function":{"arguments":{"a":1}}}]},"finishReason":"STOP"}])"),
            "not_a_string missing_member alias_member") ==
        envelope(
            R"("choices":[{"index":0,"delta":{"tool_calls":[{"index":null,"function":{"arguments":"{\"a\":1}"}}]},"finish_reason":"STOP"}])") +
            '\n');
}

BOOST_AUTO_TEST_CASE(things_in_the_wrong_place)
{
    BOOST_TEST(
        read(envelope(R"("choices":[{"index":0,"message":{"role":"assistant","content":"a"},"finish_reason":null}])"),
             "missing_member message_for_delta") ==
        envelope(R"("choices":[{"index":0,"delta":{"role":"assistant","content":"a"},"finish_reason":null}])") + '\n');
    // a delta that answers nothing leaves it to the message, and keeps what else it says
    for (std::string const silent : {R"("role":"assistant")", R"("role":"assistant","content":"")",
                                     R"("role":"assistant","content":null,"refusal":"")"})
        BOOST_TEST(
            read(envelope(R"("choices":[{"index":0,"delta":{)" + silent +
                          R"(},"message":{"role":"assistant","content":"a"},"finish_reason":"stop"}])"),
                 "message_for_delta") ==
            envelope(R"("choices":[{"index":0,"delta":{"role":"assistant","content":"a"},"finish_reason":"stop"}])") +
                '\n');
    BOOST_TEST(
        read(
            envelope(
                R"("choices":[{"index":0,"delta":{"role":"assistant","reasoning":"hm","x":1},"message":{"content":"a","y":2},"finish_reason":null}])"),
            "message_for_delta") ==
        envelope(
            R"("choices":[{"index":0,"delta":{"role":"assistant","content":"a","reasoning":"hm","y":2,"x":1},"finish_reason":null}])") +
            '\n');
    // with both, the delta counts
    BOOST_TEST(
        read(envelope(
                 R"("choices":[{"index":0,"delta":{"content":"a"},"message":{"content":"b"},"finish_reason":null}])"),
             "message_beside_delta") ==
        envelope(R"("choices":[{"index":0,"delta":{"content":"a"},"finish_reason":null}])") + '\n');
    BOOST_TEST(
        read(
            envelope(
                R"("choices":[{"index":0,"delta":{},"finish_reason":"stop","usage":{"prompt_tokens":1,"completion_tokens":2,"total_tokens":3}}])"),
            "usage_in_choice") ==
        envelope(
            R"("choices":[{"index":0,"delta":{},"finish_reason":"stop"}],"usage":{"prompt_tokens":1,"completion_tokens":2,"total_tokens":3})") +
            '\n');
}

BOOST_AUTO_TEST_CASE(errors)
{
    for (
        auto const* data :
        {R"({"error":"no"})", R"({"error":{"message":"no"}})",
         R"([])"
         R"({"object":"error","message":"no"})",
         R"({"id":"i","object":"chat.completion.chunk","created":1,"model":"m","choices":[],"error":{"message":"no"}})",
         R"({"id":"i","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{},"error":{"message":"no"},"finish_reason":"error"}]})",
         R"({"message":"no","code":1})", R"({"detail":"no"})"})
        BOOST_TEST(read(data, std::string_view(data).starts_with("[]") ? "not_an_object" : "") ==
                       "api_refusal: the service reported an error in the stream: no",
                   data);
}

BOOST_AUTO_TEST_CASE(an_error_that_is_none)
{
    for (std::string const none : {"null", "false", "\"\"", "{}"}) {
        auto const text = envelope(R"("choices":[],"error":)" + none);
        BOOST_TEST(read(text, "empty_error") == text + '\n');
    }
}

BOOST_AUTO_TEST_CASE(strict)
{
    auto o = json::read_options::for_answers();
    o.strict = true;
    for (auto const* data :
         {"null", R"({"choices":[]})", R"({"id":"i","object":"o","created":1.5,"model":"m","choices":[]})",
          R"({"id":"i","object":"o","created":1,"model":"m","choices":[],"error":null})"})
        BOOST_TEST(read(data, "", o).starts_with("peer_violation: "), data);
}

BOOST_AUTO_TEST_CASE(offsets_are_those_of_the_stream)
{
    diagnostics log;
    json::chunk_reader<> reader(&log);
    chunk c;
    reader.start("null", 1000);
    BOOST_TEST(!*reader.next(c));
    BOOST_TEST((log.kept().at(0) == diagnostic{"not_an_object", 1000, "null"}));
}

// The same chunk object, whatever it held before.
BOOST_AUTO_TEST_CASE(memory_is_reused_and_nothing_else)
{
    std::string_view const texts[] = {
        R"({"id":"a","object":"o","created":1,"model":"m","choices":[{"index":0,"delta":{"role":"assistant","content":"text"},"finish_reason":null}]})",
        R"({"id":"b","object":"p","created":2,"model":"n","choices":[],"usage":{"prompt_tokens":1,"completion_tokens":2,"total_tokens":3},"x":1})",
        R"({"id":"c","object":"q","created":3,"model":"o","choices":[{"index":1,"delta":{"tool_calls":[{"index":0,"id":"t","function":{"name":"f"}}]},"finish_reason":"stop","y":2},)"
        R"({"index":0,"delta":{"content":[]},"finish_reason":null}],"service_tier":"flex","system_fingerprint":"f"})"};
    for (auto const first : texts)
        for (auto const second : texts) {
            json::chunk_reader<> reader;
            chunk used, fresh;
            reader.start(first);
            BOOST_TEST(*reader.next(used));
            reader.start(second);
            BOOST_TEST(*reader.next(used));
            reader.start(second);
            BOOST_TEST(*reader.next(fresh));
            BOOST_TEST((used == fresh));
        }
}

BOOST_AUTO_TEST_SUITE_END()
} // namespace json_chunk_reader_test
