// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include "../support/served.hpp"

#include <chatwire/io/endpoint.hpp>
#include <chatwire/server/completion_service.hpp>
#include <chatwire/server/connection.hpp>

#include <boost/test/unit_test.hpp>

#include <string>
#include <utility>
#include <vector>

BOOST_AUTO_TEST_SUITE(server_connection_)

namespace server_connection_test {

using namespace chatwire;
using namespace std::string_literals;

static_assert(io::endpoint<server_connection>);

// The plain surface with a model that says "Hello", and a small route beside it.
struct surface {
    completion_service service;
    router routes;

    surface()
    {
        service.keys = api_keys({"key"});
        service.max_body = 100'000;
        service.add_model({.id = "m"}, test::knows({test::saying("Hel"), test::saying("lo"), test::finishing()}));
        service.mount(routes);
        route echo{.method = "POST", .pattern = "/echo", .max_body = 1000};
        echo.begin = [](server_call call) {
            answer a;
            a.content_type = "text/plain";
            a.body = std::move(call.body);
            return std::make_unique<immediate_plan>(std::move(a));
        };
        routes.add(std::move(echo));
        routes.add({.method = "GET", .pattern = "/nothing", .begin = [](server_call const&) {
                        return std::make_unique<immediate_plan>(answer{.status = 204});
                    }});
        routes.add({.method = "GET", .pattern = "/throws", .begin = [](server_call const&) -> std::unique_ptr<plan> {
                        throw std::runtime_error("a secret");
                    }});
    }
};

surface const& the_surface()
{
    static surface const s;
    return s;
}

std::string const authorized = "Authorization: Bearer key\r\n";
std::string const question = R"({"model":"m","messages":[{"role":"user","content":"Hi"}]})";
std::string const streamed_question = R"({"model":"m","stream":true,"messages":[{"role":"user","content":"Hi"}]})";

struct transcript {
    char const* name;
    std::string sent;
    std::vector<std::string> methods;
    std::vector<int> statuses;
    bool stays_open; // the connection may be used again
};

std::string chunked(std::string_view head, std::string_view body)
{
    return std::string(head) + "Transfer-Encoding: chunked\r\n\r\n3\r\n" + std::string(body.substr(0, 3)) + "\r\n" +
           "10;why=not\r\n" + std::string(body.substr(3, 16)) + "\r\n" + "0" + (body.size() < 20 ? "\r\n" : "0\r\n") +
           "\r\n";
}

std::vector<transcript> const& transcripts()
{
    static std::string const target = "/v1/chat/completions";
    static std::string const head = "POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\n" + authorized;
    static std::string const small(50, 'x');
    static std::vector<transcript> const all = {
        {"post", test::post(target, question, authorized), {"POST"}, {200}, true},
        {"streamed", test::post(target, streamed_question, authorized), {"POST"}, {200}, true},
        {"two, pipelined",
         test::post(target, streamed_question, authorized) + test::get("/v1/models", authorized),
         {"POST", "GET"},
         {200, 200},
         true},
        {"three, with empty lines between",
         test::get("/v1/models/m", authorized) + "\r\n" + test::post("/echo", "abc") + test::get("/nothing"),
         {"GET", "POST", "GET"},
         {200, 200, 204},
         true},
        {"chunked request",
         chunked("POST /echo HTTP/1.1\r\nHost: x\r\n", "abcdefghijklmnopqrs") + test::get("/nothing"),
         {"POST", "GET"},
         {200, 204},
         true},
        {"expects 100-continue",
         test::post(target, question, authorized + "Expect: 100-continue\r\n"),
         {"POST"},
         {200},
         true},
        {"HEAD",
         "HEAD /v1/models HTTP/1.1\r\nHost: x\r\n" + authorized + "\r\n" + test::get("/nothing"),
         {"HEAD", "GET"},
         {200, 204},
         true},
        {"HEAD, then no request",
         "HEAD /v1/models HTTP/1.1\r\nHost: x\r\n" + authorized + "\r\nGET\r\n\r\n",
         {"HEAD", "GET"},
         {200, 400},
         false},
        {"close", test::post(target, question, authorized + "Connection: close\r\n"), {"POST"}, {200}, false},
        {"HTTP/1.0, streamed",
         "POST /v1/chat/completions HTTP/1.0\r\n" + authorized +
             "Content-Length: " + std::to_string(streamed_question.size()) + "\r\n\r\n" + streamed_question,
         {"POST"},
         {200},
         false},
        {"HTTP/1.0, keep-alive",
         "GET /v1/models HTTP/1.0\r\nConnection: keep-alive\r\n" + authorized + "\r\n" + test::get("/nothing"),
         {"GET", "GET"},
         {200, 204},
         true},
        {"HTTP/1.0, whole", "GET /v1/models HTTP/1.0\r\n" + authorized + "\r\n", {"GET"}, {200}, false},
        {"404, small body", test::post("/nowhere", small) + test::get("/nothing"), {"POST", "GET"}, {404, 204}, true},
        {"405, small body",
         test::post("/v1/models", small, authorized) + test::get("/nothing"),
         {"POST", "GET"},
         {405, 204},
         true},
        {"401, small body", test::post(target, question) + test::get("/nothing"), {"POST", "GET"}, {401, 204}, true},
        {"401, small chunked body",
         chunked("POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\n", "abcdefghijklmnopqrs"),
         {"POST"},
         {401},
         false},
        {"401, waits for 100", test::post(target, question, "Expect: 100-continue\r\n"), {"POST"}, {401}, false},
        {"404, large body", test::post("/nowhere", std::string(70'000, 'x')), {"POST"}, {404}, false},
        {"413 by length", test::post("/echo", std::string(1001, 'x')), {"POST"}, {413}, false},
        {"413 by length, waits for 100",
         test::post("/echo", std::string(1001, 'x'), "Expect: 100-continue\r\n"),
         {"POST"},
         {413},
         false},
        {"413 in chunks",
         "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1f4\r\n" + std::string(500, 'x') +
             "\r\n1f5\r\n" + std::string(501, 'x') + "\r\n0\r\n\r\n",
         {"POST"},
         {413},
         false},
        {"bad JSON",
         test::post(target, "{\"messages\":[}", authorized) + test::get("/nothing"),
         {"POST", "GET"},
         {400, 204},
         true},
        {"a route that throws", test::get("/throws") + test::get("/nothing"), {"GET", "GET"}, {500, 204}, true},
    };
    return all;
}

BOOST_AUTO_TEST_CASE(every_transcript_gets_its_answers)
{
    for (auto const& t : transcripts()) {
        BOOST_TEST_CONTEXT(t.name)
        {
            test::served s(the_surface().routes);
            s.receive(t.sent);
            BOOST_TEST(s.connection.done() == !t.stays_open);
            BOOST_TEST((s.connection.idle() || !t.stays_open));
            auto const answers = test::read_answers(s.sent, t.methods);
            BOOST_TEST_REQUIRE(answers.size() == t.statuses.size());
            for (std::size_t i = 0; i < answers.size(); ++i) {
                BOOST_TEST(answers[i].status == t.statuses[i]);
                BOOST_TEST(answers[i].complete);
                bool const last = i + 1 == answers.size();
                BOOST_TEST((answers[i].field("connection") == "close") == (last && !t.stays_open));
                BOOST_TEST(answers[i].field("x-request-id").starts_with("req_"));
                BOOST_TEST(answers[i].fields.count("x-request-id") == 1U);
                BOOST_TEST(answers[i].field("date").ends_with(" GMT"));
                if (t.methods[i] == "HEAD") {
                    BOOST_TEST(answers[i].body.empty());
                    BOOST_TEST(answers[i].field("content-length") != "0");
                } else if (answers[i].status >= 400) {
                    auto const body = test::parse_json(answers[i].body);
                    auto const& error = body.as_object().at("error").as_object();
                    BOOST_TEST(!error.at("message").as_string().empty());
                    BOOST_TEST(error.contains("type"));
                    BOOST_TEST(error.contains("param"));
                    BOOST_TEST(error.contains("code"));
                    BOOST_TEST((answers[i].body.find("secret") == std::string::npos));
                }
            }
            s.end();
            BOOST_TEST(s.connection.done());
            BOOST_TEST(test::read_answers(s.sent, t.methods).size() == t.statuses.size());
        }
    }
}

BOOST_AUTO_TEST_CASE(every_split_gives_the_same_bytes)
{
    for (auto const& t : transcripts()) {
        BOOST_TEST_CONTEXT(t.name)
        {
            auto const& routes = the_surface().routes;
            test::served whole(routes);
            whole.receive(t.sent);
            auto const expected = test::canonical(whole.sent);

            // in two pieces: everywhere in the heads, now and then in a long body
            std::size_t const step = t.sent.size() > 5000 ? 997 : 1;
            for (std::size_t at = 1; at < t.sent.size(); at += at < 400 ? 1 : step) {
                test::served s(routes);
                s.receive(std::string_view(t.sent).substr(0, at));
                s.receive(std::string_view(t.sent).substr(at));
                BOOST_TEST_REQUIRE(test::canonical(s.sent) == expected, "split at " << at);
            }
            // byte by byte, in and out
            test::served s(routes);
            s.most_at_once = 1;
            s.receive(t.sent, 1);
            BOOST_TEST(test::canonical(s.sent) == expected);
        }
    }
}

BOOST_AUTO_TEST_CASE(a_request_cut_short_is_answered_by_nobody)
{
    for (auto const& t : transcripts()) {
        BOOST_TEST_CONTEXT(t.name)
        {
            test::served whole(the_surface().routes);
            whole.receive(t.sent);
            auto const all = test::canonical(whole.sent);
            std::size_t const step = t.sent.size() > 5000 ? 1997 : 1;
            for (std::size_t at = 0; at < t.sent.size(); at += at < 300 ? 1 : step) {
                test::served s(the_surface().routes);
                s.receive(std::string_view(t.sent).substr(0, at));
                auto const before = s.sent;
                s.end();
                BOOST_TEST_REQUIRE(s.connection.done());
                BOOST_TEST_REQUIRE(s.sent == before, "cut at " << at); // whatever is said about it, nobody reads it
                BOOST_TEST_REQUIRE(all.starts_with(test::canonical(s.sent)));
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(what_is_no_request_gets_its_status_and_the_end)
{
    std::string const many = [] {
        std::string out = "GET / HTTP/1.1\r\nHost: x\r\n";
        for (int i = 0; i < 200; ++i)
            out += "A: b\r\n";
        return out + "\r\n";
    }();
    std::pair<std::string, int> const cases[] = {
        {"GET\r\n\r\n", 400},
        {"GET /\r\n\r\n", 400},
        {"GET / HTTP/2.0\r\nHost: x\r\n\r\n", 505},
        {"GET / HTTP/1.1\r\n\r\n", 400},
        {"GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n", 400},
        {"GET / HTTP/1.1\r\nHost: x\r\nA b\r\n\r\n", 400},
        {"GET / HTTP/1.1\r\nHost: x\r\nA : b\r\n\r\n", 400},
        {"GET / HTTP/1.1\r\nHost: x\r\nA: b\r\n c\r\n\r\n", 400},
        {"GET / HTTP/1.1\nHost: x\n\n", 400},
        {"G@T / HTTP/1.1\r\nHost: x\r\n\r\n", 400},
        {"GET /a b HTTP/1.1\r\nHost: x\r\n\r\n", 400},
        {"\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n", 400},
        {"\x16\x03\x01\x02\r\n", 400}, // somebody speaks TLS
        {"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505},
        {"GET / HTTP/1.1\r\nHost: x\r\nExpect: the worst\r\n\r\n", 417},
        {"GET /" + std::string(70'000, 'a') + " HTTP/1.1\r\n", 414},
        {many, 431},
        // smuggling
        {"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400},
        {"POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n", 400},
        {"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nContent-Length: 3\r\n\r\nabc", 400},
        {"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 3, 3\r\n\r\nabc", 400},
        {"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: +3\r\n\r\nabc", 400},
        {"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n", 400},
        {"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999\r\n\r\n", 400},
        {"POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 501},
        {"POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n", 400},
        {"POST /echo HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400},
        {"POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nfoo\r\n\r\n", 400},
        {"POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n", 400},
        {"POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n", 400},
        {"POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nContent-Length: 1\r\n\r\n", 400},
    };
    for (auto const& [bytes, status] : cases) {
        // the same after a request that was in order
        for (std::string const& before : {std::string(), test::get("/nothing")}) {
            for (std::size_t room : {std::string_view::npos, std::size_t{1}}) {
                BOOST_TEST_CONTEXT(bytes.substr(0, 100))
                {
                    test::served s(the_surface().routes);
                    s.receive(before + bytes + test::get("/nothing"), room); // what follows is never looked at
                    std::vector<std::string> methods = {"GET"};
                    if (!before.empty())
                        methods.push_back("GET");
                    auto const answers = test::read_answers(s.sent, methods);
                    BOOST_TEST_REQUIRE(answers.size() == methods.size());
                    BOOST_TEST(answers.back().status == status);
                    BOOST_TEST(answers.back().field("connection") == "close");
                    BOOST_TEST(answers.back().field("x-request-id") != "");
                    BOOST_TEST(answers.back().complete);
                    test::parse_json(answers.back().body);
                    BOOST_TEST(s.connection.done());
                    BOOST_TEST(s.connection.lingering());
                }
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(a_chunked_body_arrives_whole)
{
    test::served s(the_surface().routes);
    s.receive(chunked("POST /echo HTTP/1.1\r\nHost: x\r\n", "abcdefghijklmnopqrs"));
    BOOST_TEST(test::read_answers(s.sent, {"POST"}).at(0).body == "abcdefghijklmnopqrs");
}

BOOST_AUTO_TEST_CASE(leave_to_send_a_body_is_given_once_and_only_if_it_is_wanted)
{
    test::served s(the_surface().routes);
    s.receive("POST /echo HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n");
    BOOST_TEST(s.sent == "HTTP/1.1 100 Continue\r\n\r\n");
    s.receive("abc");
    auto const answers = test::read_answers(s.sent, {"POST"});
    BOOST_TEST(answers.at(0).informational == 1U);
    BOOST_TEST(answers.at(0).body == "abc");
    for (auto const& t : transcripts()) {
        test::served other(the_surface().routes);
        other.receive(t.sent);
        auto const all = test::read_answers(other.sent, t.methods);
        for (auto const& a : all)
            BOOST_TEST(a.informational == (t.sent.find("Expect") != std::string::npos && a.status == 200 ? 1U : 0U),
                       t.name);
    }
}

BOOST_AUTO_TEST_CASE(a_stream_is_framed_as_its_caller_can_read_it)
{
    for (bool old : {false, true}) {
        std::string const version = old ? "HTTP/1.0" : "HTTP/1.1";
        test::served s(the_surface().routes);
        s.receive("POST /v1/chat/completions " + version + "\r\nHost: x\r\n" + authorized +
                  "Connection: keep-alive\r\nContent-Length: " + std::to_string(streamed_question.size()) + "\r\n\r\n" +
                  streamed_question);
        auto const a = test::read_answers(s.sent, {"POST"}).at(0);
        BOOST_TEST(a.field("transfer-encoding") == (old ? "" : "chunked"));
        BOOST_TEST(a.field("content-length") == "");
        BOOST_TEST(a.field("connection") == (old ? "close" : ""));
        BOOST_TEST(a.field("content-type") == "text/event-stream");
        BOOST_TEST(a.field("cache-control") == "no-cache");
        BOOST_TEST(a.field("x-accel-buffering") == "no");
        BOOST_TEST(test::well_ended(a.body));
        BOOST_TEST(test::content_of(test::read_chunks(a.body)) == "Hello");
        BOOST_TEST(s.connection.done() == old); // its end is the only end the body has
    }
}

BOOST_AUTO_TEST_CASE(a_heartbeat_stands_between_two_events)
{
    for (int version : {10, 11}) {
        server_limits limits;
        router routes;
        envelope e;
        e.stream = true;
        routes.add({.method = "GET", .pattern = "/", .begin = [](server_call const&) {
                        return std::make_unique<immediate_plan>(answer{});
                    }});
        server_connection c(routes, limits);
        auto const request = std::string("GET / HTTP/1.") + (version == 10 ? "0" : "1") + "\r\nHost: x\r\n\r\n";
        std::copy(request.begin(), request.end(), c.prepare().begin());
        c.commit(request.size());
        auto event = c.next_event().value();
        BOOST_TEST_REQUIRE(event.has_value());
        c.heartbeat(e); // before anything was said: the head goes out with it
        BOOST_TEST(!c.output().empty());
        c.put(e, test::saying("a"));
        c.heartbeat(e);
        c.heartbeat(e);
        c.put(e, test::saying("b"));
        c.put(e, test::finishing());
        c.finish(e);
        c.heartbeat(e); // too late
        auto const a = test::read_answers(c.output(), {"GET"}).at(0);
        BOOST_TEST(a.complete);
        std::size_t comments = 0;
        test::read_events(a.body, &comments);
        BOOST_TEST(comments == 3U);
        BOOST_TEST(test::well_ended(a.body));
        BOOST_TEST(test::content_of(test::read_chunks(a.body)) == "ab");
    }
}

BOOST_AUTO_TEST_CASE(an_answer_that_is_no_stream_gets_no_heartbeat)
{
    router routes;
    routes.add({.method = "GET", .pattern = "/", .begin = [](server_call const&) {
                    return std::make_unique<immediate_plan>(answer{});
                }});
    server_connection c(routes, {});
    auto const request = test::get("/");
    std::copy(request.begin(), request.end(), c.prepare().begin());
    c.commit(request.size());
    BOOST_TEST_REQUIRE(c.next_event().value().has_value());
    c.heartbeat({});
    BOOST_TEST(c.output().empty());
    c.put({}, test::saying("a"));
    c.heartbeat({});
    BOOST_TEST(c.output().empty()); // folded: nothing to send before the end
    c.put({}, test::finishing());
    c.finish({});
    BOOST_TEST(test::read_answers(c.output(), {"GET"}).at(0).complete);
}

BOOST_AUTO_TEST_CASE(the_last_request_is_told_that_it_is)
{
    server_limits limits;
    limits.max_requests = 2;
    test::served s(the_surface().routes, limits);
    s.receive(test::get("/nothing") + test::get("/nothing") + test::get("/nothing"));
    auto const answers = test::read_answers(s.sent, {"GET", "GET"});
    BOOST_TEST_REQUIRE(answers.size() == 2U);
    BOOST_TEST(answers[0].field("connection") == "");
    BOOST_TEST(answers[1].field("connection") == "close");
    BOOST_TEST(s.connection.done());
    BOOST_TEST(s.connection.lingering()); // the third is on its way, and would reset the answer to the second
    BOOST_TEST(s.connection.requests() == 2U);

    test::served drained(the_surface().routes);
    drained.receive(test::get("/nothing"));
    drained.connection.close_after_answer();
    drained.receive(test::get("/nothing"));
    BOOST_TEST(test::read_answers(drained.sent, {"GET", "GET"}).at(1).field("connection") == "close");
    BOOST_TEST(drained.connection.done());

    test::served asked(the_surface().routes);
    asked.receive(test::get("/nothing", "Connection: close\r\n"));
    BOOST_TEST(asked.connection.done());
    BOOST_TEST(!asked.connection.lingering()); // nothing follows, as it said itself
}

BOOST_AUTO_TEST_CASE(a_request_that_does_not_come_is_refused_where_it_stands)
{
    failure const late(errc::idle_timeout, "too slow");
    for (std::string const& begun :
         {std::string("GET /no"), "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\na"s}) {
        test::served s(the_surface().routes);
        s.receive(begun);
        BOOST_TEST(!s.connection.idle());
        BOOST_TEST(s.connection.reading_head() == begun.starts_with("GET"));
        s.connection.refuse(late);
        auto const a = test::read_answers(s.connection.output(), {"GET"}).at(0);
        BOOST_TEST(a.status == 408);
        BOOST_TEST(a.field("connection") == "close");
        s.connection.consume(s.connection.output().size());
        BOOST_TEST(s.connection.done());
    }
}

BOOST_AUTO_TEST_CASE(aborting_forgets_what_was_to_be_sent)
{
    server_connection c(the_surface().routes, {});
    auto const request = test::get("/nowhere");
    std::copy(request.begin(), request.end(), c.prepare().begin());
    c.commit(request.size());
    BOOST_TEST(!c.next_event().value().has_value());
    BOOST_TEST(!c.output().empty());
    c.abort();
    BOOST_TEST(c.output().empty());
    BOOST_TEST(c.done());
    BOOST_TEST(!c.next_event().value().has_value());
}

} // namespace server_connection_test
BOOST_AUTO_TEST_SUITE_END()
