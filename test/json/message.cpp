// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/json/message.hpp>

#include "support/read.hpp"
#include "support/round_trip.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

namespace json_message_test {

BOOST_AUTO_TEST_SUITE(json_message)

using namespace chatwire;

BOOST_AUTO_TEST_CASE(every_member_survives)
{
    support::check_text<message>(
        R"({"role":"assistant","content":"c","name":"n","tool_calls":[{"id":"i","type":"function","function":{"name":"f","arguments":"{}"}}],)"
        R"("tool_call_id":"t","refusal":"no","reasoning_content":"h","reasoning":"m","function_call":{"name":"g","arguments":""},)"
        R"("annotations":[{"type":"url_citation"}],"audio":{"id":"a"},"x":{"y":[1, 2.50]}})");
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
    // the type need not come first; what it says decides
    auto const m = json::read<message>(R"({"content":[{"text":"type","type":"text"}],"role":"user"})");
    BOOST_TEST(json::to_text(*m) == R"({"role":"user","content":[{"type":"text","text":"type"}]})");
    BOOST_TEST(support::why_not<message>(R"({"role":"user","content":7})") ==
               "wrong_type content: expected a string or an array");
    BOOST_TEST(support::why_not<message>(R"({"role":"user","content":[{"type":"text"}]})") ==
               "missing_member content[0].text: missing");
    BOOST_TEST(support::why_not<message>(R"({"role":"user","content":[{"type":"text","text":{}}]})") ==
               "wrong_type content[0].text: expected a string");
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

BOOST_AUTO_TEST_CASE(calls_of_other_types_keep_their_own_member)
{
    support::check_text<message>(
        R"({"role":"assistant","tool_calls":[{"id":"i","type":"custom","custom":{"name":"n","input":"x"}}]})");
}

BOOST_AUTO_TEST_SUITE_END()
} // namespace json_message_test
