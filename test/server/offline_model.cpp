// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/chat/accumulator.hpp>
#include <chatwire/json/reader.hpp>
#include <chatwire/json/request.hpp>
#include <chatwire/json/utf8.hpp>
#include <chatwire/json/value.hpp>
#include <chatwire/server/offline/text.hpp>
#include <chatwire/server/offline_model.hpp>

#include <boost/json/object.hpp>
#include <boost/test/unit_test.hpp>

#include <random>
#include <set>
#include <string>
#include <thread>
#include <vector>

BOOST_AUTO_TEST_SUITE(server_offline_model)
namespace server_offline_model_cases {

using namespace chatwire;

completion fold(offline_model::reply const& r)
{
    accumulator<> a;
    for (auto const& c : r.chunks)
        BOOST_REQUIRE(!a.add(c));
    BOOST_TEST(a.complete());
    return a.take();
}

completion ask(request const& r) { return fold(offline_model().answer(r)); }

request said(std::string_view text)
{
    request r;
    r.messages.push_back(message::user(text));
    return r;
}

// Says one thing after another; the answers become part of the conversation.
class session {
public:
    explicit session(std::string_view instructions = {})
    {
        if (!instructions.empty())
            r_.messages.push_back(message::system(instructions));
    }

    std::string say(std::string_view text)
    {
        r_.messages.push_back(message::user(text));
        auto const answer = ask(r_).text();
        r_.messages.push_back(message::assistant(answer));
        return answer;
    }

