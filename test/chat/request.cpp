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
                                                {.logit_bias = logit_bias{}},
                                                {.logit_bias = logit_bias{{"1", 1}}},
                                                {.logprobs = true},
                                                {.top_logprobs = 1},
                                                {.reasoning_effort = reasoning_effort::low},
                                                {.verbosity = verbosity::low},
                                                {.modalities = {{modality::text}}},
                                                {.audio = audio_options{}},
                                                {.audio = nullptr},
                                                {.prediction = prediction{}},
                                                {.prediction = nullptr},
                                                {.web_search_options = web_search_options{}},
                                                {.moderation = moderation_options{}},
                                                {.moderation = nullptr},
                                                {.functions = std::vector<function_definition>{}},
                                                {.function_call = tool_choice_mode::auto_},
                                                {.metadata = metadata{}},
                                                {.metadata = metadata{{"a", "b"}}},
                                                {.store = true},
                                                {.service_tier = service_tier::flex},
                                                {.user = "u"},
                                                {.safety_identifier = "s"},
                                                {.safety_identifier = nullptr},
                                                {.prompt_cache_key = "k"},
                                                {.prompt_cache_key = nullptr},
                                                {.prompt_cache_retention = "24h"},
                                                {.prompt_cache_options = prompt_cache_options{}},
                                                {.stream = true},
                                                {.stream_options = stream_options{}},
                                                {.extra = some}});
}

BOOST_AUTO_TEST_CASE(initialisers_read_like_the_reference)
{
    request const r{
        .model = "m",
        .messages = {message::system("Be brief."), {.role = role::user, .content = "Hello"}},
        .tools = {{.function = {.name = "f", .parameters = raw_json::trusted(R"({"type":"object"})")}},
                  {.type = tool_type::custom, .custom = {.name = "sql", .format = tool_format::regex("SELECT .*")}}},
        .tool_choice = tool_choice_mode::auto_,
        .temperature = 0.5,
        .stop = stop_sequences{"a", "b"},
        .logit_bias = logit_bias{{"50256", -100}},
        .modalities = {{modality::text, modality::audio}},
        .audio = {{.voice = "alloy", .format = audio_format::mp3}},
        .prediction = {{.content = "known"}},
        .web_search_options = {{.search_context_size = search_context_size::low,
                                .user_location = {{.approximate = {{.city = "Rome"}}}}}},
        .metadata = metadata{{"topic", "demo"}},
        .stream = true,
    };
    BOOST_TEST(r.messages.size() == 2u);
    BOOST_TEST(r.stream.value_or(false));
    BOOST_TEST(r.max_tokens.is_absent());
    BOOST_TEST(*r.metadata->find("topic") == "demo");
    BOOST_TEST(r.web_search_options->user_location->approximate->city.value() == "Rome");
}

BOOST_AUTO_TEST_SUITE_END()
} // namespace chat_request_test
