// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include "../support/sessions.hpp"

#include <chatwire/pathors/turn.hpp>

#include <boost/test/unit_test.hpp>

#include <stdexcept>

BOOST_AUTO_TEST_SUITE(pathors_turn)

namespace pathors_turn_test {

using namespace chatwire;
using io::action;
using io::outcome;
using act = action::kind;
using out = outcome::kind;
using world = test::sessions_world;

std::string const turn_1 = "user:1|assistant:Hi there";

// Runs a plan's offloads until it wants something else.
action settle(plan& p, outcome o, std::vector<chunk>& got)
{
    for (;;) {
        auto a = p.resume(o);
        p.queue().take(got);
        if (a.what != act::offload)
            return a;
        a.work();
        o = outcome::bytes(0);
    }
}

// A model that says what the test says, when the test says so.
struct puppet {
    std::vector<std::shared_ptr<delta_queue>> queues{};
    std::vector<out> told{};
    int goodbyes = 0; // steps it still takes once nobody listens
    completer model()
    {
        return [this](request, std::function<void()>) {
            auto left = std::make_shared<int>(-1);
            auto p = std::make_unique<test::scripted_plan>([this, left](outcome const& o, test::scripted_plan& self) {
                told.push_back(o.what);
                if (*left < 0 && (o.what == out::caller_gone || o.what == out::cancelled))
                    *left = goodbyes;
                if (*left >= 0)
                    return (*left)-- == 0 ? action::finish() : action::run_elsewhere([] {});
                return self.queue().closed() ? action::finish() : action::wait_until(io::never);
            });
            queues.push_back(p->shared_queue());
            return p;
        };
    }
    void answer(std::size_t i, std::string text)
    {
        queues.at(i)->put_now(test::saying(std::move(text)));
        queues.at(i)->put_now(test::finishing());
        queues.at(i)->close();
    }
};

std::string user(std::string const& text, std::string const& session, bool stream = true)
{
    return R"("messages":[{"role":"user","content":")" + text + R"("}],"session_id":")" + session + R"(","stream":)" +
           (stream ? "true" : "false");
}

BOOST_AUTO_TEST_CASE(a_completion_sees_the_stored_turns_and_then_the_new_messages)
{
    for (bool stream : {false, true}) {
        world w;
        w.say("1", "s", stream);
        BOOST_TEST(w.last_asked() == "user:1");
        BOOST_TEST(w.kept("s") == turn_1);
        w.say("2", "s", stream);
        BOOST_TEST(w.last_asked() == turn_1 + "|user:2");
        w.complete(R"("session_id":"s","messages":[{"role":"assistant","content":"a"},{"role":"user","content":"b"}])");
        BOOST_TEST(w.last_asked() == turn_1 + "|user:2|assistant:Hi there|assistant:a|user:b");
        BOOST_TEST(w.kept("s") == turn_1 + "|user:2|assistant:Hi there|assistant:a|user:b|assistant:Hi there");
    }
}

BOOST_AUTO_TEST_CASE(a_model_that_knows_what_answers_is_believed)
{
    for (bool stream : {false, true}) {
        world w;
        BOOST_TEST((w.say("1", "s", stream).body.find(R"("model":"pathway-default")") != std::string::npos));
        w.model = [](request, std::function<void()>) {
            return std::make_unique<test::scripted_plan>([](outcome const&, test::scripted_plan& self) {
                envelope known;
                known.id = "c1";
                known.created = 7;
                known.model = "m-2026";
                self.set_envelope(std::move(known));
                self.queue().put_now(test::saying("a"));
                self.queue().put_now(test::finishing());
                self.queue().close();
                return action::finish();
            });
        };
        auto const body = w.say("2", "s", stream).body;
        for (auto const* part : {R"("model":"m-2026")", R"("id":"c1")", R"("created":7)", R"("session_id":"s")"})
            BOOST_TEST((body.find(part) != std::string::npos), part << " in " << body);
        BOOST_TEST((body.find("pathway-default") == std::string::npos));
    }
}

BOOST_AUTO_TEST_CASE(system_messages_apply_and_are_not_kept)
{
    world w({}, "Be kind.");
    for (std::string const role : {"system", "developer"}) {
        w.complete(R"("session_id":"s","messages":[{"role":")" + role +
                   R"(","content":"now"},{"role":"user","content":"1"},{"role":")" + role + R"(","content":"later"}])");
        BOOST_TEST(w.last_asked() == "system:Be kind.|" + role + ":now|user:1|" + role + ":later");
        BOOST_TEST(w.kept("s") == turn_1);
        w.say("2", "s");
        BOOST_TEST(w.last_asked() == "system:Be kind.|" + turn_1 + "|user:2");
        w.end(R"({"session_id":"s"})");
    }
}