    request const& so_far() const { return r_; }

private:
    request r_;
};

bool contains(std::string_view text, std::string_view part) { return text.find(part) != text.npos; }

// ---- what it says
// ----------------------------------------------------------------------------------------------------

BOOST_AUTO_TEST_CASE(two_turns_with_a_name_and_a_variable)
{
    session s("You are a helpful assistant. The user's plan is gold. The user's city is Lisbon. The user's role is . "
              "The user's company is .");
    auto const first = s.say("Hello, my name is Ada.");
    BOOST_TEST(contains(first, "Hello, Ada!"), first);
    auto const second = s.say("What is my name, and which city am I in?");
    BOOST_TEST(contains(second, "Ada"), second);
    BOOST_TEST(contains(second, "Lisbon"), second);
    auto const third = s.say("What is my name and my plan?");
    BOOST_TEST(contains(third, "Ada"), third);
    BOOST_TEST(contains(third, "gold"), third);
}

BOOST_AUTO_TEST_CASE(exchanges)
{
    struct exchange {
        char const* said;
        char const* in_answer; // parts, separated by bars
    };
    std::vector<std::vector<exchange>> const conversations = {
        {
            {"Hi", "Hello!"},
            {"My favorite color is teal and I live in Rome.", "your favorite color is teal|You live in Rome"},
            {"Which color do I like?", "teal"},
            {"What's my favourite colour?", "teal"},
            {"where do I live?", "Rome"},
            {"Do you know my name?", "do not know your name"},
            {"My dog's name is Rex.", "Rex"},
            {"What is the name of my dog?", "Rex"},
            {"What's my dog called?", "Rex"},
            {"I'm Bob", "Hello, Bob!"},
            {"What did I just say?", "\"I'm Bob\""},
            {"What was my first message?", "\"Hi\""},
            {"Do I like teal?", "Yes."},
            {"Thank you!", "You are welcome."},
            {"What was your last answer?", "You are welcome."},
            {"What did I say about Rome?", "\"My favorite color is teal and I live in Rome.\""},
            {"How many messages have I sent?", "17 messages"},
            {"Hello again", "Hello, Bob!"},
            {"Bye", "Goodbye, Bob!"},
        },
        {
            {"Who am I?", "do not know who you are"},
            {"Call me Zoe. What is my name?", "Hello, Zoe!|Your name is Zoe."},
            {"I like tea and I hate coffee.", "you like tea|You hate coffee"},
            {"What do I like?", "You like tea."},
            {"What do I hate?", "You hate coffee."},
            {"I work as a baker.", "you work as a baker"},
            {"What is my job?", "baker"},
            {"I am 36 years old", "36"},
            {"How old am I?", "36"},
            {"I have two cats", "two cats"},
            {"What do I have?", "two cats"},
            {"Remember that the code is 4711.", "4711"},
            {"What is the code?", "The code is 4711."},
            {"Remember to buy milk", "I will remember"},
            {"What do you know about me?", "Zoe|tea|coffee|baker|36|two cats"},
            {"My name is actually Ann.", "All right, Ann."},
            {"Who am I?", "You are Ann."},
            {"What is my name, what is my job and how old am I?", "Ann|baker|36"},
            {"Is my name Ann?", "Yes."},
            {"Is my name Tom?", "No."},
        },
        {
            {"What is 2 + 3 * 4?", "14"},
            {"add 4 and 5", "9"},
            {"Could you multiply 6 by 7?", "42"},
            {"What is 7 minus 9?", "-2"},
            {"Count from 1 to 5", "1, 2, 3, 4, 5."},
            {"Count to three, please", "1, 2, 3."},
            {"Count from 3 to 1", "3, 2, 1."},
            {"Reply with exactly: PONG", "PONG"},
            {"Repeat after me: one two three", "one two three"},
            {"Who are you?", "chatwire"},
            {"What can you do?", "tools"},
            {"How are you?", "well"},
            {"Tell me a joke", "."},
            {"I am sad today", "?"},
            {"What is the capital of France?", "I do not know the capital of France"},
            {"What is my shoe size?", "I do not know your shoe size"},
            {"Write a poem about spring", "a poem about spring"},
        },
    };
    std::size_t n = 0;
    for (auto const& conversation : conversations) {
        session s;
        for (auto const& e : conversation) {
            auto const answer = s.say(e.said);
            std::string_view parts = e.in_answer;
            while (!parts.empty()) {
                auto const bar = std::min(parts.find('|'), parts.size());
                BOOST_TEST(contains(answer, parts.substr(0, bar)), e.said << " -> " << answer);
                parts.remove_prefix(std::min(bar + 1, parts.size()));
            }
            ++n;
        }
    }
    BOOST_TEST(n >= 40u);
}

BOOST_AUTO_TEST_CASE(instructions_are_known)
{
    for (auto const* instruction : {"The user's plan is gold.", "Plan: gold", "plan=gold", "{\"plan\": \"gold\"}",
                                    "Context:\n- **Plan**: gold\n- City: Oslo"}) {
        session s(instruction);
        for (auto const* question :
             {"What is my plan?", "Which plan am I on?", "Tell me my plan.", "what's the user's plan",
              "Can you please tell me what my plan is?", "Do you know my plan?"}) {
            auto const answer = s.say(question);
            BOOST_TEST(contains(answer, "gold"), instruction << ' ' << question << " -> " << answer);
        }
    }
    session named("You are Marvin, a gloomy robot.");
    BOOST_TEST(contains(named.say("Who are you?"), "Marvin"));
    request r;
    r.messages = {message::developer("The user's plan is gold."), message::user("What is my plan?")};
    BOOST_TEST(ask(r).text() == "Your plan is gold.");
}

BOOST_AUTO_TEST_CASE(it_is_no_echo)
{
    for (auto const* text :
         {"I went to the sea.", "The sky was green today", "Nobody listens", "ok", "why?", "zzz", "We won!"})
        BOOST_TEST(ask(said(text)).text() != text);
}

BOOST_AUTO_TEST_CASE(without_a_message_of_the_user)
{
    for (auto const& r : {request{}, request{.messages = {message::system("Be kind.")}}}) {
        auto const c = ask(r);
        BOOST_TEST(contains(c.text(), "Hello!"));
        BOOST_TEST((c.choices.at(0).finish_reason == finish_reason::stop));
    }
}

BOOST_AUTO_TEST_CASE(parts)
{
    request r;
    r.messages.push_back(message::user(std::vector<content_part>{
        text_part{.text = "My name is Ada."}, image_part{.image_url = {.url = "data:image/png;base64,AA=="}},
        text_part{.text = "What is my name?"}}));
    auto const answer = ask(r).text();
    BOOST_TEST(contains(answer, "image"), answer);
    BOOST_TEST(contains(answer, "Your name is Ada."), answer);

    request only;
    only.messages.push_back(message::user(std::vector<content_part>{image_part{}, image_part{}}));
    BOOST_TEST(contains(ask(only).text(), "2 images"));
    only.messages[0].content = content(std::vector<content_part>{raw_json::trusted(R"({"type":"input_audio"})")});
    BOOST_TEST(contains(ask(only).text(), "cannot read"));
    only.messages[0].content = nullptr;
    BOOST_TEST(!ask(only).text().empty());
}

BOOST_AUTO_TEST_CASE(as_in_the_manual)
{
    auto const request = said("Count from 1 to 3");
    std::string sent;
    auto const send = [&](chunk const& c) { sent += c.text(); };
    //[answer
    chatwire::offline_model const model;
    for (auto const& chunk : model.answer(request).chunks)
        send(chunk);
    //]
    BOOST_TEST(sent == "1, 2, 3.");
}

// ---- how it says it
// --------------------------------------------------------------------------------------------------

BOOST_AUTO_TEST_CASE(one_delta_for_every_word)
{
    auto const reply = offline_model().answer(said("Count from 1 to 30"));
    auto const text = fold(reply).text();
    std::string joined;
    std::size_t pieces = 0;
    for (std::size_t i = 0; i != reply.chunks.size(); ++i) {
        auto const& c = reply.chunks[i];
        if (i + 1 == reply.chunks.size()) {
            BOOST_TEST(c.choices.empty());
            BOOST_TEST(c.usage.has_value());
            break;
        }
        BOOST_TEST(c.usage.is_absent());
        BOOST_REQUIRE(c.choices.size() == 1u);
        auto const& choice = c.choices[0];
        BOOST_TEST((choice.delta.role == std::optional<open_enum<role>>(role::assistant)) == (i == 0));
        if (i + 2 == reply.chunks.size()) {
            BOOST_TEST((choice.finish_reason == finish_reason::stop));
            BOOST_TEST((choice.delta == delta{}));
        } else {
            BOOST_TEST(!choice.finish_reason.has_value());
            BOOST_TEST(choice.delta.text().find_last_not_of(' ') < 32u);
            joined += choice.delta.text();
            ++pieces;
        }
    }
    BOOST_TEST(pieces == 30u);
    BOOST_TEST(joined == text);
    BOOST_TEST(offline::count_pieces(text) == 30u);
}

BOOST_AUTO_TEST_CASE(usage_counts_pieces)
{
    request r;
    r.messages = {message::system("Be kind."), message::user("Reply with exactly: one two three")};
    auto const c = ask(r);
    BOOST_TEST(c.text() == "one two three");
    BOOST_REQUIRE(c.usage.has_value());
    BOOST_TEST(c.usage->prompt_tokens == 2 + 6);
    BOOST_TEST(c.usage->completion_tokens == 3);
    BOOST_TEST(c.usage->total_tokens == 11);
}

BOOST_AUTO_TEST_CASE(length)
{
    for (bool const old_name : {false, true})
        for (std::int64_t n : {1, 2, 29, 30, 31}) {
            auto r = said("Count from 1 to 30");
            (old_name ? r.max_tokens : r.max_completion_tokens) = n;
            auto const c = ask(r);
            BOOST_TEST((c.choices.at(0).finish_reason == (n < 30 ? finish_reason::length : finish_reason::stop)));
            BOOST_TEST(c.usage->completion_tokens == std::min<std::int64_t>(n, 30));
            BOOST_TEST(ask(said("Count from 1 to 30")).text().starts_with(c.text()));
        }
    auto r = said("Count from 1 to 30");
    r.max_tokens = 5;
    r.max_completion_tokens = 3;
    BOOST_TEST(ask(r).text() == "1, 2, 3, ");
}

BOOST_AUTO_TEST_CASE(stop)
{
    auto r = said("Count from 1 to 30");
    r.stop = stop_sequences("5");
    auto c = ask(r);
    BOOST_TEST(c.text() == "1, 2, 3, 4, ");
    BOOST_TEST((c.choices.at(0).finish_reason == finish_reason::stop));
    r.stop = stop_sequences({"9", "3, 4", ""});
    BOOST_TEST(ask(r).text() == "1, 2, ");
    r.stop = stop_sequences("1");
    c = ask(r);
    BOOST_TEST(c.text() == "");
    BOOST_TEST((c.choices.at(0).finish_reason == finish_reason::stop));
    BOOST_TEST(c.usage->completion_tokens == 0);
    r.stop = stop_sequences("5");
    r.max_tokens = 2;
    BOOST_TEST((ask(r).choices.at(0).finish_reason == finish_reason::length));
}

BOOST_AUTO_TEST_CASE(several_choices)
{
    auto r = said("I went to the sea.");
    r.n = 3;
    auto const c = ask(r);
    BOOST_REQUIRE(c.choices.size() == 3u);
    std::set<std::string> texts;
    for (auto const& choice : c.choices)
        texts.insert(choice.message.text());
    BOOST_TEST(texts.size() == 3u);
    BOOST_TEST(*texts.begin() != "");
    r.n = 1;
    BOOST_TEST(ask(r).text() == c.text());

    auto question = said("My name is Ada. What is my name?");
    question.n = 5;
    for (auto const& choice : ask(question).choices)
        BOOST_TEST(contains(choice.message.text(), "Ada"));

    r.n = 1000000000;
    BOOST_TEST(ask(r).choices.size() == offline_model_options().max_choices);
    r.n = -1;
    BOOST_TEST(ask(r).choices.size() == 1u);
    auto few = offline_model(offline_model_options{.max_choices = 2});
    r.n = 9;
    BOOST_TEST(fold(few.answer(r)).choices.size() == 2u);
}

BOOST_AUTO_TEST_CASE(the_same_request_gets_the_same_answer)
{
    session s("The user's plan is gold.");
    for (auto const* text : {"Hi", "My name is Ada", "I like trains", "Really?", "Why?", "What is my plan?"})
        s.say(text);
    auto const& r = s.so_far();
    offline_model const m;
    auto const expected = m.answer(r).chunks;
    BOOST_TEST((offline_model(m).answer(r).chunks == expected));
    std::vector<std::thread> threads;
    std::vector<std::vector<chunk>> got(4);
    for (auto& g : got)
        threads.emplace_back([&] { g = m.answer(r).chunks; });
    for (auto& t : threads)
        t.join();
    for (auto const& g : got)
        BOOST_TEST((g == expected));
}

// ---- tools
// -----------------------------------------------------------------------------------------------------------

request with_tools(std::string_view text)
{
    auto r = said(text);
    auto const add = [&](std::string name, std::string description, std::string parameters) {
        tool t;
        t.function = {.name = std::move(name),
                      .description = std::move(description),
                      .parameters = raw_json::trusted(std::move(parameters))};
        r.tools.push_back(std::move(t));
    };
    add("get_weather", "Get the current weather in a given location",
        R"({"type":"object","properties":{"location":{"type":"string"},
            "unit":{"type":"string","enum":["celsius","fahrenheit"]},"days":{"type":"integer"}},
            "required":["location"]})");
    add("search", "Search the web",
        R"({"type":"object","properties":{"query":{"type":"string"},"limit":{"type":"integer"}},"required":["query"]})");
    return r;
}

