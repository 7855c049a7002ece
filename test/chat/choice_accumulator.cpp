// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/chat/choice_accumulator.hpp>

#include "support/read.hpp"

#include <boost/test/unit_test.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace chat_choice_accumulator_test {
namespace {

using namespace chatwire;

// Lines are chunk choices; what comes out is the choice's JSON.
std::string folded(std::vector<std::string_view> const& lines, std::string_view deviations = "")
{
    choice_accumulator a(0);
    diagnostics log;
    std::size_t room = 1 << 20;
    for (auto const line : lines)
        BOOST_TEST(!a.add(support::read_answer<chunk_choice>(line), {}, room, &log, 0));
    BOOST_TEST(support::codes(log) == deviations);
    return json::to_text(a.get());
}

std::string answer(std::string_view message, std::string_view rest = R"("logprobs":null,"finish_reason":"stop")")
{
    return R"({"index":0,"message":)" + std::string(message) + ',' + std::string(rest) + '}';
}

constexpr std::string_view stop = R"({"index":0,"delta":{},"finish_reason":"stop"})";

} // namespace

BOOST_AUTO_TEST_SUITE(chat_choice_accumulator)

BOOST_AUTO_TEST_CASE(text)
{
    BOOST_TEST(folded({R"({"delta":{"role":"assistant","content":""}})", R"({"delta":{"content":"Hel"}})",
                       R"({"delta":{"content":"lo"}})", stop}) ==
               answer(R"({"role":"assistant","content":"Hello","refusal":null})"));
    // null is the same as absent
    BOOST_TEST(folded({R"({"delta":{"role":null,"content":null,"tool_calls":null,"refusal":null}})",
                       R"({"delta":{"content":"a"}})", R"({"delta":{"content":null}})", stop}) ==
               answer(R"({"role":"assistant","content":"a","refusal":null})"));
}

BOOST_AUTO_TEST_CASE(reasoning_and_refusal)
{
    BOOST_TEST(
        folded({R"({"delta":{"reasoning_content":"h","reasoning":"x"}})",
                R"({"delta":{"reasoning_content":"m","reasoning":"y"}})", R"({"delta":{"refusal":"n"}})",
                R"({"delta":{"refusal":"o"}})", stop}) ==
        answer(R"({"role":"assistant","content":null,"refusal":"no","reasoning_content":"hm","reasoning":"xy"})"));
}

BOOST_AUTO_TEST_CASE(parts)
{
    BOOST_TEST(
        folded({R"({"delta":{"content":"a"}})",
                R"({"delta":{"content":[{"type":"text","text":"b"},{"type":"thinking","thinking":[]}]}})",
                R"({"delta":{"content":[{"type":"text","text":"c"}]}})", R"({"delta":{"content":"d"}})", stop}) ==
        answer(
            R"({"role":"assistant","content":[{"type":"text","text":"ab"},{"type":"thinking","thinking":[]},{"type":"text","text":"cd"}],"refusal":null})"));
}

BOOST_AUTO_TEST_CASE(an_answer_of_calls_alone_has_no_content)
{
    BOOST_TEST(
        folded({R"({"delta":{"role":"assistant","content":""}})",
                R"({"delta":{"tool_calls":[{"index":0,"id":"c","function":{"name":"f","arguments":"{}"}}]}})",
                R"({"delta":{},"finish_reason":"tool_calls"})"}) ==
        answer(
            R"({"role":"assistant","content":null,"tool_calls":[{"id":"c","type":"function","function":{"name":"f","arguments":"{}"}}],"refusal":null})",
            R"("logprobs":null,"finish_reason":"tool_calls")"));
}

BOOST_AUTO_TEST_CASE(the_superseded_function_call)
{
    BOOST_TEST(
        folded({R"({"delta":{"function_call":{"name":"f","arguments":""}}})",
                R"({"delta":{"function_call":{"arguments":"{"}}})",
                R"({"delta":{"function_call":{"arguments":"}","z":1}}})", stop}) ==
        answer(
            R"({"role":"assistant","content":null,"refusal":null,"function_call":{"name":"f","arguments":"{}","z":1}})"));
}

