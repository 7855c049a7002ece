// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/json/recorded.hpp>

#include <chatwire/json/request.hpp>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace json_recorded_test {
namespace {

using namespace chatwire;

// Requests as the guides of OpenAI's API reference describe them (developers.openai.com/api: text, images and vision,
// audio, file inputs, function calling, structured outputs, predicted outputs, web search, prompt caching), written for
// this test, with members in the order of the field tables.
constexpr std::string_view
    requests
        [] =
            {
                R"({"model":"m","messages":[{"role":"developer","content":"Be brief."},{"role":"user","content":"Hello"}],"temperature":0.5,"stream":true,"stream_options":{"include_usage":true}})",
                R"({"model":"m","messages":[{"role":"user","content":[{"type":"text","text":"What is this?"},{"type":"image_url","image_url":{"url":"https://example.org/a.png","detail":"high"}}]}],"max_completion_tokens":300})",
                R"({"model":"m","messages":[{"role":"user","content":[{"type":"text","text":"What is said?"},{"type":"input_audio","input_audio":{"data":"UklGRg==","format":"wav"}}]}],"modalities":["text","audio"],"audio":{"voice":"alloy","format":"wav"}})",
                R"({"model":"m","messages":[{"role":"user","content":"Say more."},{"role":"assistant","audio":{"id":"audio_1"}},{"role":"user","content":"And more."}],"modalities":["text","audio"],"audio":{"voice":{"id":"voice_1"},"format":"mp3"}})",
                R"({"model":"m","messages":[{"role":"user","content":[{"type":"file","file":{"file_id":"file-1"}},{"type":"file","file":{"file_data":"data:application/pdf;base64,JVBERi0=","filename":"a.pdf"}},{"type":"text","text":"Compare them."}]}]})",
                R"({"model":"m","messages":[{"role":"user","content":"Weather in Rome?"},{"role":"assistant","content":null,"tool_calls":[{"id":"call_1","type":"function","function":{"name":"weather","arguments":"{\"city\": \"Rome\"}"}}]},{"role":"tool","content":"sunny","tool_call_id":"call_1"}],"tools":[{"type":"function","function":{"name":"weather","description":"Of a city","parameters":{"type":"object","properties":{"city":{"type":"string"}},"required":["city"],"additionalProperties":false},"strict":true}}],"tool_choice":"auto","parallel_tool_calls":true})",
                R"({"model":"m","messages":[{"role":"user","content":"Add them."},{"role":"assistant","content":null,"tool_calls":[{"id":"call_1","type":"custom","custom":{"name":"calc","input":"1 + 2"}}]},{"role":"tool","content":"3","tool_call_id":"call_1"}],"tools":[{"type":"custom","custom":{"name":"calc","description":"Arithmetic","format":{"type":"grammar","grammar":{"definition":"start: NUMBER \"+\" NUMBER","syntax":"lark"}}}},{"type":"custom","custom":{"name":"shell"}}],"tool_choice":{"type":"allowed_tools","allowed_tools":{"mode":"required","tools":[{"type":"custom","custom":{"name":"calc"}}]}}})",
                R"({"model":"m","messages":[{"role":"user","content":"Ada was born in 1815."}],"response_format":{"type":"json_schema","json_schema":{"name":"person","schema":{"type":"object","properties":{"born":{"type":"integer"}}},"strict":true}},"seed":7,"logit_bias":{"1734":-100,"9":0.5},"logprobs":true,"top_logprobs":2})",
                R"({"model":"m","messages":[{"role":"user","content":"Rename a to b."}],"prediction":{"type":"content","content":[{"type":"text","text":"int a;"}]},"metadata":{"run":"7","team":"x"},"store":true,"service_tier":"priority"})",
                R"({"model":"m","messages":[{"role":"user","content":"News?"}],"web_search_options":{"search_context_size":"low","user_location":{"type":"approximate","approximate":{"city":"Rome","country":"IT","region":"Lazio","timezone":"Europe/Rome"}}}})",
                R"({"model":"m","messages":[{"role":"system","content":[{"type":"text","text":"A long text.","prompt_cache_breakpoint":{"mode":"explicit","ttl":"12h"}}]},{"role":"user","content":"Hi"}],"reasoning_effort":"minimal","verbosity":"low","moderation":{"model":"omni","policy":{"input":{"mode":"block"},"output":null}},"safety_identifier":"h","prompt_cache_key":"k","prompt_cache_retention":"24h","prompt_cache_options":{"mode":"explicit","ttl":"30m"}})",
                R"({"model":"m","messages":[{"role":"user","content":"Weather?"},{"role":"assistant","content":null,"function_call":{"name":"weather","arguments":"{}"}},{"role":"function","content":"sunny","name":"weather"}],"n":2,"stop":["\n\n","END"],"functions":[{"name":"weather","parameters":{"type":"object"}}],"function_call":{"name":"weather"},"user":"u","stream":false})",
};