std::string calls(request const& r)
{
    auto const c = ask(r);
    std::string out;
    for (auto const& call : c.choices.at(0).message.tool_calls) {
        BOOST_TEST((call.type == tool_type::function));
        BOOST_TEST(call.id.starts_with("call_"));
        BOOST_TEST(json::parse_raw(call.function.arguments).has_value(), call.function.arguments);
        out += call.function.name + call.function.arguments;
    }
    BOOST_TEST((c.choices[0].finish_reason == (out.empty() ? finish_reason::stop : finish_reason::tool_calls)));
    BOOST_TEST(out.empty() != c.text().empty());
    return out;
}

BOOST_AUTO_TEST_CASE(a_named_tool_is_called)
{
    BOOST_TEST(calls(with_tools("call get_weather for Paris")) == R"(get_weather{"location":"Paris"})");
    BOOST_TEST(calls(with_tools("Use the get_weather tool with location=Oslo, unit=celsius")) ==
               R"(get_weather{"location":"Oslo","unit":"celsius"})");
    BOOST_TEST(calls(with_tools("what's the weather in Paris?")) == R"(get_weather{"location":"Paris"})");
    BOOST_TEST(calls(with_tools("Hello, I am Ada.")) == "");
    BOOST_TEST(calls(with_tools("Do not call get_weather.")) == "");
}