BOOST_AUTO_TEST_CASE(custom_tool_calls)
{
    BOOST_TEST(
        folded(
            {R"({"delta":{"role":"assistant","content":null,"tool_calls":[{"index":0,"id":"c","type":"custom","custom":{"name":"f","input":""}}]}})",
             R"({"delta":{"tool_calls":[{"index":0,"custom":{"input":"a"}}]}})",
             R"({"delta":{"tool_calls":[{"index":0,"custom":{"input":"b"}}]}})", stop}) ==
        answer(
            R"({"role":"assistant","content":null,"tool_calls":[{"id":"c","type":"custom","custom":{"name":"f","input":"ab"}}],"refusal":null})"));
}

BOOST_AUTO_TEST_CASE(audio)
{
    BOOST_TEST(
        folded({R"({"delta":{"role":"assistant","audio":{"id":"a","transcript":"He"}}})",
                R"({"delta":{"audio":{"data":"QUJD","x":1}}})",
                R"({"delta":{"audio":{"transcript":"llo","data":"REVG","id":"b"}}})",
                R"({"delta":{"audio":{"expires_at":9,"x":2}}})", R"({"delta":{"audio":{}}})", stop}) ==
        answer(
            R"({"role":"assistant","content":null,"refusal":null,"audio":{"id":"a","data":"QUJDREVG","expires_at":9,"transcript":"Hello","x":2}})"));
}

// Whether a service cuts one base64 text, or encodes each piece of the sound for itself, the bytes are the same.
BOOST_AUTO_TEST_CASE(pieces_of_sound)
{
    auto const joined = [](std::vector<std::string> const& pieces) {
        choice_accumulator a(0);
        std::size_t room = 1000;
        for (auto const& piece : pieces)
            BOOST_TEST(!a.add({.delta = {.audio = audio_delta{.data = piece}}}, {}, room, nullptr, 0));
        return *a.get().message.audio->data;
    };
    BOOST_TEST(joined({"QUJD", "REVG"}) == "QUJDREVG");             // ABC DEF
    BOOST_TEST(joined({"Q", "UJDR", "EV", "", "G"}) == "QUJDREVG"); // cut as text
    BOOST_TEST(joined({"QQ==", "Qg=="}) == "QUI=");                 // A B
    BOOST_TEST(joined({"QQ==", "Qg==", "Qw=="}) == "QUJD");         // A B C
    BOOST_TEST(joined({"QUI=", "Q0RF", "Rg=="}) == "QUJDREVG");     // AB CDE F
    BOOST_TEST(joined({"QQ==", "QkNERUY="}) == "QUJDREVG");         // A BCDEF
    BOOST_TEST(joined({"QUI=", "QUI="}) == "QUJBQg==");             // AB AB
    BOOST_TEST(joined({"QQ==", ""}) == "QQ==");
    BOOST_TEST(joined({"QQ==", "not base64"}) == "QQ==not base64");
    BOOST_TEST(joined({"====", "QQ=="}) == "====QQ==");
}

BOOST_AUTO_TEST_CASE(annotations_are_appended)
{
    BOOST_TEST(
        folded(
            {R"({"delta":{"content":"a","annotations":[]}})",
             R"({"delta":{"annotations":[{"type":"url_citation","url_citation":{"start_index":0,"end_index":1,"url":"u","title":"t"}}]}})",
             R"({"delta":{"annotations":[{"type":"file","file":1}]}})", stop}) ==
        answer(
            R"({"role":"assistant","content":"a","refusal":null,"annotations":[{"type":"url_citation","url_citation":{"start_index":0,"end_index":1,"url":"u","title":"t"}},{"type":"file","file":1}]})"));
}

BOOST_AUTO_TEST_CASE(log_probabilities_are_appended)
{
    BOOST_TEST(
        folded(
            {R"({"delta":{"content":"a"},"logprobs":{"content":[{"token":"a","logprob":-1,"bytes":null,"top_logprobs":[]}],"refusal":null}})",
             R"({"delta":{},"logprobs":null})", R"({"delta":{},"logprobs":{}})",
             R"({"delta":{"content":"b"},"logprobs":{"content":[{"token":"b","logprob":-2,"bytes":null,"top_logprobs":[]}],"refusal":[]}})",
             stop}) ==
        answer(
            R"({"role":"assistant","content":"ab","refusal":null})",
            R"("logprobs":{"content":[{"token":"a","logprob":-1,"bytes":null,"top_logprobs":[]},{"token":"b","logprob":-2,"bytes":null,"top_logprobs":[]}],"refusal":[]},"finish_reason":"stop")"));
}

