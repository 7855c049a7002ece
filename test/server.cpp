// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
// Both servers over TCP, with callers that nobody here can have made easy: bare sockets.
#include "support/raw_client.hpp"
#include "support/servers.hpp"
#include "support/until.hpp"

#include <chatwire/server.hpp>

#include <boost/asio/detached.hpp>
#include <boost/test/unit_test.hpp>

#include <atomic>
#include <memory>
#include <set>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

BOOST_AUTO_TEST_SUITE(server_)

namespace server_test {

using namespace chatwire;
using namespace std::chrono_literals;
using test::gate;
using test::raw_client;
using test::says;

std::string ask(bool stream, std::string_view fields = {})
{
    return test::post("/v1/chat/completions",
                      std::string(R"({"model":"m","stream":)") + (stream ? "true" : "false") +
                          R"(,"messages":[{"role":"user","content":"Hi"}]})",
                      fields);
}

// Something a handler leaves for the test to look at.
template <class T>
class letter {
public:
    void put(T value)
    {
        std::lock_guard lock(mutex_);
        value_ = std::move(value);
        changed_.notify_all();
    }
    T take()
    {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return value_.has_value(); });
        return *value_;
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::optional<T> value_{};
};

std::vector<test::step> hello() { return {test::saying("Hel"), test::saying("lo"), test::finishing()}; }

bool has_error(test::seen_answer const& a)
{
    auto const events = test::read_events(a.body);
    return !events.empty() && events.back().find("\"error\"") != std::string::npos;
}

BOOST_AUTO_TEST_CASE_TEMPLATE(one_handler_streams_and_folds, Kit, test::server_kits)
{
    Kit kit;
    kit.on_completion(says(hello()));
    raw_client caller(kit.start());
    for (int i = 0; i < 3; ++i) { // over one connection
        auto const streamed = caller.ask(ask(true));
        BOOST_TEST(streamed.status == 200);
        BOOST_TEST(streamed.field("content-type") == "text/event-stream");
        BOOST_TEST(test::well_ended(streamed.body));
        BOOST_TEST(test::content_of(test::read_chunks(streamed.body)) == "Hello");
        auto const folded = caller.ask(ask(false));
        BOOST_TEST(folded.status == 200);
        auto const whole = test::parse_json(folded.body);
        BOOST_TEST(test::text_of(whole.as_object().at("choices").as_array().at(0).as_object().at("message"),
                                 "content") == "Hello");
        BOOST_TEST(streamed.field("x-request-id") != folded.field("x-request-id"));
    }
    kit.server.stop();
    BOOST_TEST(kit.join().has_value());
}

BOOST_AUTO_TEST_CASE_TEMPLATE(deltas_leave_one_by_one, Kit, test::server_kits)
{
    auto const next = std::make_shared<gate>();
    Kit kit;
    kit.on_completion(says({test::saying("first"), next, test::saying("second"), test::finishing()}));
    raw_client caller(kit.start());
    caller.send(ask(true));
    BOOST_TEST(caller.wait_for("first")); // while the handler waits for the test
    BOOST_TEST((caller.received.find("second") == std::string::npos));
    next->open();
    BOOST_TEST(test::content_of(test::read_chunks(caller.answer().body)) == "firstsecond");
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_handler_that_fails_is_told_as_its_moment_allows, Kit, test::server_kits)
{
    failure busy = refusal(429, "busy");
    struct {
        std::vector<test::step> steps;
        int status;
        std::string message;
    } const cases[] = {
        {{}, 500, "the model gave no answer"},
        {{test::fails_with{busy}}, 429, "busy"},
        {{test::fails_with{failure(errc::connection_lost, "a secret")}}, 500, "Internal server error"},
        {{test::throws{std::make_exception_ptr(std::runtime_error("a secret"))}}, 500, "Internal server error"},
        {{test::throws{std::make_exception_ptr(exception(busy))}}, 429, "busy"},
        {{test::saying("a")}, 200, "the model ended without a finish_reason"},
        {{test::saying("a"), test::fails_with{busy}, test::saying("b")}, 200, "busy"},
        {{test::saying("a"), test::finishing(), test::throws{std::make_exception_ptr(1)}},
         200,
         "Internal server error"},
    };
    for (auto const& c : cases) {
        Kit kit;
        kit.on_completion(says(c.steps));
        raw_client caller(kit.start());
        auto const streamed = caller.ask(ask(true));
        BOOST_TEST(streamed.status == c.status);
        auto const folded = caller.ask(ask(false));
        BOOST_TEST(folded.status == (c.status == 200 ? c.message == "busy" ? 429 : 500 : c.status));
        auto const last = streamed.status == 200 ? test::read_events(streamed.body).back() : streamed.body;
        for (auto const& text : {last, folded.body})
            BOOST_TEST(test::text_of(test::parse_json(text).as_object().at("error"), "message") == c.message);
        for (auto const& a : {streamed, folded}) {
            BOOST_TEST(a.complete);
            BOOST_TEST((a.body.find("[DONE]") == std::string::npos));
            BOOST_TEST((a.body.find("secret") == std::string::npos));
        }
        BOOST_TEST(caller.ask(test::get("/v1/models"), "GET").status == 200); // nobody else is harmed
    }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_handler_learns_that_its_caller_has_gone, Kit, test::server_kits)
{
    for (bool stream : {true, false}) {
        letter<failure> refused;
        auto const go_on = std::make_shared<gate>();
        auto script = says({test::saying("a"), go_on,
                            test::endless{test::saying("b"), std::make_shared<std::atomic<std::size_t>>(0)}});
        auto const started = std::make_shared<gate>();
        script.steps = [steps = script.steps({}), started](request const&) {
            started->open();
            return steps;
        };
        script.refused = [&](failure const& f) { refused.put(f); };
        Kit kit;
        kit.on_completion(script);
        raw_client caller(kit.start());
        caller.send(ask(stream));
        started->pass();
        caller.close();
        go_on->open();
        BOOST_TEST((refused.take().code == errc::cancelled));
    }
}

