// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
//
// Functions that the model may call: the client calls them, and goes on until the model has its answer.
//
//   tools BASE_URL [KEY] [PROMPT]              tools http://127.0.0.1:8080/v1 demo-key "What's the weather in Paris?"
#include <chatwire/blocking_client.hpp>

#include <iostream>
#include <optional>
#include <string>

//[function
// What the function takes, and how that is spelled in JSON.
struct place {
    std::string city{};
    std::optional<std::string> country{};
};

template <>
struct chatwire::json::table<place> {
    static constexpr field fields[] = {
        member<&place::city>("city").means("The city alone"),
        member<&place::country>("country", presence::optional).means("Where there are several cities of the name"),
    };
};

// What goes wrong is told to the model, which may do better the next time.
chatwire::result<std::string> get_weather(place const& where)
{
    if (where.city.empty())
        return chatwire::failure(chatwire::errc::invalid_argument, "Which city?");
    return "a clear sky and 21 degrees in " + where.city;
}
//]

int main(int argc, char** argv)
{
    if (argc < 2) {
        std::cerr << "usage: " << argv[0] << " BASE_URL [KEY] [PROMPT]\n";
        return 2;
    }
    chatwire::blocking_client ai({.base_url = argv[1], .api_key = argc > 2 ? argv[2] : ""});
    char const* const prompt = argc > 3 ? argv[3] : "What's the weather in Paris?";

    //[toolbox
    chatwire::toolbox tools;
    tools.add("get_weather", "The weather in a city, now", get_weather).add("get_time", "The time of the day", [] {
        return "noon";
    });
    //]

    //[options
    chatwire::tool_run_options const options{
        .max_rounds = 5,
        .on_message =
            [](chatwire::message const& m) { // the model's, and what the tools gave
                for (auto const& call : m.tool_calls)
                    std::cout << "-> " << call.function.name << call.function.arguments_or_empty() << std::endl;
                if (m.role == chatwire::role::tool)
                    std::cout << "<- " << m.text() << std::endl;
            },
    };
    //]

    //[run
    auto const run = ai.run_tools({.messages = {chatwire::message::user(prompt)}}, tools, options);
    if (!run) {
        std::cerr << run.error().what() << std::endl;
        return 1;
    }
    std::cout << run->text() << std::endl;
    //]

    //[more
    // The conversation, calls and all, goes on with one message more.
    chatwire::request again{.messages = run->messages};
    again.messages.push_back(chatwire::message::user("Thank you!"));
    auto const thanks = ai.run_tools(again, tools, options);
    if (thanks)
        std::cout << thanks->text() << std::endl;
    //]
}