BOOST_AUTO_TEST_CASE(a_call_comes_in_pieces)
{
    auto const reply = offline_model().answer(with_tools("call get_weather for New York"));
    auto const& first = reply.chunks.at(0).choices.at(0).delta;
    BOOST_TEST((first.role == std::optional<open_enum<role>>(role::assistant)));
    BOOST_REQUIRE(first.tool_calls.size() == 1u);
    BOOST_TEST(first.tool_calls[0].index.value() == 0);
    BOOST_TEST(first.tool_calls[0].function->name.value() == "get_weather");
    BOOST_TEST(first.tool_calls[0].function->arguments.value() == "");
    BOOST_TEST(reply.chunks.size() >= 5u);
    for (std::size_t i = 1; i + 2 < reply.chunks.size(); ++i) {
        auto const& d = reply.chunks[i].choices.at(0).delta;
        BOOST_REQUIRE(d.tool_calls.size() == 1u);
        BOOST_TEST(!d.tool_calls[0].id.has_value());
        BOOST_TEST(!d.role.has_value());
    }
}

BOOST_AUTO_TEST_CASE(two_tools_at_once)
{
    auto r = with_tools("Call get_weather for Paris and search for \"big cats\".");
    BOOST_TEST(calls(r) == R"(get_weather{"location":"Paris"}search{"query":"big cats"})");
    auto const c = ask(r);
    BOOST_TEST(c.choices[0].message.tool_calls.at(0).id != c.choices[0].message.tool_calls.at(1).id);
    r.parallel_tool_calls = false;
    BOOST_TEST(calls(r) == R"(get_weather{"location":"Paris"})");
}