BOOST_AUTO_TEST_CASE(a_coroutine_that_awaits_something_else_is_cancelled_when_its_caller_goes)
{
    for (bool stream : {true, false}) {
        letter<failure> refused;
        auto const never = std::make_shared<gate>(); // nobody opens it: only the cancellation gets the handler through
        auto script = says({test::saying("a"), never, test::saying("b")});
        auto const started = std::make_shared<gate>();
        script.steps = [steps = script.steps({}), started](request const&) {
            started->open();
            return steps;
        };
        script.refused = [&](failure const& f) { refused.put(f); };
        test::coroutine_server_kit<2> kit;
        kit.on_completion(script);
        raw_client caller(kit.start());
        caller.send(ask(stream));
        started->pass();
        caller.close();
        BOOST_TEST((refused.take().code == errc::cancelled));
    }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_handler_cannot_run_ahead_of_its_caller, Kit, test::server_kits)
{
    constexpr std::size_t piece = 64 << 10;
    letter<failure> refused;
    auto const count = std::make_shared<std::atomic<std::size_t>>(0);
    auto script = says({test::endless{test::saying(std::string(piece, 'x')), count}});
    script.refused = [&](failure const& f) { refused.put(f); };
    server_options o;
    o.queue_size = 4;
    o.limits.write_timeout = 100ms; // then the server has had enough of it, and the test of waiting
    Kit kit(o);
    kit.on_completion(script);
    raw_client caller(kit.start(), 4096);
    caller.send(ask(true)); // and never reads
    BOOST_TEST((refused.take().code == errc::cancelled));
    // the queue, what the connection has taken out of it, and what the two kernels hold
    BOOST_TEST(*count * piece < std::size_t{24} << 20);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(the_queue_is_as_long_as_the_options_say, Kit, test::server_kits)
{
    // The connection takes nothing while the handler keeps the only thread; so this is about the blocking one, and
    // for the others about not hanging.
    server_options o;
    o.queue_size = 1;
    Kit kit(o);
    std::vector<test::step> steps(100, test::saying("x"));
    steps.push_back(test::finishing());
    kit.on_completion(says(steps));
    raw_client caller(kit.start());
    BOOST_TEST(test::content_of(test::read_chunks(caller.ask(ask(true)).body)) == std::string(100, 'x'));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_slow_caller_gets_all_of_it, Kit, test::server_kits)
{
    std::vector<test::step> steps;
    std::string expected;
    for (int i = 0; i < 100; ++i) {
        auto const text = std::string(20'000, static_cast<char>('a' + i % 26));
        steps.push_back(test::saying(text));
        expected += text;
    }
    steps.push_back(test::finishing());
    server_options o;
    o.queue_size = 2;
    Kit kit(o);
    kit.on_completion(says(steps));
    raw_client caller(kit.start(), 4096);
    caller.send(ask(true));
    auto const a = caller.answer();
    BOOST_TEST(test::well_ended(a.body));
    BOOST_TEST((test::content_of(test::read_chunks(a.body)) == expected));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(more_connections_than_there_may_be_are_turned_away, Kit, test::server_kits)
{
    server_options o;
    o.limits.max_connections = 2;
    Kit kit(o);
    kit.on_completion(says(hello()));
    auto const port = kit.start();
    raw_client first(port), second(port);
    BOOST_TEST(first.ask(ask(true)).status == 200);
    BOOST_TEST(second.ask(ask(true)).status == 200);
    raw_client third(port);
    auto const a = third.ask(ask(true));
    BOOST_TEST(a.status == 503);
    BOOST_TEST(a.complete);
    BOOST_TEST(a.field("connection") == "close");
    BOOST_TEST(a.field("x-request-id") != "");
    BOOST_TEST(test::text_of(test::parse_json(a.body).as_object().at("error"), "message") == "Too many connections");
    third.close();
    BOOST_TEST(first.ask(ask(false)).status == 200); // nobody else is harmed
    second.close();
    for (;;) { // there is room again as soon as the server has seen that
        raw_client fourth(port);
        auto const status = fourth.ask(ask(false)).status;
        if (status == 200)
            break;
        BOOST_TEST_REQUIRE(status == 503);
    }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_flood_of_connections_is_told_by_closing, Kit, test::server_kits)
{
    server_options o;
    o.limits.max_connections = 1;
    Kit kit(o);
    kit.on_completion(says(hello()));
    auto const port = kit.start();
    raw_client first(port);
    BOOST_TEST(first.ask(ask(true)).status == 200);
    std::vector<std::unique_ptr<raw_client>> many;
    for (std::size_t i = 0; i < 4 * max_turned_away; ++i)
        many.push_back(std::make_unique<raw_client>(port));
    std::size_t told = 0;
    for (auto const& c : many) // nobody has let go before all have come
        told += !c->rest().empty();
    BOOST_TEST(told > 0U);
    BOOST_TEST(told < many.size());
    BOOST_TEST(first.ask(ask(false)).status == 200);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(stopping_completes_what_is_in_progress, Kit, test::server_kits)
{
    auto const go_on = std::make_shared<gate>();
    Kit kit;
    kit.on_completion(says({test::saying("Hel"), go_on, test::saying("lo"), test::finishing()}));
    auto const port = kit.start();
    raw_client idle(port), fresh(port), streamed(port), folded(port);
    BOOST_TEST(idle.ask(test::get("/v1/models"), "GET").status == 200);
    streamed.send(ask(true));
    BOOST_TEST(streamed.wait_for("Hel"));
    folded.send(ask(false));
    BOOST_TEST_REQUIRE(fresh.connected());
    while (kit.server.port() == 0)
        ;
    kit.server.stop();
    BOOST_TEST(idle.rest() == "");
    BOOST_TEST(fresh.rest() == "");
    go_on->open();
    auto const a = streamed.answer();
    BOOST_TEST(test::well_ended(a.body));
    BOOST_TEST(test::content_of(test::read_chunks(a.body)) == "Hello");
    BOOST_TEST(streamed.rest() == ""); // and no further request
    streamed.close();
    auto const& b = folded.rest(); // it may have been too late for this one, but it is never cut
    BOOST_TEST((b.empty() || test::read_answers(b, {"POST"}).at(0).complete));
    folded.close();
    BOOST_TEST(kit.join().has_value());
    BOOST_TEST(!raw_client(port).connected());
}

BOOST_AUTO_TEST_CASE_TEMPLATE(what_does_not_end_in_time_is_cut, Kit, test::server_kits)
{
    auto const never = std::make_shared<gate>();
    letter<failure> refused;
    auto script = says(
        {test::saying("Hel"), never, test::endless{test::saying("lo"), std::make_shared<std::atomic<std::size_t>>(0)}});
    script.refused = [&](failure const& f) { refused.put(f); };
    server_options o;
    o.drain_timeout = 10ms;
    Kit kit(o);
    kit.on_completion(script);
    raw_client caller(kit.start());
    caller.send(ask(true));
    BOOST_TEST(caller.wait_for("Hel"));
    kit.server.stop();
    caller.rest();
    BOOST_TEST((caller.received.find("[DONE]") == std::string::npos));
    BOOST_TEST(!caller.received.ends_with("0\r\n\r\n")); // and its framing says so
    BOOST_TEST(kit.join().has_value());
    never->open();
    BOOST_TEST((refused.take().code == errc::cancelled));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(stopping_now_does_not_wait, Kit, test::server_kits)
{
    auto const never = std::make_shared<gate>();
    Kit kit;
    kit.on_completion(says({test::saying("Hel"), never, test::finishing()}));
    raw_client caller(kit.start());
    caller.send(ask(true));
    BOOST_TEST(caller.wait_for("Hel"));
    kit.server.stop();
    kit.server.stop_now();
    caller.rest();
    BOOST_TEST(!caller.received.ends_with("0\r\n\r\n"));
    BOOST_TEST(kit.join().has_value());
    never->open();
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_load_balancer_hears_of_the_end_before_it_comes, Kit, test::server_kits)
{
    server_options o;
    o.api_keys = {"key"};
    o.drain_delay = 1h; // cut short below
    Kit kit(o);
    kit.on_completion(says(hello()));
    auto const port = kit.start();
    raw_client caller(port);
    auto const health = test::get("/healthz");
    auto const fine = caller.ask(health, "GET");
    BOOST_TEST(fine.status == 200);
    BOOST_TEST(fine.body == R"({"status":"ok"})");
    BOOST_TEST(fine.field("content-type") == "application/json");
    auto const head = caller.ask("HEAD /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n", "HEAD");
    BOOST_TEST(head.status == 200);
    BOOST_TEST(head.field("content-length") == std::to_string(fine.body.size()));
    auto const wrong = caller.ask(test::post("/healthz", "{}"));
    BOOST_TEST(wrong.status == 405);
    BOOST_TEST(wrong.field("allow") == "GET, HEAD");

    kit.server.stop();
    test::seen_answer late;
    BOOST_TEST(test::until([&] { return (late = caller.ask(health, "GET")).status == 503; }));
    BOOST_TEST(late.body == R"({"status":"draining"})");
    raw_client fresh(port); // still let in, and served
    BOOST_TEST(fresh.ask(health, "GET").status == 503);
    BOOST_TEST(fresh.ask(ask(true, "Authorization: Bearer key\r\n")).status == 200);
    kit.server.stop_now();
    BOOST_TEST(fresh.rest() == "");
    BOOST_TEST(kit.join().has_value());
    BOOST_TEST(!raw_client(port).connected());
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_request_that_has_begun_is_still_answered_while_draining, Kit, test::server_kits)
{
    auto const go_on = std::make_shared<gate>();
    Kit kit;
    kit.on_completion(says({test::saying("Hel"), go_on, test::finishing()}));
    auto const port = kit.start();
    raw_client streamed(port), health(port);
    streamed.send(ask(true));
    BOOST_TEST(streamed.wait_for("Hel"));
    BOOST_TEST(health.ask(test::get("/healthz"), "GET").status == 200);
    health.send("GET /healthz HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
    BOOST_TEST(health.wait_for("100 Continue")); // the server has read it
    raw_client idle(port);
    BOOST_TEST(idle.ask(test::get("/healthz"), "GET").status == 200);
    kit.server.stop();
    BOOST_TEST(idle.rest() == ""); // so it drains
    health.send("{}");
    auto const a = health.answer("GET");
    BOOST_TEST(a.status == 503);
    BOOST_TEST(a.field("connection") == "close");
    go_on->open();
    BOOST_TEST(test::well_ended(streamed.answer().body));
    streamed.close();
    health.close();
    BOOST_TEST(kit.join().has_value());
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_foreign_name_is_refused_on_loopback, Kit, test::server_kits)
{
    server_options o;
    o.allowed_hosts = {"gateway.example"};
    Kit kit(o);
    kit.on_completion(says(hello()));
    auto const port = std::to_string(kit.start());
    raw_client caller(kit.server.port());
    auto const named = [&](std::string_view host) {
        return "GET /v1/models HTTP/1.1\r\nHost: " + std::string(host) + "\r\n\r\n";
    };
    for (auto const& own : {"localhost:" + port, "127.0.0.1:" + port, "[::1]:" + port, std::string("gateway.example")})
        BOOST_TEST(caller.ask(named(own), "GET").status == 200, own);
    for (auto const& foreign : {"evil.example:" + port, std::string("evil.example"), "192.168.0.1:" + port}) {
        auto const a = caller.ask(named(foreign), "GET");
        BOOST_TEST(a.status == 421, foreign);
        BOOST_TEST(a.field("x-request-id") != "");
    }
    // a page whose name now resolves to us has its own name in both fields
    auto const rebound = caller.ask(ask(false, "Origin: http://evil.example:" + port + "\r\n"));
    BOOST_TEST(rebound.status == 200); // of a foreign page, which cannot read it
    BOOST_TEST(rebound.fields.count("access-control-allow-origin") == 0U);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_loopback_listener_is_known_by_its_address, Kit, test::server_kits)
{
    struct {
        char const* host;
        bool loopback;
        bool always_there; // not every machine has IPv6
    } const cases[] = {{"127.0.0.1", true, true}, {"127.0.0.2", true, true}, {"localhost", true, true},
                       {"0.0.0.0", false, true},  {"::1", true, false},      {"::", false, false}};
    for (auto const& c : cases) {
        server_options o;
        o.host = c.host;
        Kit kit(o);
        auto const port = kit.server.listen();
        BOOST_TEST((port.has_value() || !c.always_there), c.host);
        if (!port)
            continue;
        BOOST_TEST(kit.server.routes().origins.loopback == c.loopback, c.host);
        BOOST_TEST(kit.server.routes().origins.port == *port);
    }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(elsewhere_any_name_will_do, Kit, test::server_kits)
{
    server_options o;
    o.host = "0.0.0.0";
    Kit kit(o);
    raw_client caller(kit.start());
    BOOST_TEST(caller.ask("GET /healthz HTTP/1.1\r\nHost: any.example\r\n\r\n", "GET").status == 200);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(pages_that_are_configured_may_read, Kit, test::server_kits)
{
    server_options o;
    o.api_keys = {"key"};
    o.allowed_origins = {"https://app.example"};
    Kit kit(o);
    kit.on_completion(says(hello()));
    raw_client caller(kit.start());
    std::string const origin = "Origin: https://app.example\r\n";
    auto const preflight =
        caller.ask("OPTIONS /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\n" + origin +
                       "Access-Control-Request-Method: POST\r\nAccess-Control-Request-Headers: authorization\r\n\r\n",
                   "OPTIONS");
    BOOST_TEST(preflight.status == 204);
    BOOST_TEST(preflight.field("access-control-allow-methods") == "POST");
    for (auto const& fields : {origin, origin + "Authorization: Bearer key\r\n"}) {
        auto const a = caller.ask(ask(true, fields));
        BOOST_TEST(a.status == (fields == origin ? 401 : 200));
        BOOST_TEST(a.field("access-control-allow-origin") == "https://app.example");
        BOOST_TEST(a.field("vary") == "Origin");
    }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(an_origin_that_cannot_be_one_is_told_when_it_listens, Kit, test::server_kits)
{
    server_options o;
    o.allowed_origins = {"*"};
    Kit kit(o);
    BOOST_TEST((kit.server.listen().error().code == errc::invalid_argument));
    BOOST_TEST(kit.server.port() == 0);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(every_answer_has_an_id_of_the_servers_own, Kit, test::server_kits)
{
    server_options o;
    o.api_keys = {"key"};
    o.limits.max_connections = 1;
    Kit kit(o);
    kit.on_completion(says(hello()));
    auto const port = kit.start();
    std::string const theirs = "X-Request-ID: theirs\r\n";
    struct {
        std::string request, method;
        int status;
    } const cases[] = {
        {ask(true, theirs + "Authorization: Bearer key\r\n"), "POST", 200},
        {ask(false, theirs + "Authorization: Bearer key\r\n"), "POST", 200},
        {ask(false, theirs), "POST", 401},
        {test::get("/nowhere", theirs), "GET", 404},
        {"OPTIONS /v1/models HTTP/1.1\r\nHost: localhost\r\n" + theirs + "\r\n", "OPTIONS", 405},
        {"GET /v1/models HTTP/1.1\r\nHost: evil.example\r\n" + theirs + "\r\n", "GET", 421},
        {test::post("/v1/chat/completions", "{", theirs + "Authorization: Bearer key\r\n"), "POST", 400},
        {"POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer key\r\n" + theirs +
             "Content-Length: 99999999999\r\n\r\n",
         "POST", 413},
        {"GET /healthz HTTP/1.1\r\n" + theirs + "\r\n", "GET", 400},
        {"GET /healthz\r\n\r\n", "GET", 400},
        {"GET /healthz HTTP/3.0\r\nHost: localhost\r\n\r\n", "GET", 505},
        {"GET /" + std::string(100'000, 'x') + " HTTP/1.1\r\nHost: localhost\r\n\r\n", "GET", 414},
    };
    std::set<std::string> ids;
    for (auto const& c : cases) {
        test::seen_answer a;
        // the one before may not have left yet, and then this is the 503 of a server that is full
        BOOST_TEST(test::until([&] {
            raw_client caller(port);
            caller.send(c.request);
            a = caller.answer(c.method);
            BOOST_TEST(ids.insert(a.field("x-request-id")).second);
            return a.status != 503;
        }));
        BOOST_TEST(a.status == c.status, c.request.substr(0, 80));
    }
    BOOST_TEST(!ids.contains(""));
    BOOST_TEST(!ids.contains("theirs"));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_server_that_is_stopped_first_never_serves, Kit, test::server_kits)
{
    Kit kit;
    kit.on_completion(says(hello()));
    kit.server.stop();
    kit.server.stop();
    kit.start();
    BOOST_TEST(kit.join().has_value());
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_port_that_is_taken_is_an_error, Kit, test::server_kits)
{
    Kit kit;
    server_options o;
    o.port = kit.server.listen().value();
    BOOST_TEST(kit.server.port() == o.port);
    BOOST_TEST(kit.server.listen().value() == o.port); // once
    Kit other(o);
    auto const l = other.server.listen();
    BOOST_TEST_REQUIRE(!l.has_value());
    BOOST_TEST((l.error().code == condition::transport));
    BOOST_TEST((l.error().message.find(std::to_string(o.port)) != std::string::npos));
    BOOST_TEST(other.server.port() == 0);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(keys_and_models_are_as_the_options_say, Kit, test::server_kits)
{
    server_options o;
    o.api_keys = {"a", "b"};
    o.models = {"m", "n"};
    Kit kit(o);
    kit.on_completion(says(hello()));
    raw_client caller(kit.start());
    BOOST_TEST(caller.ask(ask(false)).status == 401);
    BOOST_TEST(caller.ask(ask(false, "Authorization: Bearer c\r\n")).status == 401);
    BOOST_TEST(caller.ask(ask(false, "Authorization: Bearer b\r\n")).status == 200);
    auto const models = caller.ask(test::get("/v1/models", "Authorization: Bearer a\r\n"), "GET");
    BOOST_TEST((models.body.find("\"m\"") < models.body.find("\"n\"")));
    auto const other =
        test::post("/v1/chat/completions", R"({"model":"x","messages":[{"role":"user","content":"Hi"}]})",
                   "Authorization: Bearer a\r\n");
    BOOST_TEST(caller.ask(other).status == 404);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(services_of_ones_own_are_mounted_beside_it, Kit, test::server_kits)
{
    Kit kit;
    kit.on_completion(says(hello()));
    completion_service mine;
    mine.set_default(kit.completer_for(says({test::saying("mine"), test::finishing()})));
    mine.mount(kit.server.routes(), "/mine");
    kit.server.routes().add({.method = "GET", .pattern = "/ping", .begin = [](server_call const&) {
                                 return std::make_unique<immediate_plan>(answer::json("\"pong\""));
                             }});
    raw_client caller(kit.start());
    BOOST_TEST(caller.ask(test::get("/ping"), "GET").body == "\"pong\"");
    auto const a = caller.ask(test::post("/mine/chat/completions", R"({"messages":[{"role":"user","content":"Hi"}]})"));
    BOOST_TEST((a.body.find("mine") != std::string::npos));
    BOOST_TEST((caller.ask(ask(false)).body.find("Hello") != std::string::npos));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_completer_needs_no_handler, Kit, test::server_kits)
{
    Kit kit;
    kit.server.on_completion(test::knows({test::saying("known"), test::finishing()}));
    raw_client caller(kit.start());
    BOOST_TEST((caller.ask(ask(false)).body.find("known") != std::string::npos));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(heartbeats_keep_a_silent_stream_alive, Kit, test::server_kits)
{
    auto const go_on = std::make_shared<gate>();
    server_options o;
    o.limits.heartbeat = 1ms;
    Kit kit(o);
    kit.on_completion(says({go_on, test::saying("Hel"), test::saying("lo"), test::finishing()}));
    raw_client caller(kit.start());
    caller.send(ask(true));
    BOOST_TEST(caller.wait_for("\n:")); // before the first token
    BOOST_TEST(caller.wait_for(":\n\n\r\n3\r\n:"));
    go_on->open();
    auto const a = caller.answer();
    BOOST_TEST(test::well_ended(a.body));
    BOOST_TEST(test::content_of(test::read_chunks(a.body)) == "Hello");
}

BOOST_AUTO_TEST_CASE_TEMPLATE(pipelined_requests_are_answered_in_order, Kit, test::server_kits)
{
    Kit kit;
    kit.on_completion(says(hello()));
    raw_client caller(kit.start());
    caller.send(ask(true) + ask(false) + test::get("/nowhere") + ask(true, "Connection: close\r\n"));
    auto const answers = test::read_answers(caller.rest(), {"POST", "POST", "GET", "POST"});
    BOOST_TEST_REQUIRE(answers.size() == 4U);
    BOOST_TEST(test::well_ended(answers[0].body));
    BOOST_TEST(answers[1].status == 200);
    BOOST_TEST(answers[2].status == 404);
    BOOST_TEST(test::well_ended(answers[3].body));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(many_callers_at_once_get_each_their_own, Kit, test::server_kits)
{
    test::script const echo{.steps = [](request const& r) {
        std::vector<test::step> out;
        for (char c : r.messages.at(0).text())
            out.emplace_back(test::saying(std::string(1, c)));
        out.emplace_back(test::finishing());
        return out;
    }};
    server_options o;
    o.queue_size = 2;
    Kit kit(o);
    kit.on_completion(echo);
    auto const port = kit.start();
    std::atomic<int> good{0};
    std::vector<std::thread> callers;
    for (int i = 0; i < 6; ++i)
        callers.emplace_back([&good, port, i] {
            raw_client caller(port);
            for (int n = 0; n < 20; ++n) {
                auto const said = "caller " + std::to_string(i) + " asks for the " + std::to_string(n) + "th time";
                auto const body =
                    R"({"model":"m","stream":true,"messages":[{"role":"user","content":")" + said + "\"}]}";
                if (!caller.send(test::post("/v1/chat/completions", body)) || !caller.wait_for("0\r\n\r\n"))
                    return;
                std::string got;
                for (std::size_t at = 0; (at = caller.received.find("\"content\":\"", at)) != std::string::npos;) {
                    at += 11;
                    got += caller.received.substr(at, caller.received.find('"', at) - at);
                }
                good += got == said;
                caller.received.clear();
            }
        });
    for (auto& t : callers)
        t.join();
    BOOST_TEST(good == 6 * 20);
    kit.server.stop();
    BOOST_TEST(kit.join().has_value());
}

BOOST_AUTO_TEST_CASE_TEMPLATE(stopping_amid_a_crowd_loses_no_answer_that_was_begun, Kit, test::server_kits)
{
    std::vector<test::step> steps(50, test::saying("word "));
    steps.push_back(test::finishing());
    Kit kit;
    kit.on_completion(says(steps));
    auto const port = kit.start();
    std::atomic<int> begun{0}, whole{0};
    std::vector<std::thread> callers;
    for (int i = 0; i < 4; ++i)
        callers.emplace_back([&, port] {
            for (;;) {
                raw_client caller(port);
                if (!caller.connected() || !caller.send(ask(true)))
                    return;
                bool const some = caller.wait_for("data: ");
                begun += some;
                if (some)
                    whole += caller.wait_for("[DONE]\n\n\r\n0\r\n\r\n");
                else if (caller.received.empty())
                    return; // the server has stopped
            }
        });
    (void)test::until([&] { return begun >= 20; });
    kit.server.stop();
    BOOST_TEST(kit.join().has_value());
    for (auto& t : callers)
        t.join();
    BOOST_TEST(begun == whole);
}

BOOST_AUTO_TEST_CASE(a_coroutine_server_that_is_destroyed_in_mid_answer_leaks_nothing)
{
    auto const kept = std::make_shared<int>(0);
    {
        boost::asio::io_context context;
        server s(context.get_executor());
        std::atomic<bool> said{false};
        s.on_completion([&said, kept](request const&, responder& out) -> boost::asio::awaitable<void> {
            auto const alive = kept;
            for (;;) {
                auto const put = co_await out.text("word");
                said = true;
                if (!put)
                    co_return;
            }
        });
        auto const port = s.listen().value();
        boost::asio::co_spawn(context, s.run(), boost::asio::detached);
        raw_client caller(port);
        raw_client idle(port);
        caller.send(ask(true));
        while (!said)
            context.run_one();
        BOOST_TEST(kept.use_count() > 2);
    }
    BOOST_TEST(kept.use_count() == 1);
}

// ---- Idempotency-Key ----

std::string ask_once(bool stream, std::string_view key = "k")
{
    return ask(stream, "Idempotency-Key: " + std::string(key) + "\r\n");
}

// Says "answer N", N how often it was asked, and waits at the gate in between.
struct counting {
    std::atomic<int> begun{0}, ended{0};
    std::shared_ptr<gate> go_on = std::make_shared<gate>();

    test::script script()
    {
        return {.steps = [this](request const&) {
            auto const n = std::to_string(++begun);
            return std::vector<test::step>{test::saying("answer "), go_on, test::saying(n), test::finishing(),
                                           std::function<void()>([this] { ++ended; })};
        }};
    }
};

BOOST_AUTO_TEST_CASE_TEMPLATE(repeats_of_a_request_share_one_answer, Kit, test::server_kits)
{
    for (bool stream : {false, true}) {
        counting c;
        Kit kit;
        kit.on_completion(c.script());
        auto const port = kit.start();
        raw_client first(port), second(port), third(port);
        first.send(ask_once(stream));
        if (stream)
            BOOST_TEST(first.wait_for("answer "));
        else
            BOOST_TEST(test::until([&] { return c.begun == 1; }));
        second.send(ask_once(stream));
        third.send(ask_once(stream));
        raw_client other(port);
        BOOST_TEST(other.ask(ask_once(!stream)).status == 422); // meanwhile
        c.go_on->open();
        auto const a = first.answer();
        BOOST_TEST(a.status == 200);
        BOOST_TEST((a.body.find("answer ") != std::string::npos));
        for (auto* repeat : {&second, &third, &other}) {
            auto const b = repeat == &other ? other.ask(ask_once(stream)) : repeat->answer();
            BOOST_TEST(b.status == 200);
            BOOST_TEST(b.body == a.body);
            BOOST_TEST(b.field("idempotent-replayed") == "true");
            BOOST_TEST(b.field("content-type") == a.field("content-type"));
            BOOST_TEST(b.field("x-request-id") != a.field("x-request-id"));
        }
        BOOST_TEST(c.begun == 1);
        BOOST_TEST(first.ask(ask(stream)).status == 200); // without a key it is another
        BOOST_TEST(c.begun == 2);
    }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_repeat_finds_the_work_of_a_caller_that_has_gone, Kit, test::server_kits)
{
    for (bool waits : {false, true}) {
        for (bool stream : {false, true}) {
            counting c;
            Kit kit;
            kit.on_completion(c.script());
            auto const port = kit.start();
            raw_client first(port), second(port);
            first.send(ask_once(stream));
            if (stream)
                BOOST_TEST(first.wait_for("answer "));
            else
                BOOST_TEST(test::until([&] { return c.begun == 1; }));
            if (waits)
                second.send(ask_once(stream));
            first.close();
            c.go_on->open();
            if (!waits) {
                BOOST_TEST(test::until([&] { return c.ended == 1; }));
                second.send(ask_once(stream));
            }
            auto const a = second.answer();
            BOOST_TEST(a.status == 200);
            BOOST_TEST((a.body.find(stream ? "[DONE]" : "answer 1") != std::string::npos));
            BOOST_TEST(a.field("idempotent-replayed") == "true");
            BOOST_TEST(c.begun == 1);
        }
    }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_repeat_of_what_has_failed_begins_anew, Kit, test::server_kits)
{
    for (bool begun : {false, true}) {
        auto const go_on = std::make_shared<gate>();
        std::atomic<int> count{0};
        test::script const flaky{.steps = [&](request const&) {
            std::vector<test::step> steps;
            if (++count == 1) {
                if (begun)
                    steps.emplace_back(test::saying("lost "));
                steps.emplace_back(go_on);
                steps.emplace_back(test::fails_with{refusal(503, "try again")});
            } else {
                steps = {test::saying("found"), test::finishing()};
            }
            return steps;
        }};
        Kit kit;
        kit.on_completion(flaky);
        auto const port = kit.start();
        raw_client first(port), second(port);
        first.send(ask_once(true));
        BOOST_TEST(test::until([&] { return count == 1; }));
        second.send(ask_once(true));
        go_on->open();
        auto const a = first.answer();
        BOOST_TEST(a.status == (begun ? 200 : 503));
        BOOST_TEST(has_error(begun ? a : test::seen_answer{.body = "data: " + a.body + "\n\n"}));
        auto const b = second.answer();
        BOOST_TEST(b.status == 200);
        BOOST_TEST(test::content_of(test::read_chunks(b.body)) == "found");
        BOOST_TEST(b.field("idempotent-replayed") == "");
        auto const c = first.ask(ask_once(true));
        BOOST_TEST(c.body == b.body);
        BOOST_TEST(c.field("idempotent-replayed") == "true");
        BOOST_TEST(count == 2);
    }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(draining_waits_for_work_that_nobody_hears, Kit, test::server_kits)
{
    counting c;
    Kit kit;
    kit.on_completion(c.script());
    {
        raw_client first(kit.start());
        first.send(ask_once(true));
        BOOST_TEST(first.wait_for("answer "));
    }
    kit.server.stop();
    c.go_on->open();
    BOOST_TEST(kit.join().has_value());
    BOOST_TEST(test::until([&] { return c.ended == 1; }));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(the_end_cuts_work_that_nobody_hears_and_those_who_wait_for_it, Kit, test::server_kits)
{
    letter<failure> refused;
    auto const never = std::make_shared<gate>();
    auto script = says(
        {test::saying("Hel"), never, test::endless{test::saying("lo"), std::make_shared<std::atomic<std::size_t>>(0)}});
    script.refused = [&](failure const& f) { refused.put(f); };
    Kit kit;
    kit.on_completion(script);
    auto const port = kit.start();
    raw_client second(port);
    {
        raw_client first(port);
        first.send(ask_once(true));
        BOOST_TEST(first.wait_for("Hel"));
        second.send(ask_once(true));
    }
    kit.server.stop();
    kit.server.stop_now();
    BOOST_TEST((second.rest().find("[DONE]") == std::string::npos));
    never->open();
    BOOST_TEST((refused.take().code == errc::cancelled));
    BOOST_TEST(kit.join().has_value());
}

BOOST_AUTO_TEST_CASE_TEMPLATE(many_repeats_at_once_are_one_piece_of_work, Kit, test::server_kits)
{
    counting c;
    c.go_on->open();
    server_options o;
    o.idempotency.max_waiting = 1000;
    Kit kit(o);
    kit.on_completion(c.script());
    auto const port = kit.start();
    std::mutex mutex;
    std::set<std::string> bodies;
    std::vector<std::thread> callers;
    for (int i = 0; i < 8; ++i)
        callers.emplace_back([&, port, i] {
            for (int n = 0; n < 10; ++n) {
                raw_client caller(port);
                caller.send(ask_once(true, std::to_string(n)));
                if ((i + n) % 3 == 0)
                    continue; // and is gone
                caller.wait_for("[DONE]\n\n");
                auto const from = caller.received.find("data: ");
                std::lock_guard lock(mutex);
                bodies.insert(from == std::string::npos ? "nothing"
                                                        : caller.received.substr(caller.received.find("\"id\""), 40));
            }
        });
    for (auto& t : callers)
        t.join();
    BOOST_TEST(bodies.size() == 10U); // an id for each key
    BOOST_TEST(c.begun == 10);
    kit.server.stop();
    BOOST_TEST(kit.join().has_value());
}

} // namespace server_test
BOOST_AUTO_TEST_SUITE_END()
