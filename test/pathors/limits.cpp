// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include "../support/sessions.hpp"

#include <chatwire/pathors/limits.hpp>

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(pathors_limits)

namespace pathors_limits_test {

using namespace chatwire;
using world = test::sessions_world;

BOOST_AUTO_TEST_CASE(a_session_holds_as_many_messages_as_it_may_and_no_more)
{
    for (bool stream : {false, true}) {
        world w({.max_messages = 5});
        BOOST_TEST(w.say("1", "s", stream).status == 200);
        BOOST_TEST(w.say("2", "s", stream).status == 200);
        auto const before = w.kept("s");
        auto const full = w.say("3", "s", stream); // 4, and two more
        BOOST_TEST(full.status == 400);
        BOOST_TEST(full.field("content-type") == "application/json");
        BOOST_TEST(test::error_text(full.body) == "Session limit reached");
        BOOST_TEST(w.asked.size() == 2U); // the model was not asked
        BOOST_TEST(w.kept("s") == before);
        BOOST_TEST(w.say("1", "other", stream).status == 200);
    }
    world w({.max_messages = 2}); // what is not kept does not count
    BOOST_TEST(
        w.complete(R"("session_id":"s","messages":[{"role":"system","content":"a"},{"role":"system","content":"b"},
                          {"role":"user","content":"c"}])")
            .status == 200);
    BOOST_TEST(w.kept("s") == "user:c|assistant:Hi there");
    BOOST_TEST(world({.max_messages = 1}).say("a", "s").status == 400);
}

BOOST_AUTO_TEST_CASE(a_session_holds_as_many_bytes_as_it_may_and_no_more)
{
    std::string const said = R"({"role":"user","content":"abc"})";
    for (std::size_t room : {said.size() - 1, said.size()}) {
        world w({.max_bytes = room});
        bool const fits = room >= said.size();
        BOOST_TEST(w.say("abc", "s").status == (fits ? 200 : 400));
        BOOST_TEST(w.kept("s") == (fits ? "user:abc|assistant:Hi there" : "none"));
        BOOST_TEST(w.say("", "s").status == (fits ? 400 : 200)); // whatever it is, the answer has filled it
    }
}

BOOST_AUTO_TEST_CASE(variables_are_limited_as_they_are_after_the_merge)
{
    world w({.max_variables = 21});
    BOOST_TEST(w.create(R"({"session_id":"s","variables":{"a":"1234567"}})").status == 200); // {"a":"1234567"}: 15
    BOOST_TEST(w.create(R"({"session_id":"s","variables":{"b":1}})").status == 200);         // 21
    auto const full = w.create(R"({"session_id":"s","variables":{"b":12}})");
    BOOST_TEST(full.status == 400);
    BOOST_TEST(test::error_text(full.body) == "variables: too large");
    BOOST_TEST(w.memory->get(w.key("s")).value().body == R"({"a":"1234567","b":1})");
    BOOST_TEST(w.create(R"({"session_id":"t","variables":{"a":"12345678901234567890"}})").status == 400);
    BOOST_TEST(w.kept("t") == "none");
}

BOOST_AUTO_TEST_CASE(a_session_too_old_is_as_if_it_had_never_been)
{
    using namespace std::chrono_literals;
    auto const old_session = [](world& w) {
        w.ago = 1h + 1min;
        w.create(R"({"session_id":"s","variables":{"a":1}})");
        w.say("old", "s");
        w.say("old", "other");
        BOOST_TEST(w.kept("s") == "user:old|assistant:Hi there");
        w.ago = 0s;
        w.asked.clear();
    };
    for (auto const age : {1h, 0h, 2h}) {
        bool const forgotten = age == 1h;
        {
            world w({.max_age = age});
            old_session(w);
            BOOST_TEST(w.show("s").status == (forgotten ? 404 : 200));
        }
        {
            world w({.max_age = age});
            old_session(w);
            BOOST_TEST(w.end(R"({"session_id":"s"})").status == (forgotten ? 404 : 200));
            BOOST_TEST(w.kept("s") == "none");
        }
        {
            world w({.max_age = age});
            old_session(w);
            BOOST_TEST(w.create(R"({"session_id":"s","variables":{"b":2}})").status == 200);
            BOOST_TEST(w.memory->get(w.key("s")).value().body == (forgotten ? R"({"b":2})" : R"({"a":1,"b":2})"));
            BOOST_TEST(w.kept("s") == (forgotten ? "" : "user:old|assistant:Hi there"));
        }
        {
            world w({.max_age = age});
            old_session(w);
            BOOST_TEST(w.say("new", "s").status == 200);
            BOOST_TEST(w.last_asked() == (forgotten ? "user:new" : "user:old|assistant:Hi there|user:new"));
            BOOST_TEST(w.memory->get(w.key("s")).value().body == (forgotten ? "{}" : R"({"a":1})"));
        }
    }
    // a turn is a change: it makes the session young again
    world w({.max_age = 1h});
    w.ago = 70min;
    w.say("1", "s");
    w.ago = 50min;
    w.memory->append(w.key("s"), std::nullopt, {R"({"role":"user","content":"2"})"}).value();
    w.ago = 0s;
    BOOST_TEST(w.show("s").status == 200);
}

BOOST_AUTO_TEST_CASE(sessions_that_nobody_comes_back_to_do_not_fill_the_store)
{
    using namespace std::chrono_literals;
    for (bool by_turn : {true, false}) {
        world w({.max_age = 1h}, {}, {.rows = 5});
        w.ago = 2h;
        for (int i = 0; i < 5; ++i)
            w.memory->put({.key = w.key(std::to_string(i)), .body = "{}"}).value();
        w.memory->put({.key = {"session", "q", "s"}, .body = "{}"});
        w.ago = 0s;
        BOOST_TEST(w.memory->rows() == 5U);
        BOOST_TEST((by_turn ? w.say("a", "new") : w.create(R"({"session_id":"new"})")).status == 200);
        BOOST_TEST(w.memory->rows() == 1U);
        // a store that is full all the same is no fault of the caller's
        for (int i = 0; i < 4; ++i)
            BOOST_TEST(w.create(R"({"session_id":")" + std::to_string(i) + R"("})").status == 200);
        auto const full = by_turn ? w.say("a", "newer") : w.create(R"({"session_id":"newer"})");
        BOOST_TEST(full.status == 500);
        BOOST_TEST(test::error_text(full.body) == "Internal server error");
        BOOST_TEST(w.kept("newer") == "none");
    }
}

} // namespace pathors_limits_test

BOOST_AUTO_TEST_SUITE_END()
