// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/json/message.hpp>

#include "support/read.hpp"
#include "support/round_trip.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>

namespace json_message_test {

BOOST_AUTO_TEST_SUITE(json_message)

using namespace chatwire;

BOOST_AUTO_TEST_CASE(every_member_survives)
{
    support::check_text<message>(
        R"({"role":"assistant","content":"c","name":"n","tool_calls":[{"id":"i","type":"function","function":{"name":"f","arguments":"{}"}}],)"
        R"("tool_call_id":"t","refusal":"no","reasoning_content":"h","reasoning":"m","function_call":{"name":"g","arguments":""},)"
        R"("annotations":[{"type":"url_citation","url_citation":{"start_index":1,"end_index":2,"url":"u","title":"t","x":1},"y":2},{"type":"file","file":[]}],)"
        R"("audio":{"id":"a","data":"AA==","expires_at":5,"transcript":"t","x":1},"x":{"y":[1, 2.50]}})");
    for (auto const role : {"system", "developer", "user", "assistant", "tool", "function", "critic", ""})
        support::check_text<message>(R"({"role":")" + std::string(role) + R"("})");
    support::check_text<message>(
        R"({"role":"assistant","content":null,"refusal":null,"reasoning_content":null,"reasoning":null,"function_call":null,"audio":null})");
    support::check_value(message::user("\xC3\xA9 \"\n\\"));
}

BOOST_AUTO_TEST_CASE(content)
{
    support::check_text<message>(R"({"role":"user","content":[]})");
    support::check_text<message>(
        R"({"role":"user","content":[{"type":"text","text":"a","z":1},{"type":"image_url","image_url":{"url":"u","detail":"low","w":2},"v":[]},)"
        R"({"type":"refusal","refusal":"no"},{"type":"input_audio","input_audio":{"data":"","format":"wav"}},{}]})");
    support::check_text<message>(
        R"({"role":"user","content":[{"type":"input_audio","input_audio":{"data":"AA==","format":"mp3","x":1},"y":2},)"
        R"({"type":"file","file":{"file_id":"f","file_data":"d","filename":"n","x":1},"y":2},{"type":"file","file":{}},)"
        R"({"type":"text","text":"a","prompt_cache_breakpoint":{"mode":"explicit","ttl":"30m","x":1}},)"
        R"({"type":"image_url","image_url":{"url":"u"},"prompt_cache_breakpoint":{"mode":"explicit"}},)"
        R"({"type":"input_audio","input_audio":{"data":"","format":"ogg"},"prompt_cache_breakpoint":{"mode":"explicit"}},)"
        R"({"type":"file","file":{},"prompt_cache_breakpoint":{"mode":"explicit"}},)"
        R"({"type":"video_url","video_url":{"url": "v"}},{"type":7},{"kind":"text"},{"type":""}]})");
    auto const typed = *json::read<message>(
        R"({"role":"user","content":[{"type":"input_audio","input_audio":{"data":"AA==","format":"mp3"}},{"type":"file","file":{"file_id":"f"}}]})");
    BOOST_TEST(
        (typed.content == chatwire::content{audio_part{.input_audio = {.data = "AA==", .format = audio_format::mp3}},
                                            file_part{.file = {.file_id = "f"}}}));
    // the type need not come first; what it says decides
    auto const m = json::read<message>(R"({"content":[{"text":"type","type":"text"}],"role":"user"})");
    BOOST_TEST(json::to_text(*m) == R"({"role":"user","content":[{"type":"text","text":"type"}]})");
    BOOST_TEST(support::why_not<message>(R"({"role":"user","content":7})") ==
               "wrong_type content: expected a string or an array");
    BOOST_TEST(support::why_not<message>(R"({"role":"user","content":[{"type":"text"}]})") ==
               "missing_member content[0].text: missing");
    BOOST_TEST(support::why_not<message>(R"({"role":"user","content":[{"type":"text","text":{}}]})") ==
               "wrong_type content[0].text: expected a string");
    BOOST_TEST(support::why_not<message>(
                   R"({"role":"user","content":["a",{"type":"input_audio","input_audio":{"data":"d"}}]})") ==
               "missing_member content[1].input_audio.format: missing");
    BOOST_TEST(support::why_not<message>(R"({"role":"user","content":[{"type":"input_audio"}]})") ==
               "missing_member content[0].input_audio: missing");
    BOOST_TEST(support::why_not<message>(R"({"role":"user","content":[{"type":"file","file":{"file_id":1}}]})") ==
               "wrong_type content[0].file.file_id: expected a string");
    BOOST_TEST(support::why_not<message>(R"({"role":"user","content":[{"type":"file","file":"f"}]})") ==
               "wrong_type content[0].file: expected an object");
    BOOST_TEST(support::why_not<message>(
                   R"({"role":"user","content":[{"type":"text","text":"a","prompt_cache_breakpoint":{}}]})") ==
               "missing_member content[0].prompt_cache_breakpoint.mode: missing");
    BOOST_TEST(support::why_not<message>(R"({"role":"user","content":[7]})") ==
               "wrong_type content[0]: expected an object");
}

BOOST_AUTO_TEST_CASE(a_bare_string_is_a_part_of_text)
{
    diagnostics log;
    auto const m = json::read<message>(R"({"role":"user","content":["a",{"type":"text","text":"b"}]})", &log);
    BOOST_TEST(m->text() == "ab");
    BOOST_TEST(support::codes(log) == "string_part");
}

BOOST_AUTO_TEST_CASE(arguments_that_are_no_string_become_their_text)
{
    diagnostics log;
    auto const m = json::read<message>(
        R"({"role":"assistant","tool_calls":[{"id":"i","type":"function","function":{"name":"f","arguments":{"a": [1]}}}]})",
        &log);
    BOOST_TEST(m->tool_calls.at(0).function.arguments == R"({"a": [1]})");
    BOOST_TEST(support::codes(log) == "not_a_string");
}

BOOST_AUTO_TEST_CASE(reasoning_that_is_no_string_is_kept)
{
    diagnostics log;
    auto const m = json::read<message>(R"({"role":"assistant","reasoning":{"summary":"s"},"content":""})", &log);
    BOOST_TEST(m->reasoning.is_absent());
    BOOST_TEST(m->extra.find("reasoning")->text() == R"({"summary":"s"})");
    BOOST_TEST(support::codes(log) == "not_a_string");
}

BOOST_AUTO_TEST_CASE(calls_of_custom_tools)
{
    std::string_view const text =
        R"({"role":"assistant","tool_calls":[{"id":"i","type":"custom","custom":{"name":"n","input":"x","y":1}},{"id":"j","type":"custom","custom":{"name":"n","input":""}}]})";
    support::check_text<message>(text);
    auto const m = *json::read<message>(text);
    BOOST_TEST((m.tool_calls.at(0).type == tool_type::custom));
    BOOST_TEST(m.tool_calls[0].custom.input == "x");
    BOOST_TEST((m.tool_calls[0].function == function_call{}));
    BOOST_TEST(
        support::why_not<message>(
            R"({"role":"assistant","tool_calls":[{"id":"i","type":"custom","custom":{"name":"n","input":{}}}]})") ==
        "wrong_type tool_calls[0].custom.input: expected a string");
}

BOOST_AUTO_TEST_CASE(calls_of_other_types_keep_their_own_member)
{
    support::check_text<message>(
        R"({"role":"assistant","tool_calls":[{"id":"i","type":"shell","shell":{"name":"n","input":"x"}}]})");
}

// A request's audio is the id of an earlier answer's; absent, null and a value are three things.
BOOST_AUTO_TEST_CASE(audio)
{
    support::check_text<message>(R"({"role":"assistant"})");
    support::check_text<message>(R"({"role":"assistant","audio":null})");
    support::check_text<message>(R"({"role":"assistant","audio":{"id":"a"}})");
    BOOST_TEST(support::why_not<message>(R"({"role":"assistant","audio":{}})") == "missing_member audio.id: missing");
    BOOST_TEST(support::why_not<message>(R"({"role":"assistant","audio":"a"})") ==
               "wrong_type audio: expected an object");
}

BOOST_AUTO_TEST_CASE(annotations)
{
    support::check_text<message>(R"({"role":"assistant","annotations":[]})");
    BOOST_TEST(support::why_not<message>(
                   R"({"role":"assistant","annotations":[{"type":"url_citation","url_citation":{"url":1}}]})") ==
               "wrong_type annotations[0].url_citation.url: expected a string");
}

// What an answer has beside its text must not cost the text.
BOOST_AUTO_TEST_CASE(what_an_answer_has_in_another_shape_is_kept)
{
    for (std::string_view const rest :
         {R"("annotations":[1])", R"("annotations":"see below")", R"("annotations":{"a":[1]})",
          R"("annotations":[{"type":"url_citation","url_citation":{"url":[]}}])", R"("audio":"AAAA")",
          R"("audio":{"id":"i","data":[1]})"}) {
        diagnostics log;
        auto const text = R"({"role":"assistant","content":"c",)" + std::string(rest) + '}';
        auto const m = support::read_answer<message>(text, &log);
        BOOST_TEST(m.text() == "c");
        BOOST_TEST(!m.annotations.has_value());
        BOOST_TEST(m.audio.is_absent());
        BOOST_TEST(json::to_text(m) == text);
        BOOST_TEST(support::codes(log) == "other_shape");
        BOOST_TEST(support::why_not<message>(text).starts_with("wrong_type a"), rest);
    }
}

BOOST_AUTO_TEST_SUITE_END()
} // namespace json_message_test