BOOST_AUTO_TEST_CASE(the_last_finish_reason_counts)
{
    BOOST_TEST(folded({R"({"delta":{},"finish_reason":"length"})", R"({"delta":{},"finish_reason":""})", stop},
                      "repeated_finish_reason") == answer(R"({"role":"assistant","content":null,"refusal":null})"));
    BOOST_TEST(folded({stop, R"({"delta":{"content":"late"}})"}, "content_after_finish") ==
               answer(R"({"role":"assistant","content":"late","refusal":null})"));
}

BOOST_AUTO_TEST_CASE(unknown_members_survive)
{
    BOOST_TEST(
        folded({R"({"delta":{"details":[{"a":1}],"mood":"x"},"filter":1})",
                R"({"delta":{"details":[],"mood":"y"},"filter":2})", R"({"delta":{"details":[ {"b":2} ]}})", stop}) ==
        R"({"index":0,"message":{"role":"assistant","content":null,"refusal":null,"details":[{"a":1}, {"b":2} ],"mood":"y"},"logprobs":null,"finish_reason":"stop","filter":2})");
}

BOOST_AUTO_TEST_CASE(room)
{
    std::string_view const pieces[] = {
        R"({"delta":{"content":"12345"}})",
        R"({"delta":{"reasoning":"12345"}})",
        R"({"delta":{"refusal":"12345"}})",
        R"({"delta":{"content":[{"type":"text","text":"12345"}]}})",
        R"({"delta":{"x":12345}})",
        R"({"delta":{"audio":{"data":"12345"}}})",
        R"({"delta":{"audio":{"transcript":"12345"}}})",
        R"({"delta":{"audio":{"x":12345}}})",
        R"({"delta":{"annotations":[{"type":"url_citation","url_citation":{"url":"12345"}}]}})",
        R"({"delta":{"content":[{"type":"file","file":{"file_data":"12345"}}]}})",
        R"({"delta":{},"y":12345})",
        R"({"delta":{"role":"12345"}})",
        R"({"delta":{},"finish_reason":"12345"})",
        R"({"delta":{"audio":{"id":"12345"}}})",
        R"({"delta":{"annotations":[{"type":"12345"}]}})",
        R"({"delta":{"annotations":[{"type":"","x":12345}]}})",
        R"({"delta":{"content":[{"type":"text","text":"","x":12345}]}})",
        R"({"delta":{"content":[{"type":"file","file":{"filename":"12345"}}]}})",
        R"({"delta":{"content":[{"type":"image_url","image_url":{"url":"12345"}}]}})",
        R"({"delta":{"content":[{"type":"input_audio","input_audio":{"data":"12345","format":"x"}}]}})",
        R"({"delta":{"content":[{"type":"refusal","refusal":"12345"}]}})",
        R"({"delta":{"function_call":{"name":"12345"}}})",
        R"({"delta":{"function_call":{"arguments":"12345"}}})",
        R"({"delta":{"function_call":{"x":12345}}})",
        R"({"delta":{"tool_calls":[{"id":"12345"}]}})",
        R"({"delta":{"tool_calls":[{"x":12345}]}})",
        R"({"delta":{"tool_calls":[{"function":{"name":"12345"}}]}})",
        R"({"delta":{"tool_calls":[{"function":{"arguments":"12345"}}]}})",
        R"({"delta":{"tool_calls":[{"function":{"x":12345}}]}})",
        R"({"delta":{"tool_calls":[{"custom":{"name":"12345"}}]}})",
        R"({"delta":{"tool_calls":[{"custom":{"input":"12345"}}]}})",
        R"({"delta":{"tool_calls":[{"custom":{"x":12345}}]}})",
        R"({"delta":{},"logprobs":{"content":[{"token":"12345","logprob":0,"bytes":null,"top_logprobs":[]}],"refusal":null}})",
    };
    for (auto const piece : pieces) {
        choice_accumulator a(0);
        std::size_t room = 4;
        BOOST_TEST((a.add(support::read_answer<chunk_choice>(piece), {}, room, nullptr, 0) == errc::content_limit),
                   piece);
        room = 1000;
        BOOST_TEST(!a.add(support::read_answer<chunk_choice>(piece), {}, room, nullptr, 0), piece);
        BOOST_TEST(room <= 995u, piece);
    }
}

BOOST_AUTO_TEST_SUITE_END()
} // namespace chat_choice_accumulator_test
