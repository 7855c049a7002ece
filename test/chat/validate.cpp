// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/chat/validate.hpp>

#include <boost/test/unit_test.hpp>

#include <functional>
#include <string>
#include <utility>
#include <vector>

BOOST_AUTO_TEST_SUITE(chat_validate)

using namespace chatwire;

namespace {

request good() { return {.model = "m", .messages = {message::user("Hi")}}; }

// The member at fault; empty: none is.
std::string fault(std::function<void(request&)> const& change, validate_options const& o = {})
{
    auto r = good();
    change(r);
    auto const v = validate(r, o);
    if (v)
        return {};
    BOOST_TEST((v.error().code == make_error_code(o.code)));
    BOOST_TEST(v.error().type == "invalid_request_error");
    BOOST_TEST(v.error().message.find(v.error().param) == 0u);
    return v.error().param;
}

} // namespace

BOOST_AUTO_TEST_CASE(a_good_request)
{
    BOOST_TEST(fault([](request&) {}) == "");
    BOOST_TEST(
        fault([](request& r) {
            r.messages = {message::system("a"),
                          message::developer("b"),
                          {.role = role::assistant, .content = nullptr, .tool_calls = {{.id = "c"}}},
                          message::tool("c", "r"),
                          {.role = role::assistant, .refusal = "no"},
                          {.role = role::assistant, .audio = message_audio{.id = "a"}},
                          message::user({text_part{"t"}, image_part{.image_url = {.url = "u"}},
                                         audio_part{.input_audio = {.data = "d"}}, file_part{.file = {.file_id = "f"}},
                                         raw_json::trusted(R"({"type":"x"})")})};
            r.tools = {
                {.function = {.name = "f"}}, {.type = tool_type::custom, .custom = {.name = "g"}}, {.type = "mcp"}};
            r.tool_choice = allowed_tools{.tools = {named_tool{"f"}}};
            r.prediction = prediction{.type = "other"};
            r.web_search_options = web_search_options{.user_location = user_location{.type = "other"}};
            r.modalities = {{modality::text}};
            r.logit_bias = logit_bias{{"1", -100}, {"2", 100}};
            r.n = 1;
            r.temperature = 2;
            r.top_p = nullptr;
            r.stream_options = stream_options{};
        }) == "");
}

BOOST_AUTO_TEST_CASE(the_member_at_fault_is_named)
{
    BOOST_TEST(fault([](request& r) { r.messages.clear(); }) == "messages");
    BOOST_TEST(fault([](request& r) { r.messages.push_back({.role = "wizard", .content = "x"}); }) ==
               "messages[1].role");
    BOOST_TEST(fault([](request& r) { r.messages.push_back({.role = role::user}); }) == "messages[1].content");
    BOOST_TEST(fault([](request& r) { r.messages.push_back({.role = role::user, .content = nullptr}); }) ==
               "messages[1].content");
    BOOST_TEST(fault([](request& r) { r.messages.push_back({.role = role::assistant}); }) == "messages[1].content");
    BOOST_TEST(fault([](request& r) { r.messages.push_back({.role = role::tool, .content = "x"}); }) ==
               "messages[1].tool_call_id");
    BOOST_TEST(fault([](request& r) { r.tools = {{.function = {.name = "f"}}, {}}; }) == "tools[1].function.name");
    BOOST_TEST(fault([](request& r) { r.n = 0; }) == "n");
    BOOST_TEST(fault([](request& r) { r.max_tokens = 0; }) == "max_tokens");
    BOOST_TEST(fault([](request& r) { r.max_completion_tokens = -1; }) == "max_completion_tokens");
    BOOST_TEST(fault([](request& r) { r.temperature = 2.01; }) == "temperature");
    BOOST_TEST(fault([](request& r) { r.top_p = -0.1; }) == "top_p");
    BOOST_TEST(fault([](request& r) { r.frequency_penalty = 3; }) == "frequency_penalty");
    BOOST_TEST(fault([](request& r) { r.presence_penalty = -3; }) == "presence_penalty");
    BOOST_TEST(fault([](request& r) { r.top_logprobs = 21; }) == "top_logprobs");
    BOOST_TEST(fault([](request& r) { r.tools = {{.type = tool_type::custom}}; }) == "tools[0].custom.name");
    BOOST_TEST(fault([](request& r) {
                   r.tools = {{.type = tool_type::custom,
                               .custom = {.name = "g", .format = tool_format{.type = tool_format_type::grammar}}}};
               }) == "tools[0].custom.format.grammar");
    BOOST_TEST(fault([](request& r) { r.functions = std::vector<function_definition>(1); }) == "functions[0].name");
    BOOST_TEST(fault([](request& r) { r.tool_choice = named_tool{}; }) == "tool_choice.function.name");
    BOOST_TEST(fault([](request& r) { r.tool_choice = named_tool{.type = tool_type::custom}; }) ==
               "tool_choice.custom.name");
    BOOST_TEST(fault([](request& r) { r.tool_choice = allowed_tools{}; }) == "tool_choice.allowed_tools.tools");
    BOOST_TEST(fault([](request& r) { r.tool_choice = allowed_tools{.mode = tool_choice_mode::none}; }) ==
               "tool_choice.allowed_tools.mode");
    BOOST_TEST(fault([](request& r) {
                   r.response_format = response_format{.type = response_format_type::json_schema};
               }) == "response_format.json_schema");
    BOOST_TEST(fault([](request& r) { r.prediction = prediction{}; }) == "prediction.content");
    BOOST_TEST(fault([](request& r) { r.modalities = {{modality::audio}}; }) == "audio");
    BOOST_TEST(fault([](request& r) { r.moderation = moderation_options{}; }) == "moderation.model");
    BOOST_TEST(fault([](request& r) { r.web_search_options = web_search_options{.user_location = user_location{}}; }) ==
               "web_search_options.user_location.approximate");
    BOOST_TEST(fault([](request& r) { r.logit_bias = logit_bias{{"7", 100.5}}; }) == "logit_bias.7");
    auto const part = [](content_part p) {
        return fault([&](request& r) { r.messages[0].content = content{text_part{"t"}, std::move(p)}; });
    };
    BOOST_TEST(part(image_part{}) == "messages[0].content[1].image_url.url");
    BOOST_TEST(part(audio_part{}) == "messages[0].content[1].input_audio.data");
    BOOST_TEST(part(file_part{}) == "messages[0].content[1].file");
}

BOOST_AUTO_TEST_CASE(options)
{
    auto const no_model = [](request& r) { r.model.clear(); };
    BOOST_TEST(fault(no_model) == "");
    BOOST_TEST(fault(no_model, {.model_required = true}) == "model");
    auto const usage_wanted = [](request& r) { r.stream_options = stream_options{.include_usage = true}; };
    BOOST_TEST(fault(usage_wanted, {.stream_options_need_stream = true}) == "stream_options");
    auto const wizard = [](request& r) { r.messages = {{.role = "wizard"}}; };
    BOOST_TEST(fault(wizard, {.known_roles = false}) == "");
    BOOST_TEST(fault(wizard, {.code = errc::invalid_argument}) == "messages[0].role");
}

BOOST_AUTO_TEST_SUITE_END()
