// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
// A relay's plan without IO: every action, every failure at every step, every split.
#include "../support/relayed.hpp"

#include <chatwire/json/chunk.hpp>
#include <chatwire/json/completion.hpp>
#include <chatwire/json/error_reader.hpp>
#include <chatwire/json/writer.hpp>
#include <chatwire/server/exchange.hpp>

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <string>
#include <thread>
#include <vector>

BOOST_AUTO_TEST_SUITE(relay_relay)

namespace relay_relay_test {

using namespace chatwire;
using test::asks_at_once;
using test::asks_for_stream;
using test::relay_answer;
using test::relay_through;
using test::relayed;
using test::request_of;
using test::response;
using test::simulation;
using test::stream_of;

std::string event(std::string const& choice, std::string const& more = {})
{
    return R"({"id":"c1","object":"chat.completion.chunk","created":7,"model":"m-2026","choices":[{"index":0,)" +
           choice + "}]" + more + "}";
}
std::string text(std::string const& t) { return event(R"("delta":{"content":")" + t + R"("},"finish_reason":null)"); }
std::string const begin = event(R"("delta":{"role":"assistant","content":""},"finish_reason":null)");
std::string const stop = event(R"("delta":{},"finish_reason":"stop")");
std::string const good = stream_of({begin, text("Hel"), text("lo"), stop, "[DONE]"});

std::string text_of(relayed const& r)
{
    std::string out;
    for (auto const& c : r.chunks)
        out += c.text();
    return out;
}

std::string reasons_of(relayed const& r)
{
    std::string out;
    for (auto const& c : r.chunks)
        for (auto const& choice : c.choices)
            if (choice.finish_reason)
                out += std::string(choice.finish_reason->text()) + ';';
    return out;
}

// What a surface makes of it: the bytes of the body.
std::string answered(relayed const& r, envelope e)
{
    router routes;
    server_exchange x(routes);
    if (!r.named.id.empty())
        e.id = r.named.id;
    if (r.named.created)
        e.created = r.named.created;
    e.model = r.named.model;
    for (auto const& c : r.chunks)
        x.put(e, c);
    if (r.error)
        x.fail(*r.error);
    else
        x.finish(e);
    return std::string(x.output());
}

BOOST_AUTO_TEST_CASE(the_request_goes_out_as_it_came_and_nothing_of_its_callers_head)
{
    std::string const body =
        R"({"model":"m","messages":[{"role":"user","content":"h\u00e9","x":[1.50,{"y":1e3}]}],"temperature":0.5,)"
        R"("stream":true,"stream_options":{"include_usage":true,"z":0},"top_k":40,"vendor":{"a": [1, 2.0],"b":null}})";
    simulation s{.answers = {{good}}, .write_size = 100'000};
    relay_through(s, {.client = {.base_url = "http://127.0.0.1:9/v1?a=b", .api_key = "the-key"}}, request_of(body));
    BOOST_TEST_REQUIRE(s.all_sent.size() == 1U);
    auto const sent = s.all_sent[0];
    auto const end = sent.find("\r\n\r\n") + 4;
    auto const goes = json::to_text(request_of(body));
    BOOST_TEST(sent.substr(0, end) == "POST /v1/chat/completions?a=b HTTP/1.1\r\n"
                                      "Host: 127.0.0.1:9\r\n"
                                      "User-Agent: " +
                                          client_options{}.user_agent +
                                          "\r\n"
                                          "Accept: text/event-stream\r\n"
                                          "Accept-Encoding: identity\r\n"
                                          "Authorization: Bearer the-key\r\n"
                                          "Content-Type: application/json\r\n"
                                          "Content-Length: " +
                                          std::to_string(goes.size()) + "\r\n\r\n");
    BOOST_TEST(sent.substr(end) == goes);
    for (auto const* member : {R"("top_k":40)", R"("vendor":{"a": [1, 2.0],"b":null})", R"("x":[1.50,{"y":1e3}])",
                               R"("stream_options":{"include_usage":true,"z":0})", R"("model":"m")"})
        BOOST_TEST((sent.find(member) != sent.npos), member);
    BOOST_TEST(s.log.front() == 'C');
    BOOST_TEST(s.log.back() == 'X');
}

BOOST_AUTO_TEST_CASE(nothing_is_asked_of_the_upstream_that_the_caller_did_not_ask)
{
    simulation s{.answers = {{good}}, .write_size = 100'000};
    relay_through(s, test::example_upstream(), request_of(asks_for_stream));
    auto const& sent = s.all_sent.at(0);
    BOOST_TEST(sent.substr(sent.find("\r\n\r\n") + 4) == asks_for_stream);
    BOOST_TEST((sent.find("Authorization") == sent.npos));
}

BOOST_AUTO_TEST_CASE(the_upstream_may_have_another_path_and_another_name_for_the_model)
{
    simulation s{.answers = {{good}}, .write_size = 100'000};
    auto u = test::example_upstream();
    u.path = "/deployments/d%20e/chat/completions?api-version=1";
    u.model = "gpt";
    auto const r = relay_through(s, u, request_of(asks_for_stream));
    BOOST_TEST(s.all_sent.at(0).starts_with("POST /v1/deployments/d%20e/chat/completions?api-version=1 HTTP/1.1\r\n"));
    BOOST_TEST((s.all_sent.at(0).find(R"({"model":"gpt","messages")") != std::string::npos));
    BOOST_TEST(r.named.model == "m-2026"); // what answered has its own idea
}

BOOST_AUTO_TEST_CASE(a_stream_is_passed_on_chunk_by_chunk)
{
    auto const r = relay_answer(good, asks_for_stream);
    BOOST_TEST(!r.error);
    BOOST_TEST(r.closed);
    BOOST_TEST(r.chunks.size() == 4U);
    BOOST_TEST(text_of(r) == "Hello");
    BOOST_TEST(r.named.id == "c1");
    BOOST_TEST(r.named.created == 7);
    BOOST_TEST(r.named.model == "m-2026");
}

BOOST_AUTO_TEST_CASE(how_the_bytes_are_split_makes_no_difference)
{
    auto const whole = relay_answer(good, asks_for_stream);
    auto const at_once = response(200, "application/json",
                                  R"({"id":"c1","created":7,"model":"x","choices":[{"index":0,"message":{"role":)"
                                  R"("assistant","content":"Hello"},"finish_reason":"stop"}]})");
    for (std::size_t n = 1; n <= good.size(); ++n) {
        simulation s{.answers = {{good}}, .read_size = n, .write_size = n};
        auto const r = relay_through(s, test::example_upstream(), request_of(asks_for_stream));
        BOOST_TEST(!r.error);
        BOOST_TEST((r.chunks == whole.chunks));
        BOOST_TEST(!s.open);
        simulation t{.answers = {{at_once}}, .read_size = n, .write_size = n};
        auto const u = relay_through(t, test::example_upstream(), request_of(asks_at_once));
        BOOST_TEST(!u.error);
        BOOST_TEST(text_of(u) == "Hello");
        BOOST_TEST(!t.open);
    }
}

BOOST_AUTO_TEST_CASE(no_more_is_read_before_what_there_is_has_been_said)
{
    // one read at a time, and after each all its chunks are in the queue
    auto const p = relay_to(test::example_upstream())(request_of(asks_for_stream), nullptr);
    simulation s{.answers = {{good}}, .read_size = 80, .write_size = 100'000};
    std::vector<chunk> got;
    std::size_t read = 0;
    io::outcome last;
    for (;;) {
        auto const a = p->resume(last);
        p->queue().take(got);
        if (a.what == io::action::kind::done)
            break;
        if (a.what == io::action::kind::read && read > 0) {
            std::string_view const body = std::string_view(good).substr(0, read);
            std::size_t events = 0; // complete ones that say something, and what waited for them
            for (std::size_t at = 0; (at = body.find("}\n\n", at)) != body.npos; ++at)
                ++events;
            BOOST_TEST(got.size() == (events < 2 ? 0 : events));
        }
        last = s.act(a);
        if (a.what == io::action::kind::read)
            read += last.n;
    }
    BOOST_TEST(got.size() == 4U);
}

BOOST_AUTO_TEST_CASE(an_answer_at_once_is_passed_on_with_all_its_members)
{
    std::string const body =
        R"({"id":"chatcmpl-9","object":"chat.completion","created":1700000000,"model":"gpt-9-2026",)"
        R"("choices":[{"index":0,"message":{"role":"assistant","content":"Hi","reasoning_content":"hm","refusal":null,)"
        R"("tool_calls":[{"id":"call_1","type":"function","function":{"name":"f","arguments":"{\"a\":1}"},)"
        R"("extra_content":{"sig":"x"}}],"note":[1.50]},"logprobs":{"content":[{"token":"Hi","logprob":-0.25,)"
        R"("bytes":[72,105],"top_logprobs":[]}],"refusal":null},"finish_reason":"tool_calls","filtered":{"a":false}}],)"
        R"("usage":{"prompt_tokens":3,"completion_tokens":4,"total_tokens":7,"cost":0.50},"service_tier":"flex",)"
        R"("system_fingerprint":"fp_1","citations":["u", 1.0]})";
    auto const r = relay_answer(response(200, "application/json", body), asks_at_once);
    BOOST_TEST(!r.error);
    auto const out = answered(r, {});
    BOOST_TEST(json::to_text(json::read<completion>(out).value()) ==
               json::to_text(json::read<completion>(body).value()));
    BOOST_TEST((out.find(R"("citations":["u", 1.0])") != out.npos), out);
    BOOST_TEST((out.find(R"("cost":0.50)") != out.npos), out);
    BOOST_TEST((out.find(R"("note":[1.50])") != out.npos), out);
}

BOOST_AUTO_TEST_CASE(a_stream_is_passed_on_with_all_its_members)
{
    auto const r = relay_answer(
        stream_of(
            {R"({"id":"","created":0,"model":"","object":"","choices":[],"prompt_filter_results":[{"i":0}]})", begin,
             event(R"("delta":{"reasoning_content":"hm","note":[1.50]},"logprobs":null,"finish_reason":null)",
                   R"(,"system_fingerprint":"fp_1","service_tier":"flex","provider": {"a": 1.0})"),
             event(R"("delta":{"content":"Hi"},"logprobs":{"content":[{"token":"Hi","logprob":-0.25,"bytes":null,)"
                   R"("top_logprobs":[]}],"refusal":null},"finish_reason":null,"filtered":1)"),
             event(R"("delta":{"tool_calls":[{"index":0,"id":"call_1","type":"function","function":{"name":"f",)"
                   R"("arguments":""},"extra_content":{"sig":"x"}}]},"finish_reason":null)"),
             event(R"("delta":{"tool_calls":[{"index":0,"function":{"arguments":"{}"}}]},"finish_reason":null)"),
             event(R"("delta":{},"finish_reason":"tool_calls")", R"(,"citations":["u"])"),
             R"({"id":"c1","created":7,"model":"m-2026","choices":[],"usage":{"prompt_tokens":3,"completion_tokens":4,)"
             R"("total_tokens":7,"cost":0.50}})",
             "[DONE]"}),
        asks_for_stream);
    BOOST_TEST(!r.error);
    BOOST_TEST(r.named.id == "c1"); // an empty one was not taken for it
    BOOST_TEST(r.named.model == "m-2026");
    envelope e;
    e.stream = true;
    e.include_usage = true;
    auto const out = answered(r, e);
    for (auto const* part : {R"("prompt_filter_results":[{"i":0}])", R"("reasoning_content":"hm")", R"("note":[1.50])",
                             R"("system_fingerprint":"fp_1")", R"("service_tier":"flex")", R"("provider":{"a": 1.0})",
                             R"("logprob":-0.25)", R"("filtered":1)", R"("id":"call_1")",
                             R"("extra_content":{"sig":"x"})", R"("arguments":"{}")", R"("finish_reason":"tool_calls")",
                             R"("citations":["u"])", R"("cost":0.50)", "data: [DONE]\n\n"})
        BOOST_TEST((out.find(part) != out.npos), part << " in " << out);
    e.include_usage = false; // nobody asked
    BOOST_TEST((answered(r, e).find("cost") == std::string::npos));
}

BOOST_AUTO_TEST_CASE(an_upstream_may_answer_in_the_other_way)
{
    auto const whole = response(200, "application/json",
                                R"({"id":"c1","choices":[{"index":0,"message":{"role":"assistant","content":"Hello"},)"
                                R"("finish_reason":"length"}]})");
    auto const streamed = relay_answer(whole, asks_for_stream);
    BOOST_TEST(!streamed.error);
    BOOST_TEST(text_of(streamed) == "Hello");
    BOOST_TEST(reasons_of(streamed) == "length;");
    auto const folded = relay_answer(good, asks_at_once);
    BOOST_TEST(!folded.error);
    BOOST_TEST(text_of(folded) == "Hello");
    BOOST_TEST(reasons_of(folded) == "stop;");
}

BOOST_AUTO_TEST_CASE(what_names_the_answer_is_the_upstreams_or_else_what_was_asked_for)
{
    auto const bare =
        stream_of({R"({"choices":[{"index":0,"delta":{"content":"a"},"finish_reason":"stop"}]})", "[DONE]"});
    BOOST_TEST(relay_answer(bare, asks_for_stream).named.model == "m");
    auto u = test::example_upstream();
    u.model = "gpt";
    BOOST_TEST(relay_answer(bare, asks_for_stream, u).named.model == "gpt");
    auto const nameless = relay_answer(bare, R"({"messages":[{"role":"user","content":"a"}],"stream":true})");
    BOOST_TEST(nameless.named.model == "");
    BOOST_TEST(nameless.named.id == "");
    BOOST_TEST(nameless.named.created == 0);
}

BOOST_AUTO_TEST_CASE(an_answer_that_was_said_to_be_complete_gets_its_reason)
{
    auto const r = relay_answer(stream_of({text("a"), "[DONE]"}), asks_for_stream);
    BOOST_TEST(!r.error);
    BOOST_TEST(reasons_of(r) == "stop;");
    auto const calls = relay_answer(
        stream_of({R"({"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"c","function":{"name":"f",)"
                   R"("arguments":"{}"}}]}},{"index":1,"delta":{"content":"x"}},)"
                   R"({"index":2,"delta":{"content":"y"},"finish_reason":"length"}]})",
                   "[DONE]"}),
        asks_for_stream);
    BOOST_TEST(!calls.error);
    BOOST_TEST(reasons_of(calls) == "length;tool_calls;stop;");
    auto const whole = relay_answer(
        response(200, "application/json", R"({"choices":[{"index":0,"message":{"role":"assistant","content":"a"}}]})"),
        asks_at_once);
    BOOST_TEST(!whole.error);
    BOOST_TEST(reasons_of(whole) == "stop;");
}

BOOST_AUTO_TEST_CASE(a_stream_that_breaks_off_is_a_failure_however_it_does)
{
    auto const head = std::string("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n");
    struct {
        char const* name;
        std::string answer;
        bool begun;
    } const cases[] = {
        {"without its end", stream_of({begin, text("a")}), true},
        {"in an event", response(200, "text/event-stream", "data: " + text("a") + "\n\ndata: {\"choi"), true},
        {"in the body", head + "Content-Length: 9999\r\n\r\ndata: " + text("a") + "\n\n", true},
        {"in a chunk", head + "Transfer-Encoding: chunked\r\n\r\nfff\r\ndata: " + text("a") + "\n\n", true},
        {"of chunks", head + "Transfer-Encoding: chunked\r\n\r\nzz\r\n", false},
        {"before it began", stream_of({}), false},
        {"after the role", stream_of({begin}), false},
        {"an error", stream_of({text("a"), R"({"error":{"message":"overloaded"}})"}), true},
        {"an error at once", stream_of({begin, R"({"error":{"message":"overloaded"}})"}), false},
        {"an error and a false end", stream_of({text("a"), R"({"error":{"message":"overloaded"}})", "[DONE]"}), true},
        {"no JSON", stream_of({text("a"), "{what"}), true},
        {"nothing but an end", stream_of({"[DONE]"}), false},
        {"in the head", "HTTP/1.1 200 OK\r\nContent-T", false},
        {"no answer", "", false},
        {"no HTTP", "SSH-2.0-OpenSSH_9.2\r\n", false},
    };
    for (auto const& c : cases) {
        auto const r = relay_answer(c.answer, asks_for_stream);
        BOOST_TEST_CONTEXT(c.name)
        {
            BOOST_TEST_REQUIRE(r.error.has_value());
            BOOST_TEST(r.error->status == 502);
            BOOST_TEST(r.error->message.starts_with("The "));
            BOOST_TEST((r.error->message.find("127.0.0.1") == std::string::npos), r.error->message);
            BOOST_TEST((r.error->message.find("http") == std::string::npos), r.error->message);
            BOOST_TEST(r.chunks.empty() == !c.begun);
            BOOST_TEST(reasons_of(r) == "");
            envelope e;
            e.stream = true;
            auto const out = answered(r, e);
            BOOST_TEST((out.find("[DONE]") == out.npos));
            BOOST_TEST(out.starts_with("data: ") == c.begun);
            BOOST_TEST((out.find("\"error\"") != out.npos));
        }
    }
}

BOOST_AUTO_TEST_CASE(a_refusal_is_told_with_its_status_and_words)
{
    std::string const busy =
        R"({"error":{"message":"Slow down","type":"rate_limit_error","param":"messages","code":"rate_limited"}})";
    struct {
        std::string answer;
        std::string message;
    } const cases[] = {
        {response(429, "application/json", busy, "Retry-After: 20\r\n"),
         "The provider answered with status 429: Slow down"},
        {response(401, "application/json", R"({"error":"Invalid"})"), "The provider answered with status 401: Invalid"},
        {response(503, "text/plain", ""), "The provider answered with status 503"},
        {response(200, "application/json", R"({"error":{"message":"No credits"}})"),
         "The provider refused: No credits"},
        {response(302, "text/html", "moved", "Location: http://evil.example/\r\n"),
         "The provider answered with a redirect, which is not followed"},
        {response(307, "text/html", "", "Location: /v2/chat/completions\r\n"),
         "The provider answered with a redirect, which is not followed"},
        {stream_of({R"({"error":{"message":"overloaded"}})"}), "The provider failed: overloaded"},
        {response(200, "text/html", "<html>a page</html>"), "The provider's answer cannot be used: "},
        {response(200, "application/json", "not JSON"), "The provider's answer cannot be used: "},
        {response(200, "application/json", "{}"), "The provider's answer cannot be used: "},
        {response(200, "application/json", R"({"choices":[]})"), "The provider's answer cannot be used: "},
        {response(200, "application/json", "{}", "Content-Encoding: br\r\n"), "The provider's answer cannot be used: "},
    };
    for (auto const asked : {asks_for_stream, asks_at_once}) {
        for (auto const& c : cases) {
            std::vector<failure> told;
            auto u = test::example_upstream();
            u.on_failure = [&](failure const& f) { told.push_back(f); };
            auto const r = relay_answer(c.answer, asked, u);
            BOOST_TEST_REQUIRE(r.error.has_value(), c.answer);
            BOOST_TEST(r.error->status == 502);
            BOOST_TEST(
                (c.message.ends_with(": ") ? r.error->message.starts_with(c.message) : r.error->message == c.message),
                r.error->message);
            BOOST_TEST(r.chunks.empty());
            BOOST_TEST(told.size() == 1U);
            BOOST_TEST((r.error->message.find("evil") == std::string::npos));
        }
        auto const r = relay_answer(cases[0].answer, asked);
        BOOST_TEST(r.error->retry_after.value().count() == 20'000);
        BOOST_TEST(r.error->type == "rate_limit_error");
        BOOST_TEST(r.error->param == "messages");
        BOOST_TEST(r.error->api_code == "rate_limited");
        auto const a = error_answer(*r.error, error_shape::text);
        BOOST_TEST(a.status == 502);
        BOOST_TEST(a.fields.find("Retry-After").value_or("") == "20");
        BOOST_TEST(a.body == R"({"error":"The provider answered with status 429: Slow down"})");
    }
}

BOOST_AUTO_TEST_CASE(limits_hold_for_what_is_passed_on)
{
    auto u = test::example_upstream();
    u.client.json.max_document = 50;
    auto const large =
        relay_answer(response(200, "application/json", '{' + std::string(100, ' ') + '}'), asks_at_once, u);
    BOOST_TEST_REQUIRE(large.error.has_value());
    BOOST_TEST(large.error->status == 502);
    BOOST_TEST(large.error->message.starts_with("The provider's answer is too large"));
    u.client.json = {};
    u.client.accumulator.max_choices = 2;
    auto const many = relay_answer(
        stream_of(
            {R"({"choices":[{"index":0,"delta":{"content":"a"}},{"index":1,"delta":{}},{"index":2,"delta":{}}]})"}),
        asks_for_stream, u);
    BOOST_TEST_REQUIRE(many.error.has_value());
    BOOST_TEST(many.error->api_code == "choice_limit");
}

BOOST_AUTO_TEST_CASE(a_secret_is_in_nothing_that_is_told)
{
    std::string const key = "sk-very-secret-0123456789";
    auto const error = R"({"error":{"message":"Bad key )" + key + R"( in Bearer )" + key + R"(","type":")" + key +
                       R"(","param":")" + key + R"(","code":")" + key + "\"}}";
    std::vector<std::string> const answers = {
        response(401, "application/json", error, "x-request-id: " + key + "\r\n"),
        response(401, "text/plain", "bad key " + key),
        response(401, "text/plain", std::string(json::max_error_text - 12, 'x') + key), // is cut in the middle of it
        stream_of({text("a"), error}),
        stream_of({text("a"), R"({"error":"bad )" + key + "\"}"}),
        response(302, "text/html", "", "Location: http://h/?key=" + key + "\r\n"),
        response(200, "text/html", "<html>" + key),
    };
    struct {
        char const* name;
        client_options client;
    } const ways[] = {
        {"bearer", {.base_url = "http://127.0.0.1:9", .api_key = key}},
        {"header", {.base_url = "http://127.0.0.1:9", .headers = {{"api-key", key}}}},
    };
    for (auto const& way : ways)
        for (auto const& answer : answers)
            for (auto const asked : {asks_for_stream, asks_at_once}) {
                std::string told;
                auto const note = [&told](failure const& f) {
                    told += f.what() + f.message + f.type + f.param + f.api_code + f.request_id;
                };
                upstream u{.client = way.client, .on_failure = note};
                auto const r = relay_answer(answer, asked, u);
                BOOST_TEST_REQUIRE(r.error.has_value(), answer);
                note(*r.error);
                told += error_json(*r.error, error_shape::object);
                BOOST_TEST((told.find("sk-very-s") == told.npos), way.name << ": " << told);
            }
}

BOOST_AUTO_TEST_CASE(whatever_fails_at_whatever_step_is_told_and_the_connection_closed)
{
    for (auto const asked : {asks_for_stream, asks_at_once})
        for (auto const* const base : {"http://127.0.0.1:9/v1", "https://localhost/v1"})
            for (auto const& mishap : test::mishaps())
                for (std::size_t step = 0;; ++step) {
                    simulation s{.answers = {{good}}, .fail_at = step, .injected = mishap.outcome};
                    std::vector<failure> told;
                    upstream u{.client = {.base_url = base, .api_key = "k"},
                               .on_failure = [&](failure const& f) { told.push_back(f); }};
                    auto const r = relay_through(s, u, request_of(asked));
                    if (!s.hit)
                        break;
                    BOOST_TEST_CONTEXT(mishap.name << " at step " << step << " of " << s.log)
                    {
                        if (mishap.reads_only && *s.hit != io::action::kind::read)
                            continue;
                        BOOST_TEST(r.closed);
                        BOOST_TEST(!s.open);
                        BOOST_TEST(s.log.back() == 'X');
                        if (!r.error) // it had its end already, or another try has helped
                            continue;
                        bool const gone = r.error->code == condition::cancelled;
                        BOOST_TEST(gone == (mishap.conditions[0] == condition::cancelled));
                        BOOST_TEST(told.size() == (gone ? 0U : 1U));
                        BOOST_TEST(r.error->status == (gone ? 0 : 502));
                        BOOST_TEST((r.error->message.find("127.0.0.1") == std::string::npos));
                        BOOST_TEST((r.error->message.find("localhost") == std::string::npos));
                    }
                }
}

BOOST_AUTO_TEST_CASE(a_caller_who_goes_at_whatever_step_ends_it_with_one_action)
{
    for (auto const how : {io::outcome::kind::caller_gone, io::outcome::kind::cancelled}) {
        for (std::size_t step = 0;; ++step) {
            simulation s{.answers = {{good}}, .fail_at = step, .injected = {.what = how}};
            auto const r = relay_through(s, {.client = {.base_url = "https://localhost/v1", .api_key = "k"}},
                                         request_of(asks_for_stream));
            if (!s.hit)
                break;
            BOOST_TEST(s.log.size() == step + 2, s.log); // what was cut, and closing
            BOOST_TEST(s.log.back() == 'X');
            BOOST_TEST(!s.open);
        }
    }
}

BOOST_AUTO_TEST_CASE(what_the_options_cannot_do_is_told_and_nothing_is_sent)
{
    struct {
        upstream u;
        errc code;
    } const cases[] = {
        {{.client = {.base_url = "nowhere"}}, errc::invalid_url},
        {{.client = {.base_url = "http://a.example", .api_key = "k"}}, errc::insecure_credentials},
        {{.client = {.base_url = "https://a.example", .api_key = "a\nb"}}, errc::invalid_header},
    };
    for (auto const& c : cases) {
        std::optional<failure> told;
        auto u = c.u;
        u.on_failure = [&](failure const& f) { told = f; };
        simulation s{.answers = {{good}}};
        auto const r = relay_through(s, u, request_of(asks_for_stream));
        BOOST_TEST_REQUIRE(r.error.has_value());
        BOOST_TEST(r.error->status == 502);
        BOOST_TEST(told.value().code == make_error_code(c.code));
        BOOST_TEST((r.error->message.find("a.example") == std::string::npos));
        BOOST_TEST(s.all_sent.empty());
    }
}

BOOST_AUTO_TEST_CASE(only_ordinary_hosts_are_connected_to_unless_others_are_allowed)
{
    for (bool allowed : {false, true}) {
        auto u = test::example_upstream();
        u.allow_link_local = allowed;
        auto const p = relay_to(u)(request_of(asks_for_stream), nullptr);
        auto const a = p->resume({});
        BOOST_TEST_REQUIRE((a.what == io::action::kind::connect));
        BOOST_TEST(a.to->ordinary_only == !allowed);
        auto last = io::outcome::failed(errc::forbidden_address);
        while (p->resume(std::exchange(last, io::outcome::bytes(0))).what != io::action::kind::done)
            ; // it closes
        auto const why = p->queue().error().value();
        BOOST_TEST(why.status == 502);
        BOOST_TEST(why.api_code == "forbidden_address");
    }
}

BOOST_AUTO_TEST_CASE(an_upstream_that_spoke_while_the_caller_was_slow_is_not_late)
{
    auto u = test::example_upstream();
    u.client.idle_timeout = std::chrono::hours(1);
    auto const p = relay_to(u)(request_of(asks_for_stream), nullptr);
    simulation s{.answers = {{good}}, .read_size = good.size() / 2, .write_size = 100'000};
    std::vector<chunk> got;
    bool late = true;
    io::outcome last;
    for (;;) {
        auto const a = p->resume(last);
        p->queue().take(got);
        if (a.what == io::action::kind::done)
            break;
        if (a.what == io::action::kind::read && std::exchange(late, !late)) {
            last = {.what = io::outcome::kind::timeout}; // the deadline had passed when it was looked at
            continue;
        }
        last = s.act(a);
    }
    BOOST_TEST(!p->queue().error());
    BOOST_TEST(got.size() == 4U);

    // one that has not is, soon
    auto const q = relay_to(u)(request_of(asks_for_stream), nullptr);
    simulation silent{.answers = {{""}}, .write_size = 100'000};
    int reads = 0;
    last = {};
    for (;;) {
        auto const a = q->resume(last);
        if (a.what == io::action::kind::done)
            break;
        if (a.what == io::action::kind::read) {
            if (++reads > 1)
                std::this_thread::sleep_until(a.deadline);
            last = {.what = io::outcome::kind::timeout};
        } else {
            last = silent.act(a);
        }
    }
    BOOST_TEST(reads == 2);
    auto const why = q->queue().error().value();
    BOOST_TEST(why.api_code == "idle_timeout");
    BOOST_TEST(why.message == "The provider did not answer in time");
}

BOOST_AUTO_TEST_CASE(an_upstream_cannot_be_late_for_ever)
{
    auto u = test::example_upstream();
    u.client.idle_timeout = std::chrono::hours(1);
    auto const p = relay_to(u)(request_of(asks_for_stream), nullptr);
    std::string comments;
    for (int i = 0; i < 3000; ++i)
        comments += ":\n\n";
    auto const head = good.substr(0, good.find("\r\n\r\n") + 4);
    simulation s{.answers = {{head + comments}}, .read_size = 3, .write_size = 100'000};
    bool late = false;
    io::outcome last;
    for (;;) {
        auto const a = p->resume(last);
        if (a.what == io::action::kind::done)
            break;
        if (a.what == io::action::kind::read && (late = !late)) {
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
            last = {.what = io::outcome::kind::timeout};
            continue;
        }
        last = s.act(a);
    }
    BOOST_TEST(p->queue().error().value().api_code == "idle_timeout");
}

BOOST_AUTO_TEST_CASE(a_long_beginning_does_not_wait_for_ever)
{
    std::vector<std::string> const fat(
        5, event(R"("delta":{"role":"assistant"},"x":")" + std::string(600'000, 'x') + R"(","finish_reason":null)"));
    auto const p = relay_to(test::example_upstream())(request_of(asks_for_stream), nullptr);
    simulation slow{.answers = {{stream_of(fat)}}, .read_size = 16384};
    std::vector<chunk> early;
    for (io::outcome last; early.empty();) {
        auto const a = p->resume(last);
        p->queue().take(early);
        BOOST_TEST_REQUIRE((a.what != io::action::kind::done));
        last = slow.act(a);
    }
    BOOST_TEST(early.size() == 3U);
    BOOST_TEST(!p->queue().closed()); // not just because it is over

    std::vector<std::string> events(40, begin);
    auto const r = relay_answer(stream_of(events), asks_for_stream);
    BOOST_TEST(r.chunks.size() == 40U);
    BOOST_TEST(r.error.has_value());
}

} // namespace relay_relay_test
BOOST_AUTO_TEST_SUITE_END()
