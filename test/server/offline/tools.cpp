// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/server/offline/tools.hpp>

#include <boost/test/unit_test.hpp>

#include <string>

BOOST_AUTO_TEST_SUITE(server_offline_tools)
namespace server_offline_tools_cases {

using namespace chatwire;

request with_tools()
{
    request r;
    auto const add = [&](std::string name, std::string description, std::string parameters) {
        tool t;
        t.function.name = std::move(name);
        if (!description.empty())
            t.function.description = std::move(description);
        if (!parameters.empty())
            t.function.parameters = raw_json::trusted(std::move(parameters));
        r.tools.push_back(std::move(t));
    };
    add("get_weather", "Get the current weather in a given location",
        R"({"type":"object","properties":{"location":{"type":"string"}},"required":["location"]})");
    add("get_weather_forecast", "",
        R"({"type":"object","properties":{"location":{"type":"string"}},"required":["location"]})");
    add("search", "Search the web",
        R"({"type":"object","properties":{"query":{"type":"string"}},"required":["query"]})");
    add("sendEmail", "Sends a mail",
        R"({"type":"object","properties":{"to":{"type":"string"},"subject":{"type":"string"}},"required":["to","subject"]})");
    add("get_time", "", "");
    add("lookup", "Tells the stock price of a company",
        R"({"type":"object","properties":{"company":{"type":"string"}},"required":["company"]})");
    return r;
}

std::string chosen(std::string_view said, request r = with_tools())
{
    r.messages.push_back(message::user(said));
    std::string out;
    for (auto const& c : offline::choose_calls(r, said, {}))
        out += c.name + c.arguments;
    return out;
}

BOOST_AUTO_TEST_CASE(which_tool)
{
    struct {
        char const* said;
        char const* calls;
    } const cases[] = {
        {"call get_weather for Paris", R"(get_weather{"location":"Paris"})"},
        {"Call GET_WEATHER for Paris", R"(get_weather{"location":"Paris"})"},
        {"please get weather for Paris", R"(get_weather{"location":"Paris"})"},
        {"For Oslo, use get_weather", R"(get_weather{"location":"Oslo"})"},
        {"Use the `get_weather` tool for Oslo.", R"(get_weather{"location":"Oslo"})"},
        {"get_weather(location=\"Oslo\")", R"(get_weather{"location":"Oslo"})"},
        {"call get_weather_forecast for Rome", R"(get_weather_forecast{"location":"Rome"})"},
        {"What's the weather in Rome?", R"(get_weather{"location":"Rome"})"},
        {"weather in Rome please", R"(get_weather{"location":"Rome"})"},
        {"How is the weather in Rome and in Oslo today?", R"(get_weather{"location":"Rome"})"},
        {"What is the forecast for Rome?", R"(get_weather_forecast{"location":"Rome"})"},
        {"search for red shoes", R"(search{"query":"red shoes"})"},
        {"Can you search for \"red shoes\"?", R"(search{"query":"red shoes"})"},
        {"What time is it?", "get_time{}"},
        {"run sendEmail to bob@example.com with subject Hello",
         R"(sendEmail{"to":"bob@example.com","subject":"Hello"})"},
        {"What is the stock price of Acme?", R"(lookup{"company":"Acme"})"},
        {"call get_weather for Rome, then search for cats", R"(get_weather{"location":"Rome"}search{"query":"cats"})"},
        {"Call get_weather for Rome and get_weather for Oslo",
         R"(get_weather{"location":"Rome"}get_weather{"location":"Oslo"})"},
        {"call get_weather for Rome and Oslo", R"(get_weather{"location":"Rome"}get_weather{"location":"Oslo"})"},
        {"call get_time twice: call get_time", "get_time{}"},
        // not asked for
        {"Hello", ""},
        {"", ""},
        {"I like the weather.", ""},
        {"In my search for meaning I got lost", ""},
        {"Do not call get_weather", ""},
        {"Tell me without get_weather what the sky looks like", ""},
        {"forget_weather", ""},
        {"What is my name?", ""},
    };
    for (auto const& c : cases)
        BOOST_TEST(chosen(c.said) == c.calls, c.said << " -> " << chosen(c.said));
}

BOOST_AUTO_TEST_CASE(what_the_request_says)
{
    auto r = with_tools();
    r.tool_choice = tool_choice_mode::none;
    BOOST_TEST(chosen("call get_weather for Rome", r) == "");
    r.tool_choice = tool_choice_mode::required;
    BOOST_TEST(chosen("Hello", r) == R"(get_weather{"location":""})");
    BOOST_TEST(chosen("do not call get_weather", r).starts_with("get_weather{"));
    r.tool_choice = named_tool{"get_time"};
    BOOST_TEST(chosen("call get_weather for Rome", r) == "get_time{}");
    r.tool_choice = named_tool{"other"};
    BOOST_TEST(chosen("call get_weather for Rome", r) == "");
    r.tool_choice = tool_choice(raw_json::trusted(R"({"type":"other"})"));
    BOOST_TEST(chosen("call get_weather for Rome", r) != "");
    r.tool_choice.reset();
    r.parallel_tool_calls = false;
    BOOST_TEST(chosen("call get_weather for Rome and Oslo", r) == R"(get_weather{"location":"Rome"})");
    r.tools.clear();
    BOOST_TEST(chosen("call get_weather for Rome", r) == "");
    r.tools.emplace_back().type = tool_type::custom;
    BOOST_TEST(chosen("call get_weather for Rome", r) == "");
}

BOOST_AUTO_TEST_CASE(results)
{
    request r;
    BOOST_TEST(offline::tell_results(r, 100) == "");
    r.messages.push_back(message::user("Go"));
    BOOST_TEST(offline::tell_results(r, 100) == "");
    auto calling = message::assistant("");
    calling.tool_calls = {{.id = "a", .function = {.name = "one"}}, {.id = "b", .function = {.name = "two"}}};
    r.messages.push_back(calling);
    auto const told = [&](content result) {
        auto q = r;
        q.messages.push_back(message::tool("b", std::move(result)));
        BOOST_TEST(offline::choose_calls(q, "call one", {}).empty());
        return offline::tell_results(q, 100);
    };
    BOOST_TEST(told("It rains.") == "two says: It rains.");
    BOOST_TEST(told("42") == "two says: 42.");
    BOOST_TEST(told("\"text\"") == "two says: text.");
    BOOST_TEST(told(R"({"sky":"clear","wind":{"speed":3}})") == "two says: sky: clear, wind speed: 3.");
    BOOST_TEST(told("[1,2]") == "two says: [1,2].");
    BOOST_TEST(told("") == "two returned nothing.");
    BOOST_TEST(told("{}") == "two says: {}.");
    BOOST_TEST(told(std::string(1000, 'x')).size() < 200u);
    BOOST_TEST(told("\xff!") == "two says: \xEF\xBF\xBD!");
    r.messages.push_back(message::tool("a", "First."));
    r.messages.push_back(message::tool("unknown", "Second."));
    BOOST_TEST(offline::tell_results(r, 100) == "one says: First. The tool says: Second.");
    r.messages.push_back(message::user("Thanks"));
    BOOST_TEST(offline::tell_results(r, 100) == "");
}

} // namespace server_offline_tools_cases
BOOST_AUTO_TEST_SUITE_END()