BOOST_AUTO_TEST_CASE(variables_reach_the_instructions_in_one_pass)
{
    world w({}, "{{userName}} is {{data.role}}: {{data}} {{n}}[{{nobody}}]{{evil}}");
    w.create(R"({"session_id":"s","variables":{"userName":"J\u00f6hn","data":{"role":"admin"},"n":2.5,
                 "evil":"{{userName}}{{"}})");
    w.say("{{userName}}", "s");
    std::string const system = "system:J\u00f6hn is admin: {\"role\":\"admin\"} 2.5[]{{userName}}{{";
    BOOST_TEST(w.last_asked() == system + "|user:{{userName}}");
    w.say("2", "s");
    BOOST_TEST(w.last_asked() == system + "|user:{{userName}}|assistant:Hi there|user:2");
    BOOST_TEST(w.kept("s") == "user:{{userName}}|assistant:Hi there|user:2|assistant:Hi there");
    w.say("1", "unknown");
    BOOST_TEST(w.last_asked() == "system: is :  []|user:1");
}

BOOST_AUTO_TEST_CASE(tool_calls_are_part_of_the_conversation)
{
    world w;
    chunk calling = test::saying("");
    calling.choices[0].delta.content.reset();
    calling.choices[0].delta.tool_calls.push_back(
        {.index = 0,
         .id = "c1",
         .function = function_call_delta{.name = "weather", .arguments = R"({"city":"Lyon"})"}});
    w.model = test::knows({calling, test::finishing(finish_reason::tool_calls)});
    auto const a = w.complete(R"("session_id":"s","messages":[{"role":"user","content":"?"}],
        "tools":[{"type":"function","function":{"name":"weather"}}])");
    BOOST_TEST(a.status == 200);
    BOOST_TEST(w.asked.at(0).tools.size() == 1U);
    w.model = test::knows({test::saying("Sunny"), test::finishing()});
    BOOST_TEST(
        w.complete(R"("session_id":"s","messages":[{"role":"tool","tool_call_id":"c1","content":"sun"}])").status ==
        200);
    auto const& seen = w.asked.at(1).messages;
    BOOST_TEST_REQUIRE(seen.size() == 3U);
    BOOST_TEST_REQUIRE(seen[1].tool_calls.size() == 1U);
    BOOST_TEST(seen[1].tool_calls[0].id == "c1");
    BOOST_TEST(seen[1].tool_calls[0].function.arguments == R"({"city":"Lyon"})");
    BOOST_TEST((seen[2].role == role::tool));
    BOOST_TEST(w.kept("s") == "user:?|assistant:|tool:sun|assistant:Sunny");
}

