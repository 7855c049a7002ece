// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include "../support/served.hpp"
#include "../support/until.hpp"

#include <chatwire/server/idempotency.hpp>
#include <chatwire/server/router.hpp>

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <thread>
#include <utility>
#include <vector>

BOOST_AUTO_TEST_SUITE(idempotency_)

namespace idempotency_test {

using namespace chatwire;
using namespace std::chrono_literals;
using part = idempotency::part;

struct memory {
    explicit memory(idempotency_limits const& l = {}) : all(std::make_unique<idempotency>(l)) {}

    std::shared_ptr<idempotency::claim> join(std::string_view key, std::string_view body = "body",
                                             std::function<void()> wake = {}, std::chrono::milliseconds at = 0ms)
    {
        return all->join(std::vector<std::string_view>{"me", key}, std::vector<std::string_view>{body}, std::move(wake),
                         begin + at);
    }

    std::unique_ptr<idempotency> all;
    io::time_point const begin = io::clock::now();
};

answer saying(std::string text) { return answer::json(std::move(text)); }

BOOST_AUTO_TEST_CASE(the_first_leads_and_repeats_get_its_answer)
{
    memory m;
    auto const first = m.join("k");
    BOOST_TEST((first->what() == part::leads));
    int woken = 0;
    auto const second = m.join("k", "body", [&] { ++woken; });
    auto const third = m.join("k", "body", [&] { ++woken; });
    BOOST_TEST((second->what() == part::waits));
    BOOST_TEST((m.join("other")->what() == part::leads));
    BOOST_TEST(woken == 0);

    auto a = saying("{}");
    a.status = 201;
    BOOST_TEST(!a.fields.set("X-More", "1"));
    first->succeed(a);
    BOOST_TEST((first->what() == part::over));
    BOOST_TEST(woken == 2);
    for (auto const& c : {second, third, m.join("k")}) {
        BOOST_TEST((c->what() == part::replays));
        BOOST_TEST(c->kept()->status == 201);
        BOOST_TEST(c->kept()->body == "{}");
        BOOST_TEST(c->kept()->fields.find("x-more").value_or("") == "1");
        c->succeed(saying("mine")); // it is not theirs to say
        c->fail();
    }
    first->fail(); // nor any more the first's
    first->succeed(saying("again"));
    BOOST_TEST(m.join("k")->kept()->body == "{}");
}

BOOST_AUTO_TEST_CASE(a_key_stands_for_one_request_of_one_caller)
{
    memory m;
    auto const first = m.join("k", "a");
    BOOST_TEST((m.join("k", "b")->what() == part::differs)); // while it runs
    first->succeed(saying("x"));
    BOOST_TEST((m.join("k", "b")->what() == part::differs)); // and after
    BOOST_TEST((m.join("k", "a")->what() == part::replays));

    using list = std::vector<std::string_view>;
    auto const elsewhere = m.all->join(list{"you", "k"}, list{"b"}, {});
    BOOST_TEST((elsewhere->what() == part::leads));
    auto const shifted = m.all->join(list{"mek", ""}, list{"b"}, {});
    BOOST_TEST((shifted->what() == part::leads));
    BOOST_TEST((m.all->join(list{"me", "k"}, list{"", "a"}, {})->what() == part::differs));
}

BOOST_AUTO_TEST_CASE(a_failure_is_handed_on_to_nobody)
{
    memory m;
    auto first = m.join("k");
    std::vector<int> woken(3, 0);
    std::vector<std::shared_ptr<idempotency::claim>> waiting;
    for (auto& n : woken)
        waiting.push_back(m.join("k", "body", [&n] { ++n; }));

    first->fail();
    BOOST_TEST((first->what() == part::over));
    BOOST_TEST((waiting[0]->what() == part::leads)); // in the order they came
    BOOST_TEST((waiting[1]->what() == part::waits));
    BOOST_TEST(woken == (std::vector{1, 0, 0}), boost::test_tools::per_element());
    BOOST_TEST((m.join("k", "other")->what() == part::differs));

    waiting[1].reset(); // goes away while it waits
    waiting[0].reset(); // goes away without a word
    BOOST_TEST((waiting[2]->what() == part::leads));
    BOOST_TEST(woken == (std::vector{1, 0, 1}), boost::test_tools::per_element());
    waiting[2]->fail();

    // nobody is left: the key is free, for whatever request
    auto const anew = m.join("k", "other");
    BOOST_TEST((anew->what() == part::leads));
    anew->succeed(saying("x"));
    BOOST_TEST(m.join("k", "other")->kept()->body == "x");
}

BOOST_AUTO_TEST_CASE(the_crowd_before_one_answer_is_bounded)
{
    memory m({.max_waiting = 2});
    auto const first = m.join("k");
    auto second = m.join("k"), third = m.join("k");
    BOOST_TEST((third->what() == part::waits));
    BOOST_TEST((m.join("k")->what() == part::crowded));
    second.reset();
    BOOST_TEST((m.join("k")->what() == part::waits));
    first->succeed(saying("x"));
    BOOST_TEST((m.join("k")->what() == part::replays));
}

BOOST_AUTO_TEST_CASE(what_is_kept_is_bounded_in_number_bytes_and_age)
{
    auto const keep = [](memory& m, std::string_view key, std::size_t bytes, std::chrono::milliseconds at = 0ms) {
        m.join(key, "body", {}, at)->succeed(saying(std::string(bytes, 'x')), m.begin + at);
    };
    auto const kept = [](memory& m, std::string_view keys, std::chrono::milliseconds at = 0ms) {
        std::string out;
        for (char const k : keys)
            if (m.join(std::string_view(&k, 1), "body", {}, at)->what() == part::replays)
                out += k;
        return out;
    };
    memory number({.max_answers = 2});
    for (auto const* k : {"a", "b", "c"})
        keep(number, k, 10);
    BOOST_TEST(kept(number, "abc") == "bc");
    BOOST_TEST((number.join("a", "another")->what() == part::leads)); // what is forgotten is free

    memory bytes({.max_bytes = 100, .max_answer_bytes = 60});
    for (auto const* k : {"a", "b"})
        keep(bytes, k, 50);
    BOOST_TEST(kept(bytes, "ab") == "ab");
    keep(bytes, "c", 1);
    BOOST_TEST(kept(bytes, "abc") == "bc");
    keep(bytes, "d", 61); // too long by itself, and drives nobody out
    BOOST_TEST(kept(bytes, "abcd") == "bc");
    BOOST_TEST((bytes.join("d")->too_long() == 60U));

    memory age({.max_age = 10s});
    keep(age, "a", 1);
    keep(age, "b", 1, 5s);
    BOOST_TEST(kept(age, "ab", 9s) == "ab"); // asking for one does not make it younger
    BOOST_TEST(kept(age, "ab", 10s) == "b");
    BOOST_TEST(kept(age, "ab", 15s) == "");

    memory always({.max_age = 0s});
    keep(always, "a", 1);
    BOOST_TEST(kept(always, "a", 100'000h) == "a");

    memory nothing({.max_answers = 0});
    auto const first = nothing.join("k"), second = nothing.join("k");
    first->succeed(saying("x"));
    BOOST_TEST(second->kept()->body == "x"); // those who waited get it all the same
    BOOST_TEST((nothing.join("k")->what() == part::leads));
}

BOOST_AUTO_TEST_CASE(an_answer_too_long_to_keep_is_the_leaders_alone)
{
    memory m({.max_answer_bytes = 3});
    auto const first = m.join("k"), second = m.join("k");
    first->succeed(saying("long"));
    BOOST_TEST((second->what() == part::leads));
    second->succeed(saying("yes"));
    BOOST_TEST(m.join("k")->kept()->body == "yes");
}

BOOST_AUTO_TEST_CASE(a_claim_may_outlive_what_it_is_of)
{
    memory m;
    auto const first = m.join("k"), second = m.join("k");
    m.all.reset();
    first->succeed(saying("x"));
    BOOST_TEST(second->kept()->body == "x");
}

BOOST_AUTO_TEST_CASE(threads_agree_on_who_leads)
{
    memory m({.max_waiting = 100});
    std::atomic<int> leading{0}, done{0}, bad{0};
    for (int round = 0; round < 50; ++round) {
        auto const key = std::to_string(round);
        std::atomic<int> successes{0};
        std::vector<std::thread> callers;
        for (int i = 0; i < 4; ++i)
            callers.emplace_back([&, i] {
                std::mt19937 random(static_cast<unsigned>(round * 4 + i));
                std::atomic<bool> woken{false};
                auto c = m.join(key, "x", [&] { woken = true; });
                while (c->what() == part::waits)
                    if (!test::until([&] { return woken.exchange(false); })) {
                        ++bad;
                        return;
                    }
                if (c->what() == part::leads) {
                    bad += leading++ != 0; // never two at once
                    bool const good = random() % 2;
                    --leading;
                    if (good) {
                        ++successes;
                        c->succeed(saying(key));
                    } else if (random() % 2) {
                        c->fail();
                    }
                } else {
                    bad += c->what() != part::replays || c->kept()->body != key;
                }
                c.reset();
                ++done;
            });
        for (auto& t : callers)
            t.join();
        bad += successes > 1;
        bad += (m.join(key, "y")->what() == part::differs) != (successes == 1); // else it was forgotten
    }
    BOOST_TEST(bad == 0);
    BOOST_TEST(done == 200);
}

// ---- through a connection: the key in the header, the answer in bytes ----

struct surface {
    router routes;
    int begun = 0;
    std::string last_field{};

    explicit surface(idempotency_limits const& l = {})
    {
        routes.repeats = std::make_shared<idempotency>(l);
        routes.errors_below("/text", error_shape::text);
        route r{.method = "POST", .pattern = "/{kind}", .asked_fields = {"X-Session-ID"}};
        r.begin = [this](server_call const& call) -> std::unique_ptr<plan> {
            ++begun;
            auto const kind = call.param("kind");
            auto const count = std::to_string(begun);
            if (kind == "throws")
                throw std::runtime_error("a secret");
            if (kind == "refuses" && begun == 1)
                return std::make_unique<immediate_plan>(error_answer(refusal(429, "slow down"), call.errors));
            if (kind == "whole") {
                answer a{.status = 201, .body = "answer " + count, .content_type = "text/plain"};
                (void)a.fields.set("X-More", count);
                return std::make_unique<immediate_plan>(std::move(a));
            }
            bool const fails = kind == "fails" || (kind == "fails_once" && begun == 1);
            auto p = test::knows({test::saying("answer "), test::saying(count), test::finishing(), test::costing(1, 2)},
                                 fails ? std::optional(failure(errc::connection_lost)) : std::nullopt)({}, {});
            envelope e;
            e.stream = call.body.starts_with("stream");
            e.include_usage = true;
            (void)e.fields.set("X-Session-ID", count);
            p->set_envelope(std::move(e));
            return p;
        };
        routes.add(r);
        r.pattern = "/text/{kind}";
        routes.add(r);
        r.method = "GET";
        routes.add(r);
        r.method = "PATCH";
        routes.add(r);
    }

    std::vector<test::seen_answer> ask(std::string const& requests, std::size_t room = std::string::npos,
                                       std::size_t most = std::string::npos) const
    {
        test::served s(routes);
        s.most_at_once = most;
        s.receive(requests, room);
        s.end();
        std::vector<std::string> methods;
        for (std::size_t at = 0; (at = requests.find(" HTTP/1.1", at)) != std::string::npos; ++at)
            methods.push_back("POST");
        return test::read_answers(s.sent, methods);
    }
    test::seen_answer one(std::string const& request) const { return ask(request).at(0); }
};

std::string keyed(std::string_view target, std::string_view body, std::string_view key = "k",
                  std::string_view more = {})
{
    return test::post(target, body, "Idempotency-Key: " + std::string(key) + "\r\n" + std::string(more));
}

bool replayed(test::seen_answer const& a) { return a.field("idempotent-replayed") == "true"; }

BOOST_AUTO_TEST_CASE(a_repeat_gets_the_bytes_of_the_first_however_they_are_cut)
{
    for (auto const& request : {keyed("/chat", "stream"), keyed("/chat", "whole"), keyed("/whole", "x")}) {
        surface quiet;
        auto const first = quiet.one(request);
        BOOST_TEST(first.complete);
        BOOST_TEST(!replayed(first));
        auto const both = request + request;
        for (std::size_t room = 1; room <= request.size(); ++room) {
            for (std::size_t most : {std::size_t{1}, std::size_t{7}, std::string::npos}) {
                surface s;
                auto const answers = s.ask(both, room, most);
                BOOST_TEST_REQUIRE(answers.size() == 2U);
                BOOST_TEST(s.begun == 1);
                auto const &a = answers[0], &b = answers[1];
                BOOST_TEST(test::canonical(a.body) == test::canonical(first.body));
                BOOST_TEST(b.complete);
                BOOST_TEST(b.body == a.body); // ids and times, too
                BOOST_TEST(b.status == a.status);
                BOOST_TEST(replayed(b));
                for (auto const* name :
                     {"content-type", "cache-control", "x-accel-buffering", "x-session-id", "x-more"})
                    BOOST_TEST(b.field(name) == a.field(name), name);
                BOOST_TEST(b.field("x-request-id") != a.field("x-request-id")); // of each answer its own
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(a_key_is_of_its_caller_and_route)
{
    surface s;
    BOOST_TEST(s.one(keyed("/whole", "x")).body == "answer 1");
    BOOST_TEST(s.one(keyed("/whole", "x", "other")).body == "answer 2");
    BOOST_TEST(s.one(keyed("/text/whole", "x")).body == "answer 3");
    BOOST_TEST(s.one(keyed("/whole", "x", "k", "Authorization: Bearer a\r\n")).body == "answer 4");
    BOOST_TEST(s.one(keyed("/whole", "x", "k", "Authorization: Bearer b\r\n")).body == "answer 5");
    BOOST_TEST(s.one(keyed("/chat", "x")).field("x-session-id") == "6"); // another {kind}
    BOOST_TEST(s.one(keyed("/whole", "x")).body == "answer 1");
    BOOST_TEST(s.one(keyed("//whole/", "x")).body == "answer 1"); // the same place
    BOOST_TEST(s.one(keyed("/whole", "x", "k", "Authorization: Bearer b\r\n")).body == "answer 5");
    BOOST_TEST(s.one(test::post("/whole", "x")).body == "answer 7"); // no key, no repeat

    surface other; // an alias is the same place, too
    route alias{.method = "POST", .pattern = "/alias", .alias_of = "/v1/one"};
    alias.begin = [&](server_call const&) {
        ++other.begun;
        return std::make_unique<immediate_plan>(answer::json("{}"));
    };
    other.routes = {};
    other.routes.repeats = std::make_shared<idempotency>();
    other.routes.add(alias);
    alias.pattern = std::exchange(alias.alias_of, {});
    other.routes.add(alias);
    for (auto const* target : {"/v1/one", "/alias", "/v1/one"})
        BOOST_TEST(other.one(keyed(target, "x")).status == 200);
    BOOST_TEST(other.begun == 1);
}

BOOST_AUTO_TEST_CASE(only_what_is_not_idempotent_by_itself_is_kept)
{
    surface s;
    auto const request = keyed("/text/whole", "x");
    auto const as = [&](std::string const& method) { return method + request.substr(4); };
    BOOST_TEST(s.one(as("PATCH")).body == "answer 1");
    BOOST_TEST(s.one(as("PATCH")).body == "answer 1");
    BOOST_TEST(s.one(as("GET")).body == "answer 2");
    BOOST_TEST(s.one(as("GET")).body == "answer 3");
    BOOST_TEST(s.one(request).body == "answer 4"); // another method is another request

    s.routes.repeats.reset(); // a router by itself remembers nothing
    BOOST_TEST(s.one(request).body == "answer 5");
}

BOOST_AUTO_TEST_CASE(another_request_under_the_same_key_is_refused)
{
    surface s;
    BOOST_TEST(s.one(keyed("/whole", "x")).status == 201);
    for (auto const& other : {keyed("/whole", "y"), keyed("/whole", ""), keyed("/whole?a=1", "x"),
                              keyed("/whole", "x", "k", "X-Session-ID: s\r\n")}) {
        auto const a = s.one(other);
        BOOST_TEST(a.status == 422);
        BOOST_TEST((a.body.find("idempotency_key_reused") != std::string::npos));
    }
    BOOST_TEST(s.one(keyed("/whole", "x", "k", "X-Other: s\r\n")).body == "answer 1"); // retries differ in such
    BOOST_TEST(s.one(keyed("/text/whole", "x")).status == 201);
    auto const text = s.one(keyed("/text/whole", "y"));
    BOOST_TEST(text.status == 422);
    BOOST_TEST(test::parse_json(text.body).as_object().at("error").is_string());
    BOOST_TEST(s.begun == 2);
}

BOOST_AUTO_TEST_CASE(a_key_that_is_none_is_refused)
{
    surface s;
    for (auto const& key : {std::string(), std::string(256, 'k')})
        BOOST_TEST(s.one(keyed("/whole", "x", key)).status == 400);
    BOOST_TEST(s.one(keyed("/whole", "x", "k", "Idempotency-Key: k\r\n")).status == 400);
    BOOST_TEST(s.begun == 0);
    for (auto const& key : {std::string(255, 'k'), std::string("\"a, quoted one\"")}) {
        BOOST_TEST(s.one(keyed("/whole", "x", key)).status == 201);
        BOOST_TEST(replayed(s.one(keyed("/whole", "x", key))));
    }
}

BOOST_AUTO_TEST_CASE(a_failure_is_forgotten)
{
    for (auto const* body : {"stream", "whole"}) {
        for (auto const* kind : {"/refuses", "/fails_once"}) {
            surface s;
            auto const first = s.one(keyed(kind, body));
            bool const begun = std::string_view(kind) == "/fails_once" && std::string_view(body) == "stream";
            BOOST_TEST(first.status == (begun ? 200 : std::string_view(kind) == "/refuses" ? 429 : 500));
            if (begun)
                BOOST_TEST(!test::well_ended(first.body)); // after its first token
            auto const second = s.one(keyed(kind, body));
            BOOST_TEST(second.status == 200);
            BOOST_TEST(!replayed(second));
            BOOST_TEST((second.body.find('2') != std::string::npos));
            auto const third = s.one(keyed(kind, body));
            BOOST_TEST(replayed(third));
            BOOST_TEST(third.body == second.body);
        }
        surface s;
        for (int i = 1; i < 4; ++i) { // for as long as it fails
            auto const a = s.one(keyed("/fails", body));
            BOOST_TEST((a.status == 500 || !test::well_ended(a.body)));
            BOOST_TEST(s.one(keyed("/throws", body)).status == 500);
            BOOST_TEST(s.begun == 2 * i);
        }
        BOOST_TEST(s.one(keyed("/fails", "another body")).status == 500); // and its key is free
    }
}

BOOST_AUTO_TEST_CASE(an_answer_that_is_too_long_is_given_and_forgotten)
{
    for (auto const* body : {"stream", "whole"}) {
        surface s({.max_answer_bytes = 100});
        for (int i = 1; i < 3; ++i) {
            auto const a = s.one(keyed("/chat", body));
            BOOST_TEST(a.status == 200);
            BOOST_TEST(a.complete);
            BOOST_TEST(!replayed(a));
            BOOST_TEST(s.begun == i);
        }
    }
}

BOOST_AUTO_TEST_CASE(a_refusal_by_the_head_uses_up_no_key)
{
    surface s;
    route guarded{.method = "POST", .pattern = "/a/b/guarded", .max_body = 5};
    guarded.guard = [](server_call const& call) {
        return call.bearer() == "k" ? std::nullopt : std::optional(refusal(401, "no"));
    };
    guarded.begin = [](server_call const&) { return std::make_unique<immediate_plan>(answer::json("{}")); };
    s.routes.add(std::move(guarded));
    BOOST_TEST(s.one(keyed("/a/b/guarded", "x")).status == 401);
    std::string const key = "Authorization: Bearer k\r\n";
    BOOST_TEST(s.one(keyed("/a/b/guarded", "too much", "k", key)).status == 413);
    BOOST_TEST(s.one(keyed("/a/b/guarded", "y", "k", key)).status == 200);
}

} // namespace idempotency_test
BOOST_AUTO_TEST_SUITE_END()
