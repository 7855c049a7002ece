// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
// What callers do to both servers over TCP that nobody should. Each case has one answer, and after each the server
// completes for somebody else.
#include "abuse/http_cases.hpp"
#include "support/raw_client.hpp"
#include "support/servers.hpp"

#include <chatwire/server/offline_completer.hpp>

#include <boost/test/unit_test.hpp>

#include <memory>
#include <set>
#include <string>
#include <vector>

BOOST_AUTO_TEST_SUITE(abuse_http)

namespace abuse_http_test {

using namespace chatwire;
using namespace std::chrono_literals;
using namespace test::abuse;
using test::raw_client;
using test::seen_answer;

using kits = boost::mp11::mp_list<test::blocking_server_kit, test::coroutine_server_kit<2>>;

template <class Kit>
struct surface {
    explicit surface(server_limits limits = {}) : kit(options(limits))
    {
        kit.server.on_completion(offline_completer());
        port = kit.start();
    }
    static server_options options(server_limits const& limits)
    {
        server_options o;
        o.api_keys = {std::string(key)};
        o.models = {"m"};
        o.limits = limits;
        return o;
    }

    Kit kit;
    std::uint16_t port = 0;
};

// What the model says to `body`, which asks it to count.
constexpr std::string_view said = "1, 2, 3.";

// Somebody else, who asks for a whole completion on a connection of its own.
void somebody_else_is_served(std::uint16_t port)
{
    raw_client caller(port);
    BOOST_TEST_REQUIRE(caller.connected());
    std::string const ask = R"({"model":"m","stream":true,"messages":[{"role":"user","content":"Count from 1 to 3"}]})";
    auto const a = caller.ask(post({"Content-Length: " + std::to_string(ask.size()), "Connection: close"}) + ask);
    BOOST_TEST(a.status == 200);
    BOOST_TEST(test::well_ended(a.body));
    BOOST_TEST(test::content_of(test::read_chunks(a.body)) == said);
    BOOST_TEST(a.body.ends_with("data: [DONE]\n\n"));
    BOOST_TEST(caller.rest() == "");
}

// All that the server has said, and said on closing: at most one answer, and the right one.
void judge_last_words(std::string const& bytes, int status)
{
    if (status == 0) {
        BOOST_TEST(bytes == "");
        return;
    }
    auto const all = test::read_answers(bytes, {"POST", "POST"});
    BOOST_TEST_REQUIRE(all.size() == 1U, bytes);
    BOOST_TEST(all[0].status == status);
    BOOST_TEST(all[0].complete);
    BOOST_TEST(all[0].field("connection") == "close");
    BOOST_TEST(all[0].field("x-request-id") != "");
    auto const error = test::parse_json(all[0].body).as_object().at("error");
    BOOST_TEST(test::text_of(error, "message") != "");
}

std::string method_of(std::string const& bytes) { return bytes.substr(0, bytes.find(' ')); }

// A request that would be answered, if it were one.
std::string const smuggled = get("/v1/models");

BOOST_AUTO_TEST_CASE_TEMPLATE(what_breaks_the_framing_is_refused_once_and_closes, Kit, kits)
{
    surface<Kit> s;
    for (auto const& c : framing_cases())
        BOOST_TEST_CONTEXT(c.name << " (" << c.rule << ")")
        {
            raw_client caller(s.port);
            (void)(caller.send(c.bytes) && caller.send(smuggled)); // the server may have closed meanwhile
            judge_last_words(caller.rest(), c.status);
            somebody_else_is_served(s.port);
        }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(what_is_refused_leaves_the_next_request_alone, Kit, kits)
{
    surface<Kit> s;
    for (auto const& c : refused_cases())
        BOOST_TEST_CONTEXT(c.name << " (" << c.rule << ")")
        {
            raw_client caller(s.port);
            auto const a = caller.ask(c.bytes, method_of(c.bytes));
            BOOST_TEST(a.status == c.status);
            BOOST_TEST(a.complete);
            BOOST_TEST(a.field("x-request-id") != "");
            if (!c.field.empty()) {
                auto const colon = c.field.find(':');
                BOOST_TEST(a.field(c.field.substr(0, colon)) == c.field.substr(colon + 2));
            }
            BOOST_TEST(test::text_of(test::parse_json(a.body).as_object().at("error"), "message") != "");
            auto const next = caller.ask(get("/v1/models", {"Connection: close"}), "GET");
            BOOST_TEST(next.status == 200);
            BOOST_TEST(caller.rest() == "");
            somebody_else_is_served(s.port);
        }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(who_leaves_early_is_told_nothing, Kit, kits)
{
    surface<Kit> s;
    for (auto const& c : cut_cases())
        BOOST_TEST_CONTEXT(c.name << " (" << c.rule << ")")
        {
            raw_client caller(s.port);
            caller.send(c.bytes);
            caller.end();
            judge_last_words(caller.rest(), c.status);
            raw_client rude(s.port);
            rude.send(c.bytes);
            rude.reset();
            somebody_else_is_served(s.port);
        }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(who_stalls_is_told_that_it_is_too_late, Kit, kits)
{
    server_limits limits;
    limits.keep_alive = limits.head_timeout = limits.body_timeout = 1s;
    surface<Kit> s(limits);
    auto const cases = stalled_cases();
    std::vector<std::unique_ptr<raw_client>> callers; // all at once: each waits for the same time
    for (auto const& c : cases) {
        callers.push_back(std::make_unique<raw_client>(s.port));
        callers.back()->send(c.bytes);
    }
    somebody_else_is_served(s.port);
    for (std::size_t i = 0; i < cases.size(); ++i)
        BOOST_TEST_CONTEXT(cases[i].name << " (" << cases[i].rule << ")")
        {
            judge_last_words(callers[i]->rest(), cases[i].status);
            somebody_else_is_served(s.port);
        }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(who_sends_for_ever_comes_to_an_end, Kit, kits)
{
    server_limits limits;
    limits.head_timeout = limits.body_timeout = 1s;
    limits.request_timeout = 1500ms; // bodies have their time for each piece, and this as a whole
    surface<Kit> s(limits);
    auto const cases = trickle_cases();
    std::vector<std::unique_ptr<raw_client>> callers;
    for (auto const& c : cases) {
        callers.push_back(std::make_unique<raw_client>(s.port));
        callers.back()->send(c.first);
    }
    somebody_else_is_served(s.port);
    for (std::size_t open = cases.size(); open;) {
        open = 0;
        for (std::size_t i = 0; i < cases.size(); ++i)
            if (callers[i]->says_nothing_for(10ms) && callers[i]->send(cases[i].again))
                ++open;
    }
    for (std::size_t i = 0; i < cases.size(); ++i)
        BOOST_TEST_CONTEXT(cases[i].name << " (" << cases[i].rule << ")")
        {
            judge_last_words(callers[i]->rest(), cases[i].status);
            somebody_else_is_served(s.port);
        }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(near_misses_are_answered, Kit, kits)
{
    surface<Kit> s;
    for (auto const& c : valid_cases())
        BOOST_TEST_CONTEXT(c.name << " (" << c.rule << ")")
        {
            raw_client caller(s.port);
            auto const a = caller.ask(c.bytes);
            BOOST_TEST(a.status == c.status, a.body);
            BOOST_TEST(a.complete);
            BOOST_TEST(a.body.find(said) != std::string::npos, a.body);
            somebody_else_is_served(s.port);
        }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(pipelined_requests_have_their_answers_in_order, Kit, kits)
{
    surface<Kit> s;
    std::vector<int> many(20, 200);
    many.push_back(404);
    struct {
        std::string name;
        std::vector<std::string> requests; // and one more, of something that is not there
        std::vector<int> statuses;
    } const cases[] = {
        {"three", {asking(), get("/nowhere"), get("/v1/models")}, {200, 404, 200, 404}},
        {"twenty", std::vector<std::string>(20, asking()), many},
        {"what follows the last is not read", {get("/v1/models", {"Connection: close"}), smuggled}, {200}},
        {"HTTP/1.0 is the last", {asking({}, "POST /v1/chat/completions HTTP/1.0"), smuggled}, {200}},
        {"a refusal of the framing is the last", {asking(), post({"Content-Length: x"}), smuggled}, {200, 400}},
        {"a length and chunks, then a request", {asking({"Transfer-Encoding: chunked"}), smuggled}, {400}},
        {"a body that looks like a request",
         {post({"Content-Length: " + std::to_string(smuggled.size())}) + smuggled},
         {400, 404}},
        {"an expectation in between", {asking(), asking({"Expect: 100-continue"}), smuggled}, {200, 200, 200, 404}},
        {"an offer of another protocol in between",
         {get("/v1/models", {"Connection: Upgrade", "Upgrade: h2c"}), smuggled},
         {200, 200, 404}},
    };
    for (auto const& c : cases)
        BOOST_TEST_CONTEXT(c.name)
        {
            raw_client caller(s.port);
            std::string bytes;
            for (auto const& r : c.requests)
                bytes += r;
            (void)caller.send(bytes + get("/nowhere", {"Connection: close"}));
            std::vector<int> statuses;
            for (auto const& a : test::read_answers(caller.rest(), std::vector<std::string>(30, "POST"))) {
                BOOST_TEST(a.complete);
                statuses.push_back(a.status);
            }
            BOOST_TEST(statuses == c.statuses, boost::test_tools::per_element());
            somebody_else_is_served(s.port);
        }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_request_in_single_bytes_is_one, Kit, kits)
{
    surface<Kit> s;
    for (auto const& bytes : {asking(), in_chunks(one_chunk() + "0\r\nX: y\r\n\r\n")}) {
        raw_client caller(s.port);
        for (char const& c : bytes)
            BOOST_TEST_REQUIRE(caller.send({&c, 1}));
        BOOST_TEST(caller.answer().body.find(said) != std::string::npos);
        somebody_else_is_served(s.port);
    }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(the_server_as_a_whole_can_be_asked, Kit, kits)
{
    surface<Kit> s;
    raw_client caller(s.port);
    auto const a = caller.ask(head("OPTIONS * HTTP/1.1"), "OPTIONS");
    BOOST_TEST(a.status == 204);
    BOOST_TEST(a.field("allow") == "GET, HEAD, POST");
    auto const b = caller.ask(head("HEAD /v1/models HTTP/1.1"), "HEAD");
    BOOST_TEST(b.status == 200);
    BOOST_TEST(b.body == "");
    somebody_else_is_served(s.port);
}

BOOST_AUTO_TEST_CASE(there_are_as_many_cases_as_were_promised)
{
    std::set<std::string> names;
    std::size_t bad = 0;
    for (auto const& c : trickle_cases()) {
        ++bad;
        names.insert(c.name);
    }
    for (auto const& list : {framing_cases(), refused_cases(), cut_cases(), stalled_cases()})
        for (auto const& c : list) {
            ++bad;
            BOOST_TEST(names.insert(c.name).second, "two cases are called " << c.name);
        }
    BOOST_TEST(bad >= 200U);
    std::set<std::string> good;
    for (auto const& c : valid_cases())
        good.insert(c.name);
    BOOST_TEST(good.size() == valid_cases().size());
    BOOST_TEST(good.size() >= 40U);
    BOOST_TEST_MESSAGE(bad << " cases of abuse, " << good.size() << " near misses");
}

} // namespace abuse_http_test

BOOST_AUTO_TEST_SUITE_END()
