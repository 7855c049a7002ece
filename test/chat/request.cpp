// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/chat/request.hpp>

#include "support/values.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

namespace chat_request_test {
namespace {

using namespace chatwire;

raw_members const some{{"x", raw_json::trusted("1")}};

} // namespace

BOOST_AUTO_TEST_SUITE(chat_request)

BOOST_AUTO_TEST_CASE(equality_sees_every_member)
{
    support::check_distinct<chatwire::request>({{},
                                                {.model = "m"},
                                                {.messages = {message::user("a")}},
                                                {.tools = {{}}},
                                                {.tool_choice = tool_choice_mode::none},
                                                {.parallel_tool_calls = false},
                                                {.response_format = response_format{}},
                                                {.temperature = 0},
                                                {.temperature = nullptr},
                                                {.top_p = 0},
                                                {.max_completion_tokens = 1},
                                                {.max_tokens = 1},
                                                {.n = 1},
                                                {.stop = "a"},
                                                {.stop = nullptr},
                                                {.seed = 1},
                                                {.frequency_penalty = 0},
                                                {.presence_penalty = 0},
                                                {.logit_bias = raw_json::trusted("{}")},
                                                {.logprobs = true},
                                                {.top_logprobs = 1},
                                                {.reasoning_effort = reasoning_effort::low},
                                                {.verbosity = verbosity::low},
                                                {.modalities = std::vector<std::string>{"text"}},
                                                {.audio = raw_json::trusted("{}")},
                                                {.prediction = raw_json::trusted("{}")},
                                                {.web_search_options = raw_json::trusted("{}")},
                                                {.functions = raw_json::trusted("[]")},
                                                {.function_call = raw_json::trusted("\"auto\"")},
                                                {.metadata = raw_json::trusted("{}")},
                                                {.store = true},
                                                {.service_tier = service_tier::flex},
                                                {.user = "u"},
                                                {.safety_identifier = "s"},
                                                {.prompt_cache_key = "k"},
                                                {.prompt_cache_retention = "24h"},
                                                {.stream = true},
                                                {.stream_options = stream_options{}},
                                                {.extra = some}});
}

BOOST_AUTO_TEST_CASE(initialisers_read_like_the_reference)
{
    request const r{
        .model = "m",
        .messages = {message::system("Be brief."), {.role = role::user, .content = "Hello"}},
        .tools = {{.function = {.name = "f", .parameters = raw_json::trusted(R"({"type":"object"})")}}},
        .tool_choice = tool_choice_mode::auto_,
        .temperature = 0.5,
        .stop = stop_sequences{"a", "b"},
        .stream = true,
    };
    BOOST_TEST(r.messages.size() == 2u);
    BOOST_TEST(r.stream.value_or(false));
    BOOST_TEST(r.max_tokens.is_absent());
}

BOOST_AUTO_TEST_SUITE_END()
} // namespace chat_request_test
