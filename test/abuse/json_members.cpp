// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
// Every member of a request with every kind of value that it does not have: refused by its name, by both servers.
#include "abuse/http_cases.hpp"
#include "support/raw_client.hpp"
#include "support/servers.hpp"

#include <chatwire/json/request.hpp>
#include <chatwire/server/offline_completer.hpp>

#include <boost/test/unit_test.hpp>

#include <functional>
#include <set>
#include <string>
#include <string_view>

BOOST_AUTO_TEST_SUITE(abuse_json_members)

namespace abuse_json_members_test {

using namespace chatwire;
using test::raw_client;

// The kinds of values: a letter for a table, a name for people, and one of them that means nothing to any member.
struct kind {
    char letter;
    std::string_view name;
    std::string_view value;
};
constexpr kind kinds[] = {{'n', "null", "null"},      {'b', "a boolean", "true"}, {'i', "an integer", "7"},
                          {'f', "a fraction", "0.5"}, {'s', "a string", "\"x\""}, {'a', "an array", "[]"},
                          {'o', "an object", "{}"}};

// A member by its path, the kinds it may have, and a request around it: `$` is where the value stands. Null may stand
// for whatever may be left out; numbers may be written as strings that are numbers, which "x" is none of.
struct member {
    std::string path;
    std::string_view kinds;
    std::string request;
};

std::vector<member> members()
{
    std::vector<member> out;
    auto const add = [&](std::string prefix, std::string before, std::string after,
                         std::vector<std::pair<std::string, std::string_view>> const& list) {
        for (auto const& [name, kinds] : list)
            out.push_back({prefix + name, kinds, before + "\"" + name + "\":$" + after});
    };
    std::string const hello = R"("messages":[{"role":"user","content":"Hi"}])";

    add("", "{", "}", {{"messages", ""}});
    add("", "{" + hello + ",", "}",
        {{"model", "ns"},
         {"tools", "na"},
         {"tool_choice", "nso"},
         {"parallel_tool_calls", "nb"},
         {"response_format", "n"},
         {"temperature", "nf"},
         {"top_p", "nf"},
         {"max_completion_tokens", "ni"},
         {"max_tokens", "ni"},
         {"n", "ni"},
         {"stop", "nsa"},
         {"seed", "ni"},
         {"frequency_penalty", "nf"},
         {"presence_penalty", "nf"},
         {"logit_bias", "no"},
         {"logprobs", "nb"},
         {"top_logprobs", "ni"},
         {"reasoning_effort", "ns"},
         {"verbosity", "ns"},
         {"modalities", "na"},
         {"audio", "n"},
         {"prediction", "n"},
         {"web_search_options", "no"},
         {"moderation", "n"},
         {"functions", "na"},
         {"function_call", "ns"},
         {"metadata", "no"},
         {"store", "nb"},
         {"service_tier", "ns"},
         {"user", "ns"},
         {"safety_identifier", "ns"},
         {"prompt_cache_key", "ns"},
         {"prompt_cache_retention", "ns"},
         {"prompt_cache_options", "no"},
         {"stream", "nb"},
         {"stream_options", "no"}});

    // members of members
    auto const within = [&](std::string const& place, std::string const& path, std::string const& before,
                            std::string const& after,
                            std::vector<std::pair<std::string, std::string_view>> const& list) {
        add(path + ".", "{" + hello + ",\"" + place + "\":" + before, after + "}", list);
    };
    within("stream_options", "stream_options", "{", "}", {{"include_usage", "nb"}, {"include_obfuscation", "nb"}});
    within("logit_bias", "logit_bias", "{", "}", {{"50256", "if"}});
    within("metadata", "metadata", "{", "}", {{"a", "s"}});
    within("response_format", "response_format", "{", "}", {{"type", "s"}});
    within("response_format", "response_format", R"({"type":"json_schema",)", "}", {{"json_schema", ""}});
    within("response_format", "response_format.json_schema", R"({"type":"json_schema","json_schema":{)", "}}",
           {{"name", "s"}});
    within("response_format", "response_format.json_schema", R"({"type":"json_schema","json_schema":{"name":"a",)",
           "}}", {{"description", "ns"}, {"strict", "nb"}, {"schema", "nbifsao"}});
    within("tools", "tools[0]", "[{", R"(,"function":{"name":"f"}}])", {{"type", "s"}});
    within("tools", "tools[0]", R"([{"type":"function",)", "}]", {{"function", ""}});
    within("tools", "tools[0].function", R"([{"type":"function","function":{)", "}}]", {{"name", "s"}});
    within("tools", "tools[0].function", R"([{"type":"function","function":{"name":"f",)", "}}]",
           {{"description", "ns"}, {"strict", "nb"}, {"parameters", "nbifsao"}});
    within("tools", "tools[0]", R"([{"type":"custom",)", "}]", {{"custom", ""}});
    within("tools", "tools[0].custom", R"([{"type":"custom","custom":{)", "}}]", {{"name", "s"}});
    within("tools", "tools[0].custom", R"([{"type":"custom","custom":{"name":"f",)", "}}]",
           {{"description", "ns"}, {"format", "n"}});
    within("tools", "tools[0].custom.format", R"([{"type":"custom","custom":{"name":"f","format":{)", "}}}]",
           {{"type", "s"}});
    within("tools", "tools[0].custom.format", R"([{"type":"custom","custom":{"name":"f","format":{"type":"grammar",)",
           "}}}]", {{"grammar", ""}});
    within("tools", "tools[0].custom.format.grammar",
           R"([{"type":"custom","custom":{"name":"f","format":{"type":"grammar","grammar":{"syntax":"lark",)", "}}}}]",
           {{"definition", "s"}});
    within("tools", "tools[0].custom.format.grammar",
           R"([{"type":"custom","custom":{"name":"f","format":{"type":"grammar","grammar":{"definition":"a",)", "}}}}]",
           {{"syntax", "s"}});
    within("functions", "functions[0]", "[{", "}]", {{"name", "s"}});
    within("functions", "functions[0]", R"([{"name":"f",)", "}]",
           {{"description", "ns"}, {"strict", "nb"}, {"parameters", "nbifsao"}});
    within("function_call", "function_call", "{", "}", {{"name", "s"}});
    within("tool_choice", "tool_choice", R"({"type":"function",)", "}", {{"function", ""}});
    within("tool_choice", "tool_choice.function", R"({"type":"function","function":{)", "}}", {{"name", "s"}});
    within("tool_choice", "tool_choice", R"({"type":"custom",)", "}", {{"custom", ""}});
    within("tool_choice", "tool_choice.custom", R"({"type":"custom","custom":{)", "}}", {{"name", "s"}});
    within("tool_choice", "tool_choice", R"({"type":"allowed_tools",)", "}", {{"allowed_tools", ""}});
    within("tool_choice", "tool_choice.allowed_tools",
           R"({"type":"allowed_tools","allowed_tools":{"tools":[{"type":"function","function":{"name":"f"}}],)", "}}",
           {{"mode", "s"}});
    within("tool_choice", "tool_choice.allowed_tools", R"({"type":"allowed_tools","allowed_tools":{"mode":"auto",)",
           "}}", {{"tools", ""}});
    std::string const allowed = R"({"type":"allowed_tools","allowed_tools":{"mode":"auto","tools":[{)";
    within("tool_choice", "tool_choice.allowed_tools.tools[0]", allowed + R"("type":"function",)", "}]}}",
           {{"function", ""}});
    within("tool_choice", "tool_choice.allowed_tools.tools[0].function", allowed + R"("type":"function","function":{)",
           "}}]}}", {{"name", "s"}});
    within("tool_choice", "tool_choice.allowed_tools.tools[0]", allowed + R"("type":"custom",)", "}]}}",
           {{"custom", ""}});
    within("tool_choice", "tool_choice.allowed_tools.tools[0].custom", allowed + R"("type":"custom","custom":{)",
           "}}]}}", {{"name", "s"}});
    // a tool of a kind that is not known is kept as it comes
    within("tool_choice", "tool_choice.allowed_tools.tools[0]", allowed, "}]}}", {{"type", "nbifsao"}});
    within("tool_choice", "tool_choice", "{", "}", {{"type", "nbifsao"}});
    within("audio", "audio", R"({"format":"wav",)", "}", {{"voice", "s"}});
    within("audio", "audio", R"({"voice":"alloy",)", "}", {{"format", "s"}});
    within("audio", "audio.voice", R"({"format":"wav","voice":{)", "}}", {{"id", "s"}});
    within("prediction", "prediction", "{", "}", {{"type", "s"}});
    within("prediction", "prediction", R"({"type":"content",)", "}", {{"content", "sa"}});
    within("web_search_options", "web_search_options", "{", "}",
           {{"search_context_size", "ns"}, {"user_location", "n"}});
    within("web_search_options", "web_search_options.user_location", R"({"user_location":{)", "}}", {{"type", "s"}});
    within("web_search_options", "web_search_options.user_location", R"({"user_location":{"type":"approximate",)", "}}",
           {{"approximate", "o"}});
    within("web_search_options", "web_search_options.user_location.approximate",
           R"({"user_location":{"type":"approximate","approximate":{)", "}}}",
           {{"city", "ns"}, {"country", "ns"}, {"region", "ns"}, {"timezone", "ns"}});
    within("moderation", "moderation", "{", "}", {{"model", "s"}});
    within("moderation", "moderation", R"({"model":"m",)", "}", {{"policy", "no"}});
    within("moderation", "moderation.policy", R"({"model":"m","policy":{)", "}}", {{"input", "n"}, {"output", "n"}});
    within("moderation", "moderation.policy.input", R"({"model":"m","policy":{"input":{)", "}}}", {{"mode", "s"}});
    within("moderation", "moderation.policy.output", R"({"model":"m","policy":{"output":{)", "}}}", {{"mode", "s"}});
    within("prompt_cache_options", "prompt_cache_options", "{", "}", {{"mode", "ns"}, {"ttl", "ns"}});

    auto const of_message = [&](std::string const& path, std::string const& before, std::string const& after,
                                std::vector<std::pair<std::string, std::string_view>> const& list) {
        add("messages[0]" + path + ".", R"({"messages":[{)" + before, after + "}]}", list);
    };
    of_message("", "", R"(,"content":"Hi")", {{"role", ""}});
    of_message("", R"("role":"user",)", "", {{"content", "sa"}});
    of_message("", R"("role":"assistant","content":"Hi",)", "",
               {{"name", "ns"},
                {"tool_calls", "na"},
                {"refusal", "ns"},
                {"reasoning_content", "nbifsao"}, // services disagree about these, so they are kept as they come
                {"reasoning", "nbifsao"},
                {"function_call", "n"},
                {"annotations", "na"},
                {"audio", "n"}});
    of_message("", R"("role":"tool","content":"Hi",)", "", {{"tool_call_id", "s"}});
    of_message(".tool_calls[0]",
               R"("role":"assistant","tool_calls":[{"type":"function","function":{"name":"f","arguments":""},)", "}]",
               {{"id", "s"}});
    of_message(".tool_calls[0]",
               R"("role":"assistant","tool_calls":[{"id":"1","function":{"name":"f","arguments":""},)", "}]",
               {{"type", "s"}});
    of_message(".tool_calls[0]", R"("role":"assistant","tool_calls":[{"id":"1","type":"function",)", "}]",
               {{"function", "n"}});
    of_message(".tool_calls[0]", R"("role":"assistant","tool_calls":[{"id":"1","type":"custom",)", "}]",
               {{"custom", "n"}});
    of_message(".tool_calls[0].function",
               R"("role":"assistant","tool_calls":[{"id":"1","type":"function","function":{"arguments":"",)", "}}]",
               {{"name", "s"}});
    of_message(".tool_calls[0].function", // arguments that are an object, and whatever else, are kept as text
               R"("role":"assistant","tool_calls":[{"id":"1","type":"function","function":{"name":"f",)", "}}]",
               {{"arguments", "nbifsao"}});
    of_message(".tool_calls[0].custom",
               R"("role":"assistant","tool_calls":[{"id":"1","type":"custom","custom":{"input":"",)", "}}]",
               {{"name", "s"}});
    of_message(".tool_calls[0].custom",
               R"("role":"assistant","tool_calls":[{"id":"1","type":"custom","custom":{"name":"f",)", "}}]",
               {{"input", "s"}});
    of_message(".function_call", R"("role":"assistant","content":"Hi","function_call":{"arguments":"",)", "}",
               {{"name", "s"}});
    of_message(".function_call", R"("role":"assistant","content":"Hi","function_call":{"name":"f",)", "}",
               {{"arguments", "nbifsao"}});
    auto const of_part = [&](std::string const& path, std::string const& before, std::string const& after,
                             std::vector<std::pair<std::string, std::string_view>> const& list) {
        of_message(".content[0]" + path, R"("role":"user","content":[{)" + before, after + "}]", list);
    };
    of_part("", R"("type":"text",)", "", {{"text", "s"}});
    of_part("", R"("type":"text","text":"Hi",)", "", {{"prompt_cache_breakpoint", "n"}});
    of_part(".prompt_cache_breakpoint", R"("type":"text","text":"Hi","prompt_cache_breakpoint":{)", "}",
            {{"mode", "s"}});
    of_part(".prompt_cache_breakpoint", R"("type":"text","text":"Hi","prompt_cache_breakpoint":{"mode":"explicit",)",
            "}", {{"ttl", "ns"}});
    of_part("", R"("type":"image_url",)", "", {{"image_url", ""}});
    of_part(".image_url", R"("type":"image_url","image_url":{)", "}", {{"url", "s"}});
    of_part(".image_url", R"("type":"image_url","image_url":{"url":"data:x",)", "}", {{"detail", "ns"}});
    of_part("", R"("type":"input_audio",)", "", {{"input_audio", ""}});
    of_part(".input_audio", R"("type":"input_audio","input_audio":{"format":"wav",)", "}", {{"data", "s"}});
    of_part(".input_audio", R"("type":"input_audio","input_audio":{"data":"AA==",)", "}", {{"format", "s"}});
    of_part("", R"("type":"refusal",)", "", {{"refusal", "s"}});
    of_part("", R"("type":"file",)", "", {{"file", ""}});
    of_part(".file", R"("type":"file","file":{"file_id":"x",)", "}", {{"file_data", "ns"}, {"filename", "ns"}});
    of_part(".file", R"("type":"file","file":{"file_data":"x",)", "}", {{"file_id", "ns"}});
    return out;
}

std::string with(std::string text, std::string_view value) { return text.replace(text.find('$'), 1, value); }

using kits = boost::mp11::mp_list<test::blocking_server_kit, test::coroutine_server_kit<2>>;

BOOST_AUTO_TEST_CASE_TEMPLATE(each_is_refused_by_its_name, Kit, kits)
{
    Kit kit(server_options{.api_keys = {std::string(test::abuse::key)}});
    kit.server.on_completion(offline_completer());
    auto const port = kit.start();
    std::size_t refused = 0, taken = 0;
    for (auto const& m : members())
        for (auto const& k : kinds)
            BOOST_TEST_CONTEXT(m.path << " is " << k.name)
            {
                auto const body = with(m.request, k.value);
                raw_client caller(port);
                auto const a = caller.ask(test::abuse::post({"Content-Length: " + std::to_string(body.size())}) + body);
                if (m.kinds.find(k.letter) != m.kinds.npos) {
                    ++taken;
                    BOOST_TEST(a.status == 200, body << '\n' << a.body);
                } else {
                    ++refused;
                    BOOST_TEST(a.status == 400, body << '\n' << a.body);
                    if (a.status == 400) {
                        auto const error = test::parse_json(a.body).as_object().at("error");
                        // of an object, and of what null leaves empty, perhaps the member that is missing inside
                        auto const param = test::text_of(error, "param");
                        bool const inside = (k.letter == 'o' || k.letter == 'n') && param.starts_with(m.path + '.');
                        BOOST_TEST((param == m.path || inside), body << '\n' << a.body);
                        BOOST_TEST(test::text_of(error, "type") == "invalid_request_error");
                    }
                }
                auto const next = caller.ask(test::abuse::asking({"Connection: close"}));
                BOOST_TEST(next.status == 200);
                BOOST_TEST(next.body.find("1, 2, 3.") != next.body.npos);
            }
    BOOST_TEST(refused >= 400U);
    BOOST_TEST(taken >= 100U);
    BOOST_TEST_MESSAGE(refused << " refused, " << taken << " taken");
}

// The paths of all members that a request's tables describe, down to the leaves.
void walk(json::shape const& s, std::string const& path, std::set<std::string>& out)
{
    if (s.what == json::shape::type::object)
        for (auto const& f : s.object->own) {
            auto const name = path + (path.empty() ? "" : ".") + std::string(f.name);
            if (f.text.empty()) // a constant says which object it is
                out.insert(name);
            walk(*f.shape, name, out);
        }
    else if (s.what == json::shape::type::array)
        walk(*s.of[0], path + "[0]", out);
    else if (s.what == json::shape::type::one_of)
        for (auto const* alternative : s.of)
            walk(*alternative, path, out);
}

BOOST_AUTO_TEST_CASE(no_member_is_missing_here)
{
    std::set<std::string> described, here;
    walk(json::shape_of<request>, "", described);
    for (auto const& m : members())
        here.insert(m.path);
    for (auto const& path : described) {
        // the same parts as a message's, and what is kept as it comes
        bool const elsewhere = path.starts_with("prediction.content[0]") ||
                               path.starts_with("messages[0].annotations[0]") || path.starts_with("messages[0].audio.");
        BOOST_TEST((elsewhere || here.count(path) == 1U), path);
    }
    BOOST_TEST(here.size() >= 100U);
}

} // namespace abuse_json_members_test

BOOST_AUTO_TEST_SUITE_END()
