// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/client/tool_loop.hpp>

#include <boost/test/unit_test.hpp>

#include <memory>
#include <string>
#include <utility>
#include <vector>

BOOST_AUTO_TEST_SUITE(client_tool_loop)

namespace client_tool_loop_test {

using namespace chatwire;
using act = io::action::kind;
using out = io::outcome::kind;

// A model: what it was asked, and what it answers to one request after another. Each answer takes one wait.
struct script {
    std::vector<result<completion>> answers{};
    std::vector<request> asked{};
};

struct answering {
    result<completion> answer;
    io::action resume(io::outcome const& o)
    {
        if (o.what == out::begin)
            return io::action::wait_until(io::never);
        if (!o.ok())
            answer = o.to_failure(errc::idle_timeout);
        return io::action::finish();
    }
    result<completion> take() { return std::move(answer); }
};

struct ask {
    script* model;
    answering operator()(request const& r) const
    {
        model->asked.push_back(r);
        auto const n = model->asked.size();
        BOOST_TEST_REQUIRE(n <= model->answers.size());
        return {model->answers[n - 1]};
    }
};
using loop = tool_loop<openai, ask>;
static_assert(io::operation<loop>);

// Does what a driver does.
result<tool_run> run(loop op)
{
    for (io::outcome last;;) {
        auto const a = op.resume(last);
        if (a.what == act::done)
            return op.take();
        BOOST_TEST_REQUIRE((a.what == act::wait || a.what == act::offload));
        if (a.work)
            a.work();
        last = {.what = out::ok};
    }
}

completion says(std::string text)
{
    return {.choices = {{.message = message::assistant(std::move(text)), .finish_reason = finish_reason::stop}}};
}

tool_call call(std::string id, std::string name)
{
    return {.id = std::move(id), .type = tool_type::function, .function = {.name = std::move(name)}};
}

completion calls(std::vector<tool_call> all)
{
    choice c{.message = {.role = role::assistant}, .finish_reason = finish_reason::tool_calls};
    c.message.tool_calls = std::move(all);
    return {.choices = {std::move(c)}};
}

request const question{.model = "m", .messages = {message::user("Hi")}};

toolbox counting(int& n)
{
    toolbox t;
    t.add("count", "Counts", [&n] { return ++n; });
    return t;
}

BOOST_AUTO_TEST_CASE(a_model_without_calls_is_asked_once)
{
    int n = 0;
    script model{.answers = {says("Hello")}};
    auto const r = run({question, counting(n), {}, ask{&model}});
    BOOST_REQUIRE(r);
    BOOST_TEST(r->text() == "Hello");
    BOOST_TEST(r->rounds == 1u);
    BOOST_TEST((r->messages == std::vector{message::user("Hi"), message::assistant("Hello")}));
    BOOST_TEST(n == 0);
    BOOST_REQUIRE(model.asked.size() == 1u);
    BOOST_TEST(model.asked[0].model == "m");
    BOOST_REQUIRE(model.asked[0].tools.size() == 1u);
    BOOST_TEST(model.asked[0].tools[0].function.name == "count");
}

BOOST_AUTO_TEST_CASE(calls_are_carried_out_in_order_until_there_are_none)
{
    int n = 0;
    auto const first = calls({call("a", "count"), call("b", "none"), call("c", "count")});
    auto const second = calls({call("d", "count")});
    script model{.answers = {first, second, says("3")}};
    std::vector<message> seen;
    auto const r =
        run({question, counting(n), {.on_message = [&](message const& m) { seen.push_back(m); }}, ask{&model}});
    BOOST_REQUIRE(r);
    BOOST_TEST(r->text() == "3");
    BOOST_TEST(r->rounds == 3u);
    std::vector<message> all{message::user("Hi"),     first.choices[0].message,
                             message::tool("a", "1"), message::tool("b", "There is no tool none"),
                             message::tool("c", "2"), second.choices[0].message,
                             message::tool("d", "3"), message::assistant("3")};
    BOOST_TEST((r->messages == all));
    BOOST_REQUIRE(model.asked.size() == 3u);
    BOOST_TEST((model.asked[1].messages == std::vector(all.begin(), all.begin() + 5)));
    BOOST_TEST((model.asked[2].messages == std::vector(all.begin(), all.begin() + 7)));
    BOOST_TEST((seen == std::vector(all.begin() + 1, all.end())));
}

BOOST_AUTO_TEST_CASE(rounds_have_a_limit)
{
    int n = 0;
    auto const again = calls({call("a", "count")});
    script model{.answers = {again, again, again}};
    auto const r = run({question, counting(n), {.max_rounds = 3}, ask{&model}});
    BOOST_REQUIRE(!r);
    BOOST_TEST((r.error().code == errc::round_limit));
    BOOST_TEST((r.error().code == condition::limit));
    BOOST_TEST(r.error().message == "asked 3 times, the model still calls count");
    BOOST_TEST(n == 2); // nobody would have heard of the third

    script one{.answers = {says("Hello")}};
    BOOST_TEST(run({question, counting(n), {.max_rounds = 1}, ask{&one}}).has_value());

    script many{.answers = std::vector<result<completion>>(50, again)};
    many.answers.push_back(says("Hello"));
    BOOST_TEST(run({question, counting(n), {.max_rounds = 0}, ask{&many}}).value().rounds == 51u);
}

BOOST_AUTO_TEST_CASE(what_asking_fails_with_is_the_end)
{
    int n = 0;
    script model{.answers = {calls({call("a", "count")}), failure(errc::refused, "Slow down")}};
    auto const r = run({question, counting(n), {}, ask{&model}});
    BOOST_REQUIRE(!r);
    BOOST_TEST((r.error().code == errc::refused));
    BOOST_TEST(r.error().message == "Slow down");
    BOOST_TEST(n == 1);
}

BOOST_AUTO_TEST_CASE(an_answer_without_choices_is_an_answer)
{
    script model{.answers = {completion{.id = "empty"}}};
    auto const r = run({question, {}, {}, ask{&model}});
    BOOST_REQUIRE(r);
    BOOST_TEST(r->completion.id == "empty");
    BOOST_TEST(r->messages.size() == 1u);
    BOOST_TEST(model.asked[0].tools.empty());
}

BOOST_AUTO_TEST_CASE(tools_of_the_request_stay)
{
    int n = 0;
    script model{.answers = {says("")}};
    auto r = question;
    r.tools = {{.type = tool_type::function, .function = {.name = "count", .description = "In other words"}},
               {.type = "web_search"}};
    BOOST_TEST(run({r, counting(n), {}, ask{&model}}).has_value());
    BOOST_TEST((model.asked.at(0).tools == r.tools));
}

BOOST_AUTO_TEST_CASE(a_call_is_forced_once)
{
    int n = 0;
    auto const later_choice = [&](tool_choice const& choice) {
        auto r = question;
        r.tool_choice = choice;
        script model{.answers = {calls({call("a", "count")}), says("done")}};
        BOOST_TEST(run({r, counting(n), {}, ask{&model}}).has_value());
        BOOST_TEST((model.asked.at(0).tool_choice == choice));
        return model.asked.at(1).tool_choice;
    };
    BOOST_TEST(!later_choice(tool_choice_mode::required));
    BOOST_TEST(!later_choice(named_tool{.name = "count"}));
    BOOST_TEST(!later_choice(allowed_tools{.mode = tool_choice_mode::required}));
    for (tool_choice const& kept : {tool_choice(tool_choice_mode::auto_), tool_choice(allowed_tools{}),
                                    tool_choice(raw_json::trusted(R"({"type":"mine"})"))})
        BOOST_TEST((later_choice(kept) == kept));
}

BOOST_AUTO_TEST_CASE(whoever_gives_up_is_not_kept_by_a_tool)
{
    int n = 0;
    for (auto const how : {out::cancelled, out::caller_gone, out::error}) {
        script model{.answers = {calls({call("a", "count"), call("b", "count")})}};
        auto op = std::make_unique<loop>(question, counting(n), tool_run_options{}, ask{&model});
        BOOST_TEST((op->resume({}).what == act::wait));
        auto const work = op->resume({.what = out::ok});
        BOOST_TEST_REQUIRE((work.what == act::offload));
        auto const error = how == out::error ? make_error_code(errc::unexpected_exception) : error_code();
        BOOST_TEST((op->resume({.what = how, .error = error}).what == act::done));
        auto const r = op->take();
        BOOST_REQUIRE(!r);
        BOOST_TEST((r.error().code == (how == out::error         ? errc::unexpected_exception
                                       : how == out::caller_gone ? errc::caller_gone
                                                                 : errc::cancelled)));
        op.reset();
        work.work(); // goes on all the same, and owns what it uses
    }
    BOOST_TEST(n == 3);
    // while the model is asked
    script model{.answers = {says("")}};
    loop op(question, counting(n), {}, ask{&model});
    (void)op.resume({});
    BOOST_TEST((op.resume({.what = out::cancelled}).what == act::done));
    BOOST_TEST((op.take().error().code == errc::cancelled));
}

} // namespace client_tool_loop_test

BOOST_AUTO_TEST_SUITE_END()