BOOST_AUTO_TEST_CASE(the_choice_of_a_tool)
{
    auto r = with_tools("call get_weather for Paris");
    r.tool_choice = tool_choice_mode::none;
    BOOST_TEST(calls(r) == "");
    r.tool_choice = tool_choice_mode::auto_;
    BOOST_TEST(calls(r) != "");
    r = with_tools("Hello.");
    r.tool_choice = tool_choice_mode::required;
    BOOST_TEST(calls(r).starts_with("get_weather{"));
    r.tool_choice = named_tool{"search"};
    BOOST_TEST(calls(r).starts_with("search{"));
    r.tool_choice = named_tool{"unknown"};
    BOOST_TEST(calls(r) == "");
    r.tools.clear();
    r.tool_choice = tool_choice_mode::required;
    BOOST_TEST(calls(r) == "");
}

BOOST_AUTO_TEST_CASE(results_are_told)
{
    auto r = with_tools("call get_weather for Paris and search for cats");
    auto const c = ask(r);
    r.messages.push_back({});
    r.messages.back().role = role::assistant;
    r.messages.back().tool_calls = c.choices.at(0).message.tool_calls;
    BOOST_REQUIRE(r.messages.back().tool_calls.size() == 2u);
    auto const ids = r.messages.back().tool_calls;
    r.messages.push_back(message::tool(ids[0].id, R"({"temperature": 21, "sky": "clear"})"));
    r.messages.push_back(message::tool(ids[1].id, "No cats today"));
    for (auto const mode : {tool_choice_mode::auto_, tool_choice_mode::required}) {
        r.tool_choice = mode;
        BOOST_TEST(calls(r) == "");
        auto const text = ask(r).text();
        for (auto const* part : {"get_weather", "21", "clear", "No cats today"})
            BOOST_TEST(contains(text, part), text);
    }
    // and the conversation goes on; the same call gets another id
    r.tool_choice.reset();
    r.messages.push_back(message::assistant("..."));
    r.messages.push_back(message::user("call get_weather for Paris and search for cats"));
    auto const again = ask(r).choices.at(0).message.tool_calls;
    BOOST_REQUIRE(again.size() == 2u);
    BOOST_TEST(again[0].function.arguments == ids[0].function.arguments);
    BOOST_TEST(again[0].id != ids[0].id);
}

// ---- JSON
// ------------------------------------------------------------------------------------------------------------

BOOST_AUTO_TEST_CASE(a_json_object)
{
    auto r = said("My name is \"Ada\". What is my name?");
    r.response_format = response_format{.type = response_format_type::json_object};
    auto const v = json::to_value(json::parse_raw(ask(r).text()).value()).value();
    BOOST_TEST(contains(std::string(v.at("answer").as_string().c_str()), "Ada"));
}

BOOST_AUTO_TEST_CASE(an_instance_of_a_schema)
{
    session s("The user's plan is gold.");
    s.say("My name is Ada.");
    auto r = s.so_far();
    r.messages.push_back(message::user("I am 36 years old. What is my plan?"));
    r.response_format = response_format::schema({.name = "person",
                                                 .schema = json::parse_raw(R"({"type":"object","properties":{
            "name":{"type":"string"},"age":{"type":"integer"},"plan":{"enum":["silver","gold"]},"answer":{"type":"string"},
            "tags":{"type":"array","items":{"type":"string"}},"nested":{"type":"object","properties":{"ok":{"type":"boolean"}},
            "required":["ok"]}},"required":["name","age","plan","answer","tags","nested"]})")
                                                               .value()});
    auto const v = json::to_value(json::parse_raw(ask(r).text()).value()).value();
    BOOST_TEST(v.at("name").as_string() == "Ada");
    BOOST_TEST(v.at("age").as_int64() == 36);
    BOOST_TEST(v.at("plan").as_string() == "gold");
    BOOST_TEST(contains(std::string(v.at("answer").as_string().c_str()), "gold"));
    BOOST_TEST(v.at("tags").is_array());
    BOOST_TEST(v.at("nested").at("ok").is_bool());
}

