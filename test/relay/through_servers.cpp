// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
// Relays in servers, over sockets: callers who leave, callers who are slow, upstreams that fail.
#include "../support/raw_client.hpp"
#include "../support/relayed.hpp"
#include "../support/servers.hpp"
#include "../support/stand_in.hpp"
#include "../support/until.hpp"

#ifdef CHATWIRE_TLS
#include "../support/certificates.hpp"

#include <chatwire/transport/tls.hpp>
#endif

#include <chatwire/client.hpp>
#include <chatwire/relay/relay.hpp>
#include <chatwire/server/offline_completer.hpp>

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <chrono>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

BOOST_AUTO_TEST_SUITE(relay_through_servers)

namespace relay_through_servers_test {

using namespace chatwire;
using test::far_end;
using test::raw_client;
using test::response;
using test::stand_in;
using test::stream_of;
using test::until;

std::string text(std::string const& t)
{
    return R"({"id":"c1","created":7,"model":"m-2026","choices":[{"index":0,"delta":{"content":")" + t +
           R"("},"finish_reason":null}]})";
}
std::string const stop =
    R"({"id":"c1","created":7,"model":"m-2026","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]})";
std::string const begin_stream_ = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"; // until it closes

std::string ask(bool stream, std::string_view fields = {})
{
    return test::post("/v1/chat/completions", stream ? test::asks_for_stream : test::asks_at_once, fields);
}