BOOST_AUTO_TEST_CASE(a_turn_that_fails_leaves_no_trace)
{
    failure busy = refusal(429, "Slow down");
    failure const lost = errc::connection_lost;
    std::vector<chunk> flood; // more choices than anybody keeps
    for (int i = 0; i < 200; ++i)
        flood.push_back(test::saying("x", i));
    for (int i = 0; i < 200; ++i)
        flood.push_back(test::finishing(finish_reason::stop, i));
    auto const nothing = std::vector<chunk>{};
    struct {
        char const* name;
        completer model;
        int status; // of a completion
        bool begun; // whether a stream has begun by then
    } const cases[] = {
        {"refused", test::knows(nothing, busy), 429, false},
        {"failed", test::knows(nothing, lost), 500, false},
        {"failed later", test::knows({test::saying("a")}, lost), 500, true},
        {"failed at the end", test::knows({test::saying("a"), test::finishing()}, lost), 500, true},
        {"said nothing", test::knows(nothing), 500, false},
        {"never finished", test::knows({test::saying("a")}), 500, true},
        {"one of two finished",
         test::knows({test::saying("a"), test::saying("b", 1), test::finishing(finish_reason::stop, 0)}), 500, true},
        {"too much", test::knows(flood), 500, true},
        {"threw", [](request, std::function<void()>) -> std::unique_ptr<plan> { throw std::runtime_error("a secret"); },
         500, false},
        {"threw later",
         [](request, std::function<void()>) {
             return std::make_unique<test::scripted_plan>([](outcome const& o, test::scripted_plan& p) -> action {
                 if (o.what != out::begin)
                     throw std::runtime_error("a secret");
                 p.queue().put_now(test::saying("a"));
                 return action::run_elsewhere([] {});
             });
         },
         500, false}, // the inner driver has not sent anything before it is over
        {"answered otherwise",
         [](request, std::function<void()>) {
             return std::make_unique<immediate_plan>(
                 error_answer(refusal(502, "The provider is down"), error_shape::text));
         },
         502, false},
    };
    for (auto const& c : cases) {
        for (bool stream : {false, true}) {
            for (bool known : {false, true}) {
                BOOST_TEST_CONTEXT(c.name << ", stream " << stream << ", known " << known)
                {
                    world w;
                    if (known)
                        w.say("1", "s");
                    auto const before = w.kept("s");
                    w.model = c.model;
                    if (std::string_view(c.name).starts_with("threw")) {
                        auto const p = w.begin(user("2", "s", stream));
                        std::vector<chunk> got;
                        BOOST_CHECK_THROW(settle(*p, {}, got), std::runtime_error);
                    } else {
                        auto const a = w.say("2", "s", stream);
                        if (stream && c.begun) {
                            BOOST_TEST(a.status == 200);
                            auto const events = test::read_events(a.body);
                            BOOST_TEST(!test::error_text(events.back()).empty());
                        } else {
                            BOOST_TEST(a.status == c.status);
                            BOOST_TEST(!test::error_text(a.body).empty());
                        }
                        BOOST_TEST((a.body.find("[DONE]") == std::string::npos));
                    }
                    BOOST_TEST(w.kept("s") == before);
                    BOOST_TEST(w.memory->rows() == (known ? 1U : 0U));
                    // and the session goes on
                    w.model = test::knows({test::saying("ok"), test::finishing()});
                    BOOST_TEST(w.say("3", "s").status == 200);
                    BOOST_TEST(w.last_asked() == (known ? turn_1 + "|user:3" : "user:3"));
                }
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(a_caller_who_goes_away_leaves_no_trace)
{
    for (auto const how : {out::caller_gone, out::cancelled}) {
        for (int goodbyes : {0, 1, 3}) {
            for (int said = 0; said < 3; ++said) { // the last: all, but the end is not known yet
                world w;
                puppet model;
                model.goodbyes = goodbyes;
                w.model = model.model();
                std::vector<chunk> got;
                auto const p = w.begin(user("1", "s"));
                BOOST_TEST((settle(*p, {}, got).what == act::wait));
                if (said > 0)
                    model.queues[0]->put_now(test::saying("a"));
                if (said > 1)
                    model.queues[0]->put_now(test::finishing());
                BOOST_TEST((settle(*p, {.what = out::woken}, got).what == act::wait));
                BOOST_TEST((settle(*p, {.what = how}, got).what == act::done));
                BOOST_TEST((model.told.at(2) == how));
                BOOST_TEST(p->queue().error().has_value());
                BOOST_TEST(w.memory->rows() == 0U);
            }
        }
    }
    // while the session is loaded: the model is not asked
    world w;
    auto const p = w.begin(user("1", "s"));
    BOOST_TEST((p->resume({}).what == act::offload));
    BOOST_TEST((p->resume({.what = out::caller_gone}).what == act::done));
    BOOST_TEST(w.asked.empty());
    BOOST_TEST(w.memory->rows() == 0U);
}

BOOST_AUTO_TEST_CASE(an_answer_too_large_ends_at_once)
{
    world w;
    puppet model;
    model.goodbyes = 1;
    w.model = model.model();
    std::vector<chunk> got;
    auto const p = w.begin(user("1", "s"));
    settle(*p, {}, got);
    for (int i = 0; i < 200; ++i)
        model.queues[0]->put_now(test::saying("x", i));
    BOOST_TEST((settle(*p, {.what = out::woken}, got).what == act::done)); // the model need not end by itself
    BOOST_TEST_REQUIRE(p->queue().error().has_value());
    BOOST_TEST(p->queue().error()->code == make_error_code(errc::choice_limit));
    chunk c = test::saying("more");
    BOOST_TEST(!model.queues[0]->try_put(c).has_value()); // its maker is told
    BOOST_TEST(w.memory->rows() == 0U);
}

BOOST_AUTO_TEST_CASE(turns_at_the_same_time_see_the_history_at_their_start_and_are_kept_whole)
{
    for (bool known : {false, true}) {
        for (bool first_ends_first : {false, true}) {
            world w;
            if (known)
                w.say("1", "s");
            puppet model;
            w.model = model.model();
            std::vector<chunk> got;
            auto const a = w.begin(user("a", "s"));
            settle(*a, {}, got);
            auto const b = w.begin(user("b", "s"));
            settle(*b, {}, got);
            std::string const history = known ? turn_1 + '|' : "";
            BOOST_TEST(w.last_asked() == history + "user:b");
            auto const end_a = [&] {
                model.answer(0, "A");
                BOOST_TEST((settle(*a, {.what = out::woken}, got).what == act::done));
            };
            auto const end_b = [&] {
                model.answer(1, "B");
                BOOST_TEST((settle(*b, {.what = out::woken}, got).what == act::done));
            };
            if (first_ends_first) {
                end_a();
                end_b();
            } else {
                end_b();
                end_a();
            }
            BOOST_TEST(!a->queue().error().has_value());
            BOOST_TEST(!b->queue().error().has_value());
            std::string const of_a = "user:a|assistant:A";
            std::string const of_b = "user:b|assistant:B";
            BOOST_TEST(w.kept("s") == history + (first_ends_first ? of_a + '|' + of_b : of_b + '|' + of_a));
        }
    }
}

BOOST_AUTO_TEST_CASE(two_turns_may_begin_a_session_in_the_same_moment)
{
    world w;
    bool other = false;
    w.store->before = [&](std::string_view what) {
        if (what == "put" && !std::exchange(other, true)) { // between the append that found nothing and the put
            w.memory->put({.key = w.key("s"), .body = "{}"}).value();
            w.memory->append(w.key("s"), std::nullopt, {R"({"role":"user","content":"other"})"}).value();
        }
    };
    BOOST_TEST(w.say("1", "s").status == 200);
    BOOST_TEST(other);
    BOOST_TEST(w.kept("s") == "user:other|" + turn_1);
}

BOOST_AUTO_TEST_CASE(a_session_ended_during_a_turn_does_not_come_back)
{
    world w;
    w.say("1", "s");
    puppet model;
    w.model = model.model();
    std::vector<chunk> got;
    auto const p = w.begin(user("2", "s"));
    settle(*p, {}, got);
    BOOST_TEST(w.end(R"({"session_id":"s"})").status == 200);
    model.answer(0, "A");
    BOOST_TEST((settle(*p, {.what = out::woken}, got).what == act::done));
    BOOST_TEST_REQUIRE(p->queue().error().has_value());
    BOOST_TEST(p->queue().error()->status == 404);
    BOOST_TEST(p->queue().error()->message == "Session not found");
    BOOST_TEST(w.memory->rows() == 0U);
}

BOOST_AUTO_TEST_CASE(the_end_is_told_only_when_the_turn_is_kept)
{
    world w;
    std::vector<chunk> got;
    auto const p = w.begin(user("1", "s"));
    BOOST_TEST((p->resume({}).what == act::offload));
    auto const load = p->resume(outcome::bytes(0)); // nothing was loaded: as good as an empty session
    BOOST_TEST((load.what == act::offload));        // the append
    BOOST_TEST(!p->queue().closed());
    BOOST_TEST(w.kept("s") == "none");
    load.work();
    BOOST_TEST((p->resume(outcome::bytes(0)).what == act::done));
    BOOST_TEST(p->queue().closed());
    BOOST_TEST(!p->queue().error().has_value());
    BOOST_TEST(w.kept("s") == turn_1);
}

BOOST_AUTO_TEST_CASE(a_driver_that_cannot_run_the_work_ends_the_turn)
{
    for (int at : {0, 1}) {
        for (outcome const& o : {outcome::failed(errc::unexpected_exception), outcome{.what = out::timeout},
                                 outcome{.what = out::cancelled}}) {
            world w;
            auto const p = w.begin(user("1", "s"));
            auto a = p->resume({});
            if (at == 1) {
                a.work();
                a = p->resume(outcome::bytes(0));
            }
            BOOST_TEST((a.what == act::offload));
            BOOST_TEST((p->resume(o).what == act::done));
            BOOST_TEST(p->queue().error().has_value());
            BOOST_TEST(w.memory->rows() == 0U);
        }
    }
}

BOOST_AUTO_TEST_CASE(a_store_that_fails_at_any_call_never_keeps_half_a_turn_and_is_never_a_success)
{
    for (bool known : {false, true}) {
        for (bool stream : {false, true}) {
            world counting;
            if (known)
                counting.say("1", "s");
            auto const first = counting.store->calls;
            counting.say("2", "s", stream);
            auto const calls = counting.store->calls - first;
            BOOST_TEST(calls >= 3U);
            for (std::size_t k = 0; k < calls; ++k) {
                for (auto const code : {errc::connection_lost, errc::store_limit, errc::conflict, errc::idle_timeout,
                                        errc::protocol_violation, errc::bad_json, errc::refused}) {
                    for (std::size_t times : {std::size_t{1}, std::size_t{1'000'000}}) {
                        BOOST_TEST_CONTEXT("known " << known << ", stream " << stream << ", call " << k << ", "
                                                    << to_string(code) << ", " << times)
                        {
                            world w;
                            if (known)
                                w.say("1", "s");
                            auto const before = w.kept("s");
                            w.store->fail_from = w.store->calls + k;
                            w.store->fail_count = times;
                            w.store->with = failure(code, "a secret of the store");
                            auto const a = w.say("2", "s", stream);
                            BOOST_TEST((a.body.find("secret") == std::string::npos));
                            BOOST_TEST((a.body.find("[DONE]") == std::string::npos));
                            if (stream && a.status == 200) {
                                auto const events = test::read_events(a.body);
                                BOOST_TEST(test::error_text(events.back()) == "Internal server error");
                                for (auto const& c : test::read_chunks(a.body)) // no choice has an end
                                    if (auto const* choices = c.as_object().if_contains("choices"))
                                        BOOST_TEST(choices->at(0).at("finish_reason").is_null());
                            } else {
                                BOOST_TEST(a.status == 500);
                                BOOST_TEST(test::error_text(a.body) == "Internal server error");
                            }
                            // an empty session may have been begun, but nothing was said in it
                            auto const after = w.kept("s");
                            BOOST_TEST((after == before || (!known && after.empty())), after);
                            w.store->fail_from = std::string_view::npos;
                            BOOST_TEST(w.say("3", "s").status == 200);
                            BOOST_TEST(w.last_asked() == (known ? turn_1 + "|user:3" : "user:3"));
                        }
                    }
                }
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(a_stored_message_nobody_can_read_is_the_servers_fault)
{
    world w;
    w.say("1", "s");
    w.memory->append(w.key("s"), std::nullopt, {"{\"role\":"}).value();
    auto const a = w.say("2", "s");
    BOOST_TEST(a.status == 500);
    BOOST_TEST(test::error_text(a.body) == "Internal server error");
    BOOST_TEST(w.asked.size() == 1U);
}

} // namespace pathors_turn_test

BOOST_AUTO_TEST_SUITE_END()