// ---- whatever comes
// --------------------------------------------------------------------------------------------------

BOOST_AUTO_TEST_CASE(any_text_is_answered_in_utf8)
{
    std::mt19937 random(11);
    std::vector<std::string> texts = {"",
                                      " ",
                                      "\n\t",
                                      "?",
                                      "...",
                                      "\xf0\x9f\x98\x80",
                                      "\xff\xfe",
                                      "\xc3",
                                      "caf\xc3\xa9",
                                      "\xd0\x9f\xd1\x80\xd0\xb8\xd0\xb2\xd0\xb5\xd1\x82",
                                      "my name is \xff\xff",
                                      "I like \xf0\x9f",
                                      "call get_weather for \xe6\x9d\xb1\xe4\xba\xac",
                                      "search for \xff",
                                      std::string(3, '\0')};
    char const* const words[] = {"my ",          "name ", "is ",  "I ",      "like ", "what ", "\xf0\x9f\x98\x80 ",
                                 "\xc3\xa9",     "and ",  ", ",   "? ",      "the ",  "call ", "=",
                                 "get_weather ", "\xff",  "\"",   "{",       "in ",   "x",     "} ",
                                 "\xe6\x9d",     "\n",    "not ", "search ", ": ",    "7 "};
    for (int i = 0; i != 300; ++i) {
        std::string t;
        for (auto n = random() % 30; n != 0; --n)
            t += words[random() % std::size(words)];
        texts.push_back(std::move(t));
    }
    for (auto const& t : texts) {
        for (bool const tools : {false, true}) {
            auto r = tools ? with_tools(t) : said(t);
            r.messages.insert(r.messages.begin(), message::system(t));
            auto const reply = offline_model().answer(r);
            for (auto const& c : reply.chunks)
                for (auto const& choice : c.choices) {
                    BOOST_TEST(json::is_utf8(choice.delta.text()), t);
                    for (auto const& call : choice.delta.tool_calls)
                        BOOST_TEST(json::is_utf8(call.function->arguments.value_or("")), t);
                }
            auto const whole = fold(reply);
            BOOST_TEST((!whole.text().empty() || !whole.choices.at(0).message.tool_calls.empty()), t);
            for (auto const& call : whole.choices[0].message.tool_calls)
                BOOST_TEST(json::parse_raw(call.function.arguments).has_value(), call.function.arguments);
        }
    }
}

// A megabyte of anything is answered, and not with a megabyte.
BOOST_AUTO_TEST_CASE(large_messages)
{
    for (std::string_view unit :
         {"a", "a ", "and so ", "I like tea. ", "What is my name? ", "{", "{\"a\":", "\"", "search ", "=",
          "call search for x and ", "(", "\xff", "\xf0\x9f\x98\x80", "x: y\n"}) {
        std::string text;
        while (text.size() < (1u << 20))
            text += unit;
        auto r = with_tools(text);
        r.messages.insert(r.messages.begin(), message::system(text));
        auto const reply = offline_model().answer(r);
        auto const c = fold(reply);
        BOOST_TEST(c.text().size() < 20000u);
        BOOST_TEST(c.usage->prompt_tokens >= (1 << 15));
        r.response_format = response_format{.type = response_format_type::json_object};
        r.tools.clear();
        BOOST_TEST(json::parse_raw(ask(r).text()).has_value());
    }
}

BOOST_AUTO_TEST_CASE(long_conversations)
{
    request r;
    r.messages.push_back(message::system("The user's plan is gold."));
    for (int i = 0; i != 1000; ++i) {
        r.messages.push_back(
            message::user(i == 500 ? "My name is Ada." : "I went to the sea, day " + std::to_string(i)));
        r.messages.push_back(message::assistant("Good."));
    }
    r.messages.push_back(message::user("What is my name and my plan?"));
    auto const text = ask(r).text();
    BOOST_TEST(contains(text, "Ada"), text);
    BOOST_TEST(contains(text, "gold"), text);
}

} // namespace server_offline_model_cases
BOOST_AUTO_TEST_SUITE_END()