// The same JSON with members in another order and white space around everything.
void scramble(std::string& out, boost::json::value const& value, std::mt19937& random)
{
    auto const space = [&] { out.append(random() % 3, " \n\t"[random() % 3]); };
    space();
    if (auto const* object = value.if_object()) {
        std::vector<boost::json::key_value_pair const*> members;
        for (auto const& m : *object)
            members.push_back(&m);
        std::shuffle(members.begin(), members.end(), random);
        out += '{';
        for (auto const* m : members) {
            if (m != members.front())
                out += ',';
            space();
            out += boost::json::serialize(boost::json::value(m->key()));
            space();
            out += ':';
            scramble(out, m->value(), random);
        }
        out += '}';
    } else if (auto const* array = value.if_array()) {
        out += '[';
        for (auto const& element : *array) {
            if (&element != &array->front())
                out += ',';
            scramble(out, element, random);
        }
        out += ']';
    } else {
        out += boost::json::serialize(value);
    }
    space();
}

std::string written(json::recorded<request> const& r)
{
    std::string out;
    r.write(out);
    return out;
}

} // namespace

BOOST_AUTO_TEST_SUITE(json_recorded)

BOOST_AUTO_TEST_CASE(requests_in_the_order_of_the_tables_are_written_as_they_were)
{
    for (auto const text : requests) {
        auto const r = json::read<request>(text);
        BOOST_REQUIRE_MESSAGE(r.has_value(), text << (r ? "" : r.error().message));
        BOOST_TEST(json::to_text(*r) == text);
        BOOST_TEST(r->extra.empty());
    }
}

// Boost.JSON compares objects without their order.
BOOST_AUTO_TEST_CASE(requests_in_another_order_say_the_same)
{
    std::mt19937 random(7);
    for (auto const text : requests)
        for (int i = 0; i < 20; ++i) {
            auto const value = boost::json::parse(boost::json::string_view(text.data(), text.size()));
            std::string other;
            scramble(other, value, random);
            auto const r = json::read<request>(other);
            BOOST_REQUIRE_MESSAGE(r.has_value(), other);
            BOOST_TEST((boost::json::parse(json::to_text(*r)) == value), other);
        }
}

BOOST_AUTO_TEST_CASE(what_was_not_changed_is_written_byte_for_byte)
{
    std::mt19937 random(8);
    for (auto const text : requests) {
        std::string other;
        scramble(other, boost::json::parse(boost::json::string_view(text.data(), text.size())), random);
        auto r = json::recorded<request>::read(other);
        BOOST_REQUIRE(r.has_value());
        BOOST_TEST(written(*r) == other);
        r->value.model = "another";
        auto const changed = json::read<request>(written(*r));
        BOOST_REQUIRE(changed.has_value());
        BOOST_TEST(changed->model == "another");
        r->value.model = "m"; // and back
        BOOST_TEST(written(*r) == other);
    }
}

BOOST_AUTO_TEST_CASE(what_our_writer_would_spell_otherwise)
{
    for (std::string const text :
         {R"({"messages":[],"temperature":1.0,"max_tokens":1e2,"tools":[],"model":"\u00e9\/"})",
          R"( { "x" : 1.50 , "messages" : [ ] , "x" : 2 } )"}) {
        auto const r = json::recorded<request>::read(text);
        BOOST_REQUIRE(r.has_value());
        BOOST_TEST(written(*r) == text);
        BOOST_TEST(json::to_text(r->value) != text);
    }
}

BOOST_AUTO_TEST_CASE(what_cannot_be_read)
{
    BOOST_TEST(json::recorded<request>::read("{}").error().param == "messages");
    json::read_options strict;
    strict.strict = true;
    BOOST_TEST(json::recorded<request>::read(R"({"messages":[],"n":1.0})", nullptr, strict).has_error());
}

BOOST_AUTO_TEST_CASE(a_new_one_is_its_value)
{
    json::recorded<request> r;
    r.value.model = "m";
    BOOST_TEST(written(r) == R"({"model":"m","messages":[]})");
}

BOOST_AUTO_TEST_SUITE_END()
} // namespace json_recorded_test
