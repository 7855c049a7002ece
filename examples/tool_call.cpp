// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
//
// A tool call, by hand: the model asks for a function, the program calls it and says what came out, the model goes on.
//
//   tool_call BASE_URL [KEY] [PROMPT]          tool_call http://127.0.0.1:8080/v1 demo-key "What's the weather in
//   Paris?"
#include <chatwire/blocking_client.hpp>

#include <iostream>

//[tool
// The function, and what it takes.
struct place {
    std::string city{};
};

std::string get_weather(place const& where) { return "a clear sky and 21 degrees in " + where.city; }

// How that is spelled in JSON. With such a table a type can be read and written.
template <>
struct chatwire::json::table<place> {
    static constexpr field fields[] = {member<&place::city>("city")};
};

// What the model is told: the name, what it is good for, and a JSON Schema of the arguments.
chatwire::tool describe_weather()
{
    return {.type = chatwire::tool_type::function,
            .function = {.name = "get_weather",
                         .description = "The weather in a city, now",
                         .parameters = chatwire::raw_json::trusted(
                             R"({"type":"object","properties":{"city":{"type":"string"}},"required":["city"]})")}};
}
//]

//[call
// The arguments are the model's words: there is no telling what is in them. What is wrong it is told, and may try
// again.
std::string carry_out(chatwire::tool_call const& call)
{
    if (call.function.name != "get_weather")
        return "There is no tool " + call.function.name;
    auto const where = chatwire::json::read<place>(call.function.arguments_or_empty());
    return where ? get_weather(*where) : "Bad arguments: " + where.error().what();
}
//]

int main(int argc, char** argv)
{
    if (argc < 2) {
        std::cerr << "usage: " << argv[0] << " BASE_URL [KEY] [PROMPT]\n";
        return 2;
    }
    chatwire::blocking_client ai({.base_url = argv[1], .api_key = argc > 2 ? argv[2] : ""});

    //[loop
    chatwire::request conversation{
        .messages = {chatwire::message::user(argc > 3 ? argv[3] : "What's the weather in Paris?")},
        .tools = {describe_weather()}};
    for (int round = 0; round < 8; ++round) { // a model may ask again and again
        auto answer = ai.stream(conversation);
        if (!answer) {
            std::cerr << answer.error().what() << std::endl;
            return 1;
        }
        for (;;) {
            auto const chunk = answer->next(); // of a call, too, a stream brings a few characters at a time
            if (!chunk) {
                std::cerr << chunk.error().what() << std::endl;
                return 1;
            }
            if (!*chunk)
                break;
            std::cout << (*chunk)->text() << std::flush;
        }

        // The chunks put together: whole calls, in a message that goes back into the conversation as it is.
        auto const whole = answer->completion();
        if (whole.choices.empty())
            break;
        conversation.messages.push_back(whole.choices.front().message);
        auto const calls = conversation.messages.back().tool_calls;
        if (calls.empty()) {
            std::cout << std::endl;
            return 0;
        }
        for (auto const& call : calls) { // each is to be answered, under its id
            auto result = carry_out(call);
            std::cout << call.function.name << call.function.arguments_or_empty() << " = " << result << std::endl;
            conversation.messages.push_back(chatwire::message::tool(call.id, std::move(result)));
        }
    }
    //]
    std::cerr << "the model says nothing, or does nothing but call tools" << std::endl;
    return 1;
}
