// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/json/request.hpp>

#include "support/read.hpp"
#include "support/round_trip.hpp"

#include <boost/test/unit_test.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <variant>

namespace json_request_test {

BOOST_AUTO_TEST_SUITE(json_request)

using namespace chatwire;

namespace {

std::string refused(std::string_view text) { return support::why_not<request>(text); }

constexpr std::string_view everything =
    R"({"model":"m","messages":[{"role":"user","content":"c"}],"tools":[{"type":"function","function":{"name":"f","description":"d",)"
    R"("parameters":{"type":"object"},"strict":true}},{"type":"custom","custom":{"name":"g","description":"d",)"
    R"("format":{"type":"grammar","grammar":{"definition":"a+","syntax":"regex"}}}}],"tool_choice":"auto","parallel_tool_calls":false,)"
    R"("response_format":{"type":"json_schema","json_schema":{"name":"n","description":"d","schema":{},"strict":null}},"temperature":0.5,"top_p":1,)"
    R"("max_completion_tokens":5,"max_tokens":6,"n":2,"stop":["a","b"],"seed":-7,"frequency_penalty":0.25,"presence_penalty":-0.5,)"
    R"("logit_bias":{"50256":-100},"logprobs":true,"top_logprobs":3,"reasoning_effort":"low","verbosity":"high","modalities":["text","audio"],)"
    R"("audio":{"voice":"v","format":"mp3"},"prediction":{"type":"content","content":"p"},"web_search_options":{"search_context_size":"low",)"
    R"("user_location":{"type":"approximate","approximate":{"city":"c","country":"IT","region":"r","timezone":"Europe/Rome"}}},)"
    R"("moderation":{"model":"m","policy":{"input":{"mode":"score"},"output":{"mode":"block"}}},)"
    R"("functions":[{"name":"f","description":"d","parameters":{}}],"function_call":{"name":"f"},"metadata":{"k":"v","l":""},)"
    R"("store":true,"service_tier":"flex","user":"u","safety_identifier":"s","prompt_cache_key":"k","prompt_cache_retention":"24h",)"
    R"("prompt_cache_options":{"mode":"explicit","ttl":"30m"},"stream":true,)"
    R"("stream_options":{"include_usage":true,"include_obfuscation":false,"o":1},"unknown":{"a": 1.50}})";

} // namespace

BOOST_AUTO_TEST_CASE(every_member_survives)
{
    support::check_text<request>(everything);
    support::check_text<request>(R"({"messages":[]})");
    // the text has a member for every field there is
    for (auto const& f : json::table<request>::fields)
        BOOST_TEST(everything.find('"' + std::string(f.name) + "\":") != std::string_view::npos, f.name);
}

BOOST_AUTO_TEST_CASE(unknown_members_survive_at_any_depth)
{
    for (
        std::string_view const text : {
            R"({"messages":[],"tools":[{"type":"custom","custom":{"name":"g","format":{"type":"grammar","grammar":{"definition":"","syntax":"ebnf","x":1},"y":2},"z":3}}]})",
            R"({"messages":[],"tools":[{"type":"mcp","server":{"url":"u"}}]})",
            R"({"messages":[],"audio":{"voice":{"id":"v","x":1},"format":"wav","y":2}})",
            R"({"messages":[],"prediction":{"type":"content","content":[{"type":"text","text":"a"},{"type":"x"}],"y":2}})",
            R"({"messages":[],"prediction":{"type":"edit","edit":[1]}})",
            R"({"messages":[],"web_search_options":{"user_location":{"type":"exact","exact":[1]},"x":1}})",
            R"({"messages":[],"web_search_options":{"search_context_size":"huge","user_location":{"type":"approximate","approximate":{"x":1},"y":2},"z":3}})",
            R"({"messages":[],"moderation":{"model":"m","policy":{"input":{"mode":"flag","x":1},"y":2},"z":3}})",
            R"({"messages":[],"functions":[{"name":"f","x":1}],"function_call":{"name":"f","x":1}})",
            R"({"messages":[],"prompt_cache_options":{"x":1}})",
        })
        support::check_text<request>(text);
}

BOOST_AUTO_TEST_CASE(null_is_kept_where_the_reference_has_it)
{
    support::check_text<request>(
        R"({"messages":[],"temperature":null,"top_p":null,"max_completion_tokens":null,"max_tokens":null,"n":null,"stop":null,"seed":null,)"
        R"("frequency_penalty":null,"presence_penalty":null,"logit_bias":null,"logprobs":null,"top_logprobs":null,"reasoning_effort":null,)"
        R"("verbosity":null,"modalities":null,"audio":null,"prediction":null,"moderation":null,"metadata":null,"store":null,"service_tier":null,)"
        R"("safety_identifier":null,"prompt_cache_key":null,"prompt_cache_retention":null,"stream":null,"stream_options":null})");
    support::check_text<request>(R"({"messages":[],"web_search_options":{"user_location":null}})");
    support::check_text<request>(R"({"messages":[],"moderation":{"model":"m","policy":null}})");
    support::check_text<request>(R"({"messages":[],"moderation":{"model":"m","policy":{"input":null,"output":null}}})");
}

BOOST_AUTO_TEST_CASE(null_is_tolerated_elsewhere)
{
    for (std::string const name :
         {"model", "tools", "tool_choice", "parallel_tool_calls", "response_format", "web_search_options", "functions",
          "function_call", "user", "prompt_cache_options"}) {
        diagnostics log;
        auto const r = json::read<request>("{\"messages\":[],\"" + name + "\":null}", &log);
        BOOST_TEST((r && *r == request{}), name);
        BOOST_TEST(support::codes(log) == "null_member", name);
    }
}

BOOST_AUTO_TEST_CASE(other_spellings)
{
    support::check_text<request>(R"({"messages":[],"tool_choice":{"type":"function","function":{"name":"f"}}})");
    support::check_text<request>(R"({"messages":[],"tool_choice":{"type":"function","function":{"name":"f","z":1}}})");
    support::check_text<request>(R"({"messages":[],"tool_choice":{"type":"custom","custom":{"name":"f"}}})");
    support::check_text<request>(R"({"messages":[],"tool_choice":{"type":"custom","custom":{"name":"f"},"z":1}})");
    support::check_text<request>(
        R"({"messages":[],"tool_choice":{"type":"function","function":{"name":"f"},"custom":{"name":"g"}}})");
    support::check_text<request>(R"({"messages":[],"tool_choice":{"type":"mcp","server":"s"}})");
    support::check_text<request>(
        R"({"messages":[],"tool_choice":{"type":"allowed_tools","allowed_tools":{"mode":"auto","tools":[]}}})");
    support::check_text<request>(
        R"({"messages":[],"tool_choice":{"type":"allowed_tools","allowed_tools":{"mode":"required","tools":[{"type":"function","function":{"name":"f"}},)"
        R"({"type":"custom","custom":{"name":"g"}},{"type":"mcp","server_label":"s"},{},{"type":"function","function":{"name":"f","strict":true}}],"x":1}}})");
    support::check_text<request>(
        R"({"messages":[],"tool_choice":{"type":"allowed_tools","allowed_tools":{"mode":"auto","tools":[]},"x":1}})");
    support::check_text<request>(R"({"messages":[],"function_call":"auto"})");
    support::check_text<request>(R"({"messages":[],"functions":[],"function_call":"any"})");
    support::check_text<request>(R"({"messages":[],"logit_bias":{},"metadata":{}})");
    support::check_text<request>(R"({"messages":[],"tool_choice":"any"})");
    support::check_text<request>(R"({"messages":[],"stop":"a"})");
    support::check_text<request>(R"({"messages":[],"stop":[]})");
    support::check_text<request>(R"({"messages":[],"response_format":{"type":"json_object"}})");
    support::check_text<request>(
        R"({"messages":[],"response_format":{"type":"grammar","grammar":"g"},"reasoning_effort":"extreme","service_tier":"gold"})");
}

BOOST_AUTO_TEST_CASE(what_a_tool_choice_is)
{
    auto const read = [](std::string_view text) { return *json::read<tool_choice>(text); };
    BOOST_TEST((read(R"({"function":{"name":"f"},"type":"function"})") == named_tool{"f"}));
    BOOST_TEST(
        (read(R"({"type":"custom","custom":{"name":"f"}})") == named_tool{.name = "f", .type = tool_type::custom}));
    auto const allowed = read(
        R"({"type":"allowed_tools","allowed_tools":{"mode":"required","tools":[{"type":"function","function":{"name":"f"}}]}})");
    BOOST_TEST((allowed == allowed_tools{.mode = tool_choice_mode::required, .tools = {named_tool{"f"}}}));
    BOOST_TEST(std::holds_alternative<raw_json>(read(R"({"type":"other"})").value));
    BOOST_TEST((read("\"none\"") == tool_choice_mode::none));
}

BOOST_AUTO_TEST_CASE(of_several_entries_the_last_counts)
{
    diagnostics log;
    auto const r = json::read<request>(R"({"messages":[],"metadata":{"a":"1","b":"2","a":"3"}})", &log);
    BOOST_REQUIRE(r.has_value());
    BOOST_TEST((*r->metadata == metadata{{"b", "2"}, {"a", "3"}}));
    BOOST_TEST(support::codes(log) == "duplicate_member");
}

BOOST_AUTO_TEST_CASE(numbers_as_floats_and_strings)
{
    diagnostics log;
    auto const r =
        json::read<request>(R"({"messages":[],"max_tokens":100.0,"n":"2","temperature":"0.5","seed":1e3})", &log);
    BOOST_REQUIRE(r.has_value());
    BOOST_TEST(*r->max_tokens == 100);
    BOOST_TEST(*r->n == 2);
    BOOST_TEST(*r->temperature == 0.5);
    BOOST_TEST(*r->seed == 1000);
    BOOST_TEST(support::codes(log) == "float_number number_in_string number_in_string float_number");
}

BOOST_AUTO_TEST_CASE(faults_are_named_by_their_path)
{
    BOOST_TEST(refused("{}") == "missing_member messages: missing");
    BOOST_TEST(refused(R"({"messages":null})") == "wrong_type messages: expected an array");
    BOOST_TEST(refused(R"({"messages":{}})") == "wrong_type messages: expected an array");
    BOOST_TEST(refused(R"({"messages":"hi"})") == "wrong_type messages: expected an array");
    BOOST_TEST(refused(R"({"messages":["hi"]})") == "wrong_type messages[0]: expected an object");
    BOOST_TEST(refused(R"({"messages":[{"role":"user"},{}]})") == "missing_member messages[1].role: missing");
    BOOST_TEST(refused(R"({"messages":[{"role":7}]})") == "wrong_type messages[0].role: expected a string");
    BOOST_TEST(refused(R"({"messages":[],"model":7})") == "wrong_type model: expected a string");
    BOOST_TEST(refused(R"({"messages":[],"stream":"yes"})") == "wrong_type stream: expected true or false");
    BOOST_TEST(refused(R"({"messages":[],"stream":1})") == "wrong_type stream: expected true or false");
    BOOST_TEST(refused(R"({"messages":[],"n":1.5})") == "wrong_type n: expected an integer");
    BOOST_TEST(refused(R"({"messages":[],"n":99999999999999999999})") == "bad_value n: number out of range");
    BOOST_TEST(refused(R"({"messages":[],"temperature":1e999})") == "bad_value temperature: number out of range");
    BOOST_TEST(refused(R"({"messages":[],"temperature":"warm"})") == "wrong_type temperature: expected a number");
    BOOST_TEST(refused(R"({"messages":[],"stop":7})") == "wrong_type stop: expected a string or an array");
    BOOST_TEST(refused(R"({"messages":[],"stop":["a",7]})") == "wrong_type stop[1]: expected a string");
    BOOST_TEST(refused(R"({"messages":[],"tool_choice":7})") ==
               "wrong_type tool_choice: expected a string or an object");
    BOOST_TEST(refused(R"({"messages":[],"tool_choice":{"type":"function"}})") ==
               "missing_member tool_choice.function: missing");
    BOOST_TEST(refused(R"({"messages":[],"tools":[{"type":"function","function":{}}]})") ==
               "missing_member tools[0].function.name: missing");
    BOOST_TEST(refused(R"({"messages":[],"stream_options":[]})") == "wrong_type stream_options: expected an object");
    BOOST_TEST(refused(R"([])") == "wrong_type expected an object");
    BOOST_TEST(refused(R"({"messages":[],"metadata":{"a":1}})") == "wrong_type metadata.a: expected a string");
    BOOST_TEST(refused(R"({"messages":[],"metadata":[]})") == "wrong_type metadata: expected an object");
    BOOST_TEST(refused(R"({"messages":[],"logit_bias":{"1":"x"}})") == "wrong_type logit_bias.1: expected a number");
    BOOST_TEST(refused(R"({"messages":[],"modalities":["text",1]})") == "wrong_type modalities[1]: expected a string");
    BOOST_TEST(refused(R"({"messages":[],"audio":{"voice":"v"}})") == "missing_member audio.format: missing");
    BOOST_TEST(refused(R"({"messages":[],"audio":{"voice":1}})") ==
               "wrong_type audio.voice: expected a string or an object");
    BOOST_TEST(refused(R"({"messages":[],"audio":{"voice":{}}})") == "missing_member audio.voice.id: missing");
    BOOST_TEST(refused(R"({"messages":[],"prediction":{}})") == "missing_member prediction.type: missing");
    BOOST_TEST(refused(R"({"messages":[],"prediction":{"type":"content","content":1}})") ==
               "wrong_type prediction.content: expected a string or an array");
    BOOST_TEST(
        refused(
            R"({"messages":[],"web_search_options":{"user_location":{"type":"approximate","approximate":{"city":1}}}})") ==
        "wrong_type web_search_options.user_location.approximate.city: expected a string");
    BOOST_TEST(refused(R"({"messages":[],"moderation":{"model":"m","policy":{"input":{}}}})") ==
               "missing_member moderation.policy.input.mode: missing");
    BOOST_TEST(refused(R"({"messages":[],"functions":[{}]})") == "missing_member functions[0].name: missing");
    BOOST_TEST(refused(R"({"messages":[],"functions":{}})") == "wrong_type functions: expected an array");
    BOOST_TEST(refused(R"({"messages":[],"function_call":1})") ==
               "wrong_type function_call: expected a string or an object");
    BOOST_TEST(refused(R"({"messages":[],"function_call":{}})") == "missing_member function_call.name: missing");
    BOOST_TEST(refused(R"({"messages":[],"prompt_cache_options":1})") ==
               "wrong_type prompt_cache_options: expected an object");
    BOOST_TEST(refused(R"({"messages":[],"tool_choice":{"type":"custom"}})") ==
               "missing_member tool_choice.custom: missing");
    BOOST_TEST(refused(R"({"messages":[],"tool_choice":{"type":"allowed_tools"}})") ==
               "missing_member tool_choice.allowed_tools: missing");
    BOOST_TEST(
        refused(
            R"({"messages":[],"tool_choice":{"type":"allowed_tools","allowed_tools":{"mode":"auto","tools":[{"type":"function"}]}}})") ==
        "missing_member tool_choice.allowed_tools.tools[0].function: missing");
    BOOST_TEST(refused(R"({"messages":[],"tools":[{"type":"custom","custom":{}}]})") ==
               "missing_member tools[0].custom.name: missing");
    BOOST_TEST(
        refused(
            R"({"messages":[],"tools":[{"type":"custom","custom":{"name":"n","format":{"type":"grammar","grammar":{}}}}]})") ==
        "missing_member tools[0].custom.format.grammar.definition: missing");
    BOOST_TEST(
        refused(
            R"({"messages":[{"role":"user","content":["a",{"type":"input_audio","input_audio":{"data":"","format":1}}]}]})") ==
        "wrong_type messages[0].content[1].input_audio.format: expected a string");
    auto const r = json::read<request>(R"({"messages":[{"role":7}]})");
    BOOST_TEST(r.error().param == "messages[0].role");
}

// A request cut anywhere, or with any one byte gone, never reads as anything by accident: it is refused with a place.
BOOST_AUTO_TEST_CASE(no_part_of_a_request_is_a_request)
{
    for (std::size_t n = 0; n < everything.size(); ++n) {
        auto const r = json::read<request>(everything.substr(0, n));
        BOOST_REQUIRE(!r.has_value());
        BOOST_TEST(r.error().message.starts_with("malformed JSON at byte "), r.error().message);
    }
}

BOOST_AUTO_TEST_CASE(unknown_members_of_a_reused_object_do_not_stay)
{
    request r = *json::read<request>(everything);
    BOOST_TEST(json::read_into(r, R"({"messages":[]})").has_value());
    BOOST_TEST((r == request{}));
}

BOOST_AUTO_TEST_SUITE_END()
} // namespace json_request_test