std::string message_of(std::string const& json)
{
    return test::text_of(test::parse_json(json).as_object().at("error"), "message");
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_caller_who_leaves_a_silent_upstream_closes_its_connection, Kit, test::server_kits)
{
    // before it has answered; within its answer; on a stream and without
    for (bool stream : {false, true})
        for (bool answers : {false, true}) {
            std::atomic<bool> asked{false}, closed{false};
            stand_in upstream_([&](far_end& end) {
                end.request();
                if (answers)
                    end.send(stream ? begin_stream_ + "data: " + text("a") + "\n\n"
                                    : "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{");
                asked = true;
                end.until_closed();
                closed = true;
            });
            Kit kit;
            kit.server.on_completion(relay_to({.client = {.base_url = upstream_.url()}}));
            raw_client caller(kit.start());
            caller.send(ask(stream));
            BOOST_TEST(until([&] { return asked.load(); }));
            if (stream && answers)
                BOOST_TEST(caller.wait_for("\"a\""));
            BOOST_TEST(!closed);
            caller.close();
            BOOST_TEST(until([&] { return closed.load(); }));
        }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_caller_who_leaves_an_upstream_that_sends_closes_its_connection, Kit, test::server_kits)
{
    constexpr std::size_t most = std::size_t{64} << 20;
    std::string const event = "data: " + text(std::string(16384, 'x')) + "\n\n";
    std::atomic<std::size_t> sent{0};
    std::atomic<bool> over{false};
    stand_in upstream_([&](far_end& end) {
        end.request();
        end.send(begin_stream_);
        while (sent < most && end.send(event))
            sent += event.size();
        over = true;
    });
    Kit kit;
    kit.server.on_completion(relay_to({.client = {.base_url = upstream_.url()}}));
    raw_client caller(kit.start());
    caller.send(ask(true));
    BOOST_TEST(caller.wait_for("xxxx"));
    caller.close();
    BOOST_TEST(until([&] { return over.load(); }));
    BOOST_TEST(sent < most); // it saw that nobody listens
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_caller_who_does_not_read_stops_the_upstream, Kit, test::server_kits)
{
    constexpr std::size_t most = std::size_t{64} << 20;
    std::string const event = "data: " + text(std::string(16384, 'x')) + "\n\n";
    std::atomic<std::size_t> sent{0}, events{0};
    std::atomic<bool> enough{false};
    stand_in upstream_([&](far_end& end) {
        end.request();
        end.send(begin_stream_);
        while (!enough && sent < most && end.send(event)) {
            sent += event.size();
            ++events;
        }
        end.send("data: " + stop + "\n\ndata: [DONE]\n\n");
    });
    Kit kit;
    kit.server.on_completion(relay_to({.client = {.base_url = upstream_.url()}}));
    raw_client caller(kit.start(), 4096);
    caller.send(ask(true));
    std::size_t before = 0;
    BOOST_TEST(until([&] { // it has come to rest, or has sent everything
        std::this_thread::sleep_for(std::chrono::milliseconds(200));
        auto const now = sent.load();
        return now >= most || (now > 0 && std::exchange(before, now) == now);
    }));
    BOOST_TEST(sent < most);
    enough = true;
    auto const a = caller.answer();
    BOOST_TEST(a.complete);
    BOOST_TEST(test::well_ended(a.body));
    BOOST_TEST(test::content_of(test::read_chunks(a.body)).size() == events * 16384);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_caller_who_reads_after_the_upstreams_time_is_up_gets_all_of_it, Kit, test::server_kits)
{
    std::string const event = "data: " + text(std::string(16384, 'x')) + "\n\n";
    constexpr std::size_t count = 1500; // more than the buffers on the way hold
    stand_in upstream_([&](far_end& end) {
        end.request();
        end.send(begin_stream_);
        for (std::size_t i = 0; i < count; ++i)
            end.send(event);
        end.send("data: " + stop + "\n\ndata: [DONE]\n\n");
    });
    Kit kit;
    kit.server.on_completion(
        relay_to({.client = {.base_url = upstream_.url(), .idle_timeout = std::chrono::milliseconds(500)}}));
    raw_client caller(kit.start(), 4096);
    caller.send(ask(true));
    BOOST_TEST(caller.wait_for("xxxx"));
    std::this_thread::sleep_for(std::chrono::seconds(1));
    auto const a = caller.answer();
    BOOST_TEST(a.complete);
    BOOST_TEST(test::well_ended(a.body));
    BOOST_TEST(test::content_of(test::read_chunks(a.body)).size() == count * 16384);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(what_proves_who_the_caller_is_stays_here, Kit, test::server_kits)
{
    std::mutex mutex;
    std::vector<std::string> seen;
    stand_in upstream_([&](far_end& end) {
        auto const r = end.request();
        {
            std::lock_guard lock(mutex);
            seen.push_back(r);
        }
        end.send(stream_of({text("a"), stop, "[DONE]"}));
    });
    Kit kit(server_options{.api_keys = {"callers-key"}});
    kit.server.on_completion(relay_to({.client = {.base_url = upstream_.url(), .api_key = "our-key"}}));
    raw_client caller(kit.start());
    for (auto const* proof : {"Authorization: Bearer callers-key\r\n", "x-api-key: callers-key\r\n"}) {
        auto const a =
            caller.ask(ask(true, std::string(proof) +
                                     "Cookie: callers-cookie\r\nX-Forwarded-For: 1.2.3.4\r\n"
                                     "OpenAI-Organization: callers-organization\r\nIdempotency-Key: callers" +
                                     std::to_string(seen.size()) + "\r\n"));
        BOOST_TEST(a.status == 200);
        BOOST_TEST((a.body.find("our-key") == std::string::npos));
    }
    BOOST_TEST_REQUIRE(seen.size() == 2U);
    for (auto const& r : seen) {
        BOOST_TEST((r.find("Authorization: Bearer our-key\r\n") != r.npos));
        for (auto const* word : {"callers", "cookie", "Cookie", "1.2.3.4", "x-api-key"})
            BOOST_TEST((r.find(word) == r.npos), r);
    }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(heartbeats_fill_an_upstreams_silence, Kit, test::server_kits)
{
    std::atomic<bool> go_on{false};
    stand_in upstream_([&](far_end& end) {
        end.request();
        end.send(begin_stream_);
        until([&] { return go_on.load(); });
        end.send("data: " + text("late") + "\n\ndata: " + stop + "\n\ndata: [DONE]\n\n");
    });
    server_options o;
    o.limits.heartbeat = std::chrono::milliseconds(20);
    Kit kit(o);
    kit.server.on_completion(relay_to({.client = {.base_url = upstream_.url()}}));
    raw_client caller(kit.start());
    caller.send(ask(true));
    BOOST_TEST(caller.wait_for("\n:")); // a comment
    go_on = true;
    auto const a = caller.answer();
    BOOST_TEST(test::well_ended(a.body));
    BOOST_TEST(test::content_of(test::read_chunks(a.body)) == "late");
}

// A server that relays to another, which relays to the upstream.
template <class Kit>
struct two_relays {
    explicit two_relays(upstream u)
    {
        inner.server.on_completion(relay_to(std::move(u)));
        inner_port = inner.start();
        outer.server.on_completion(
            relay_to({.client = {.base_url = "http://127.0.0.1:" + std::to_string(inner_port) + "/v1"}}));
        outer_port = outer.start();
    }
    Kit inner{}, outer{};
    std::uint16_t inner_port = 0, outer_port = 0;
};

BOOST_AUTO_TEST_CASE_TEMPLATE(an_answer_goes_through_two_relays, Kit, test::server_kits)
{
    stand_in upstream_([&](far_end& end) {
        auto const r = end.request();
        auto const streamed = r.find("\"stream\":true") != r.npos;
        end.send(streamed
                     ? stream_of({text("Hel"), text("lo"), stop, "[DONE]"})
                     : response(200, "application/json",
                                R"({"id":"c1","created":7,"model":"m-2026","choices":[{"index":0,"message":)"
                                R"({"role":"assistant","content":"Hello"},"finish_reason":"stop"}],)"
                                R"("usage":{"prompt_tokens":1,"completion_tokens":2,"total_tokens":3},"x":[1.0]})"));
    });
    two_relays<Kit> two({.client = {.base_url = upstream_.url()}});
    raw_client caller(two.outer_port);
    auto const streamed = caller.ask(ask(true));
    BOOST_TEST(streamed.status == 200);
    BOOST_TEST(test::well_ended(streamed.body));
    auto const chunks = test::read_chunks(streamed.body);
    BOOST_TEST(test::content_of(chunks) == "Hello");
    for (auto const& c : chunks) {
        BOOST_TEST(test::text_of(c, "id") == "c1");
        BOOST_TEST(test::text_of(c, "model") == "m-2026");
        BOOST_TEST(c.as_object().at("created").to_number<int>() == 7);
    }
    auto const whole = caller.ask(ask(false));
    BOOST_TEST(whole.status == 200);
    BOOST_TEST((whole.body.find(R"("content":"Hello")") != std::string::npos));
    BOOST_TEST((whole.body.find(R"("x":[1.0])") != std::string::npos));
    BOOST_TEST((whole.body.find(R"("total_tokens":3)") != std::string::npos));
    BOOST_TEST((whole.body.find(R"("id":"c1")") != std::string::npos));
    BOOST_TEST(upstream_.connections() == 2U);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_failure_is_told_by_each_relay_on_its_way, Kit, test::server_kits)
{
    auto const busy =
        response(429, "application/json", R"({"error":{"message":"Slow down","code":"busy"}})", "Retry-After: 20\r\n");
    std::string const answers[] = {busy, busy, begin_stream_ + "data: " + text("a") + "\n\n" /* and breaks off */, ""};
    std::atomic<std::size_t> next{0};
    stand_in upstream_([&](far_end& end) {
        end.request();
        end.send(answers[next++]);
    });
    two_relays<Kit> two({.client = {.base_url = upstream_.url()}});
    raw_client caller(two.outer_port);
    for (bool stream : {false, true}) {
        auto const a = caller.ask(ask(stream));
        BOOST_TEST(a.status == 502);
        BOOST_TEST(a.field("Retry-After") == "20");
        BOOST_TEST(message_of(a.body) == "The provider answered with status 502: "
                                         "The provider answered with status 429: Slow down");
        BOOST_TEST((a.body.find(R"("code":"busy")") != std::string::npos));
    }
    auto const cut = caller.ask(ask(true));
    BOOST_TEST(cut.status == 200);
    BOOST_TEST((cut.body.find("[DONE]") == std::string::npos));
    BOOST_TEST(
        message_of(test::read_events(cut.body).back()).starts_with("The provider failed: The provider's answer"));
    auto const nothing = caller.ask(ask(true));
    BOOST_TEST(nothing.status == 502);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(who_leaves_two_relays_is_noticed_at_the_end_of_them, Kit, test::server_kits)
{
    std::atomic<bool> closed{false};
    stand_in upstream_([&](far_end& end) {
        end.request();
        end.send(begin_stream_ + "data: " + text("a") + "\n\n");
        end.until_closed();
        closed = true;
    });
    two_relays<Kit> two({.client = {.base_url = upstream_.url()}});
    raw_client caller(two.outer_port);
    caller.send(ask(true));
    BOOST_TEST(caller.wait_for("\"a\""));
    caller.close();
    BOOST_TEST(until([&] { return closed.load(); }));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(an_upstream_that_cannot_be_reached_or_is_too_slow_is_a_bad_gateway, Kit,
                              test::server_kits)
{
    stand_in slow([&](far_end& end) {
        auto const r = end.request();
        if (r.find("\"stream\":true") != r.npos)
            end.send(begin_stream_);
        end.until_closed();
    });
    auto const closed_port = transport::listener::open({"127.0.0.1", 0}).value().port();
    struct {
        upstream u;
        std::string message;
    } const cases[] = {
        {{.client = {.base_url = "http://127.0.0.1:" + std::to_string(closed_port)}}, "The provider cannot be reached"},
        {{.client = {.base_url = "http://no-such-host.invalid"}}, "The provider cannot be reached"},
        {{.client = {.base_url = slow.url(), .idle_timeout = std::chrono::milliseconds(50)}},
         "The provider did not answer in time"},
        {{.client = {.base_url = slow.url(), .total_timeout = std::chrono::milliseconds(50)}},
         "The provider did not answer in time"},
        {{.client = {.base_url = "http://169.254.169.254/latest"}}, "The provider cannot be asked: "},
        {{.client = {.base_url = "http://[::ffff:169.254.169.254]/latest"}}, "The provider cannot be asked: "},
        {{.client = {.base_url = "http://2852039166/latest"}}, "The provider cannot be asked: "},
    };
    for (auto const& c : cases) {
        Kit kit;
        std::mutex mutex;
        std::vector<std::string> log;
        auto u = c.u;
        u.on_failure = [&](failure const& f) {
            std::lock_guard lock(mutex);
            log.push_back(f.what());
        };
        kit.server.on_completion(relay_to(std::move(u)));
        raw_client caller(kit.start());
        for (bool stream : {false, true}) {
            auto const a = caller.ask(ask(stream));
            BOOST_TEST(a.status == 502);
            BOOST_TEST(message_of(a.body).starts_with(c.message), a.body);
            for (auto const* word : {"127.0.0.1", "169.254", "invalid", "http"})
                BOOST_TEST((a.body.find(word) == std::string::npos), a.body);
        }
        BOOST_TEST(log.size() == 2U);
    }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(stopping_now_closes_the_upstreams_connection, Kit, test::server_kits)
{
    std::atomic<bool> asked{false}, closed{false};
    stand_in upstream_([&](far_end& end) {
        end.request();
        asked = true;
        end.until_closed();
        closed = true;
    });
    Kit kit;
    kit.server.on_completion(relay_to({.client = {.base_url = upstream_.url()}}));
    raw_client caller(kit.start());
    caller.send(ask(true));
    BOOST_TEST(until([&] { return asked.load(); }));
    kit.server.stop_now();
    BOOST_TEST(until([&] { return closed.load(); }));
}

#ifdef CHATWIRE_TLS

BOOST_AUTO_TEST_CASE_TEMPLATE(an_upstream_may_have_tls_and_so_may_the_listener, Kit, test::server_kits)
{
    test::certificate_authority const ours("authority of callers"), theirs("authority of providers");
    auto const i = theirs.issue();
    auto const secure = transport::tls_server({.certificate = i.certificate, .key = i.key}).value();
    stand_in upstream_([&](far_end& end) {
        if (!end.secure(secure))
            return;
        end.request();
        end.send(stream_of({text("Hel"), text("lo"), stop, "[DONE]"}));
    });
    auto const url = "https://localhost:" + std::to_string(upstream_.port()) + "/v1";
    auto const trusting = transport::tls_client({.ca = theirs.pem()}).value();
    auto const mine = ours.issue();
    auto const shown = transport::tls_server({.certificate = mine.certificate, .key = mine.key}).value();
    for (bool listener_too : {false, true}) {
        Kit kit(server_options{}, listener_too ? shown : nullptr, trusting);
        kit.server.on_completion(relay_to({.client = {.base_url = url, .api_key = "k"}}));
        auto const port = std::to_string(kit.start());
        transport::options to_us;
        if (listener_too)
            to_us.secure = transport::tls_client({.ca = ours.pem()}).value();
        blocking_client c(to_us, {.base_url = (listener_too ? "https" : "http") + ("://localhost:" + port) + "/v1"});
        auto const a = c.create({.model = "m", .messages = {message::user("hello")}});
        BOOST_TEST_REQUIRE(a.has_value(), (a ? "" : a.error().what()));
        BOOST_TEST(a->text() == "Hello");
        BOOST_TEST(a->model == "m-2026");
    }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(an_upstream_with_a_certificate_nobody_vouches_for_is_not_asked, Kit, test::server_kits)
{
    test::certificate_authority const theirs;
    auto const i = theirs.issue();
    auto const secure = transport::tls_server({.certificate = i.certificate, .key = i.key}).value();
    std::atomic<bool> heard{false};
    stand_in upstream_([&](far_end& end) { heard = heard || end.secure(secure); });
    auto const url = "https://localhost:" + std::to_string(upstream_.port()) + "/v1";
    std::string told;
    std::mutex mutex;
    Kit kit; // trusts whom the system trusts
    kit.server.on_completion(
        relay_to({.client = {.base_url = url, .api_key = "k"}, .on_failure = [&](failure const& f) {
                      std::lock_guard lock(mutex);
                      told = f.what();
                  }}));
    raw_client caller(kit.start());
    auto const a = caller.ask(ask(true));
    BOOST_TEST(a.status == 502);
    BOOST_TEST(message_of(a.body).starts_with("The provider cannot be reached: "), a.body);
    BOOST_TEST((a.body.find("localhost") == std::string::npos));
    BOOST_TEST((told.find("the certificate of localhost") != std::string::npos), told);
    BOOST_TEST(!heard);
}

#endif

} // namespace relay_through_servers_test
BOOST_AUTO_TEST_SUITE_END()
