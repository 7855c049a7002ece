// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
// Every allocation of the codec and of both roles fails once: nothing leaks, nothing crashes, and nothing looks like a
// success that is none. What is promised stands in docs/embedding.md.
#include "heap.hpp"

#include "../support/answers.hpp"
#include "../support/sessions.hpp"
#include "../support/simulation.hpp"
#include "../support/tools.hpp"

#include <chatwire/chat/accumulator.hpp>
#include <chatwire/chat/validate.hpp>
#include <chatwire/client/begin_call.hpp>
#include <chatwire/client/begin_stream.hpp>
#include <chatwire/client/next_chunk.hpp>
#include <chatwire/http/url.hpp>
#include <chatwire/http/writer.hpp>
#include <chatwire/json/check.hpp>
#include <chatwire/json/chunk_reader.hpp>
#include <chatwire/json/chunk_writer.hpp>
#include <chatwire/json/completion_reader.hpp>
#include <chatwire/json/request.hpp>
#include <chatwire/json/schema.hpp>
#include <chatwire/json/value.hpp>
#include <chatwire/json/writer.hpp>
#include <chatwire/mcp/line_reader.hpp>
#include <chatwire/server/completion_service.hpp>
#include <chatwire/server/delta_queue.hpp>
#include <chatwire/sse/parser.hpp>
#include <chatwire/sse/writer.hpp>

#include <boost/test/unit_test.hpp>

#include <new>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

BOOST_AUTO_TEST_SUITE(bounds_allocation)

namespace bounds_allocation_test {

using namespace chatwire;
using namespace chatwire::test;

// Does something again and again, each time with another allocation that fails, until none does. It says what it has
// made, or nothing where it was told of a failure.
template <class F>
void every_allocation_fails(F run)
{
    std::string const good = run(); // what is made only once is made now
    BOOST_TEST_REQUIRE(good != "");
    for (std::size_t n = 0;; ++n) {
        bool wrong = false;
        heap_watch watch(n);
        try {
            auto const got = run();
            wrong = !got.empty() && got != good;
        } catch (std::bad_alloc const&) {
        }
        watch.stop();
        if (!watch.failed() && n > 0)
            break;
        BOOST_TEST(!wrong, "allocation " << n);
        BOOST_TEST(watch.blocks() == 0, "allocation " << n << " leaves " << watch.blocks() << " blocks");
        BOOST_TEST_REQUIRE(n < 100'000U);
    }
}

// Asks for what must be there without the help of the test framework, which allocates.
template <class R>
auto need(R r)
{
    if (!r)
        throw std::logic_error(r.error().what());
    return *std::move(r);
}

std::string const rich_chunk =
    R"({"id":"chatcmpl-0123456789abcdef","object":"chat.completion.chunk","created":1,"model":"a model with a name",)"
    R"("service_tier":"a tier nobody has heard of","system_fingerprint":"fp_0123456789abcdef",)"
    R"("choices":[{"index":0,"delta":{"role":"assistant","content":"a \u00e9 text\nlonger than a short string","x":[1],)"
    R"("tool_calls":[{"index":0,"id":"call_0123456789abcdef","type":"function","function":{"name":"a_function_with_name",)"
    R"("arguments":"{\"city\":\"somewhere far away\"}"}},{"index":1,"id":"call_fedcba9876543210","type":"custom",)"
    R"("custom":{"name":"another tool with a name","input":"some input that is long"}}]},)"
    R"("logprobs":{"content":[{"token":"t","logprob":-0.5,"bytes":[116],"top_logprobs":[{"token":"u","logprob":-1,"bytes":null}]}],)"
    R"("refusal":null},"finish_reason":null,"unknown member":{"a":[true,null,"x"]}}],)"
    R"("usage":{"prompt_tokens":1,"completion_tokens":2,"total_tokens":3},"another unknown member":"of some length"})";

std::string const rich_request =
    R"({"model":"a model with a name","messages":[{"role":"system","content":"be as brief as you can, please"},)"
    R"({"role":"user","content":[{"type":"text","text":"what is in this picture?"},)"
    R"({"type":"image_url","image_url":{"url":"data:image/png;base64,AAAAAAAAAAAA","detail":"low"}}]},)"
    R"({"role":"assistant","tool_calls":[{"id":"call_0123456789abcdef","type":"function",)"
    R"("function":{"name":"look","arguments":"{\"closely\":true}"}}]},)"
    R"({"role":"tool","tool_call_id":"call_0123456789abcdef","content":"a cat that looks back"}],)"
    R"("tools":[{"type":"function","function":{"name":"look","parameters":{"type":"object","properties":{}}}}],)"
    R"("tool_choice":{"type":"function","function":{"name":"look"}},"stop":["one end of it all","another end of it"],)"
    R"("response_format":{"type":"json_schema","json_schema":{"name":"n","schema":{"type":"object"}}},)"
    R"("metadata":{"a key of some length":"a value of some length"},"stream":true,"a vendor's own member":[1,2,{"b":null}]})";

BOOST_AUTO_TEST_CASE(event_streams)
{
    every_allocation_fails([] {
        std::string stream;
        (void)sse::write_event(stream, {.type = "a type of some length", .data = "two lines\nof text", .id = "an id"});
        sse::write_comment(stream, "a comment that is longer than a short string");
        sse::write_data(stream, "more data than a short string can hold");
        stream += "nothing known: to the standard, but long\nerror: an error in a field of its own\ndata: cut off";
        diagnostics log;
        sse::parser parser({}, &log);
        std::string out;
        sse::event_view e;
        auto const take = [&] {
            while (parser.next(e))
                out.append(e.type).append("=").append(e.data).append(";");
        };
        for (std::string_view rest = stream; !rest.empty(); rest.remove_prefix(std::min<std::size_t>(5, rest.size()))) {
            parser.feed(rest.substr(0, 5));
            take();
        }
        parser.commit_eof();
        take();
        return out + std::to_string(log.count());
    });
}

BOOST_AUTO_TEST_CASE(chunks)
{
    every_allocation_fails([] {
        diagnostics log;
        json::chunk_reader<> reader(&log);
        std::string out;
        auto const both = rich_chunk + rich_chunk;
        reader.start(both);
        while (need(reader.next()))
            json::write(out, reader.chunk());
        // one that is learnt, some that repeat it, some that widen what may differ
        for (auto const* const id : {"1", "chatcmpl-of-some-length-or-other"})
            for (auto const* const word :
                 {"one", "a word that is longer than any before it was", "two \\n and", "three"}) {
                auto const text = R"({"id":")" + std::string(id) +
                                  R"(","object":"chat.completion.chunk","created":1,"model":"m","p":")" + word +
                                  R"(","choices":[{"index":0,"delta":{"role":null,"content":")" + word +
                                  R"("},"finish_reason":null}]})";
                reader.start(text);
                while (need(reader.next()))
                    json::write(out, reader.chunk());
            }
        return out + std::to_string(log.count());
    });
}

BOOST_AUTO_TEST_CASE(requests)
{
    every_allocation_fails([] {
        auto const r = need(json::read<request>(rich_request));
        if (auto const bad = validate(r, {}); !bad)
            return std::string();
        return json::to_text(r);
    });
}

BOOST_AUTO_TEST_CASE(completions_and_errors)
{
    every_allocation_fails([] {
        diagnostics log;
        auto const c = need(json::read_completion<openai>(whole_answer, &log, json::read_options::for_answers()));
        auto const e =
            json::read_error(R"({"error":{"message":"a message of some length","type":"invalid_request_error",)"
                             R"("param":"messages[0].content","code":"a_code_of_some_length"}})");
        auto const detail = json::read_error(
            R"({"detail":[{"loc":["body","messages",0],"msg":"a message of some length","type":"value_error"}]})");
        return json::to_text(c) + e.message + e.param + detail.message + detail.param;
    });
    // what is wrong is told, or there was no memory to tell it
    every_allocation_fails([] {
        std::string out;
        for (std::string_view const text :
             {R"({"messages":[{"role":7}]})", R"({"model":"\ud800"})", R"([[[[)", "{\"a\":\"\xff\"}"}) {
            auto const r = json::read<request>(text);
            out += r ? "no failure" : r.error().message + ';';
        }
        return out;
    });
}

BOOST_AUTO_TEST_CASE(values_schemas_and_checks)
{
    every_allocation_fails([] {
        auto const raw = need(json::parse_raw(rich_request));
        auto const value = need(json::to_value(raw));
        std::string out(json::to_raw(value).text());
        for (auto const& fault : need(json::check<request>(R"({"messages":[{"content":7}],"model":1,"model":2})")))
            out += fault.path + ' ' + fault.what + '\n';
        return out + std::string(json::schema_of<request>().text());
    });
}

BOOST_AUTO_TEST_CASE(accumulators)
{
    std::vector<chunk> chunks;
    diagnostics log;
    json::chunk_reader<> reader(&log);
    for (int i = 0; i < 3; ++i) {
        reader.start(rich_chunk);
        BOOST_TEST_REQUIRE(reader.next().value());
        chunks.push_back(reader.chunk());
    }
    chunks.push_back(finishing());
    every_allocation_fails([&] {
        accumulator<> all;
        for (auto const& c : chunks)
            if (all.add(c))
                return std::string();
        return all.complete() ? json::to_text(all.take()) : std::string();
    });
}

BOOST_AUTO_TEST_CASE(http_messages)
{
    every_allocation_fails([] {
        std::string out;
        http::request_head asked{.method = "POST", .target = "/v1/chat/completions?and=something"};
        (void)asked.fields.insert("Host", "a-host-of-some-length.example:8080");
        (void)asked.fields.insert("Transfer-Encoding", "chunked");
        if (http::write_head(out, asked))
            return std::string();
        out += "5;an=extension\r\nhello\r\n0\r\nTrailer: after all of it was said\r\n\r\n";
        http::request_parser requests;
        std::string seen = need(http::parse_url("http://a.host.of.some.length.example:8080/with/a/path?query")).path;
        auto const feed = [&](auto& parser, std::string_view bytes) {
            for (; !bytes.empty(); bytes.remove_prefix(1)) {
                parser.feed(bytes.substr(0, 1));
                for (auto p = need(parser.next()); p.what != http::piece::kind::need_more; p = need(parser.next()))
                    seen += p.what == http::piece::kind::body ? std::string(p.body) : ";";
            }
        };
        feed(requests, out);
        http::response_parser responses;
        responses.expect("GET");
        feed(responses, "HTTP/1.1 100 Continue\r\n\r\n" + chunked(stream_body()));
        return seen + requests.head().target;
    });
}

// What a client makes of an answer that comes a few bytes at a time.
std::string as_client(client_call::answer expects, std::string_view bytes, bool& good)
{
    client_options const options{.base_url = "http://localhost/v1"};
    auto const log = std::make_shared<diagnostics>();
    client_connection<> connection(options);
    connection.start("GET / HTTP/1.1\r\n\r\n", {.method = "POST", .expects = expects}, log);
    std::string out;
    good = false;
    auto const take = [&] {
        for (;;) {
            auto e = connection.next_event();
            if (!e) {
                out += e.error().what();
                return false;
            }
            if (!*e)
                return true;
            if (auto const* c = std::get_if<chunk>(&**e))
                out += json::to_text(*c);
            else if (auto const* whole = std::get_if<completion>(&**e)) {
                out += json::to_text(*whole);
                good = expects == client_call::answer::completion;
            } else if (auto const* end = std::get_if<stream_end>(&**e)) {
                good = end->success();
                out += to_string(end->how);
                return false;
            }
        }
    };
    for (; !bytes.empty(); bytes.remove_prefix(std::min<std::size_t>(50, bytes.size()))) {
        auto const n = std::min<std::size_t>(50, bytes.size());
        std::copy_n(bytes.begin(), n, connection.prepare().begin());
        connection.commit(n);
        if (!take())
            return out;
    }
    connection.commit_eof();
    (void)take();
    return out;
}

BOOST_AUTO_TEST_CASE(the_clients_side_of_an_exchange)
{
    using answer = client_call::answer;
    struct {
        answer expects;
        std::string bytes;
        bool success;
    } const cases[] = {
        {answer::stream, chunked(event(rich_chunk) + stream_body()), true},
        {answer::stream, http_answer(whole_answer), true},
        {answer::stream, chunked(event(rich_chunk) + "data: {\"choices\":"), false},
        {answer::stream, chunked(event(rich_chunk) + event(R"({"error":{"message":"no more of this, please"}})")),
         false},
        {answer::completion, http_answer(whole_answer), true},
        {answer::completion, chunked(stream_body()), true},
        {answer::completion, http_answer(R"({"error":{"message":"a message of some length"}})", 429), false},
        {answer::completion, http_answer("<html>a page of some length, no answer</html>", 200, "text/html"), false},
    };
    for (auto const& c : cases) {
        every_allocation_fails([&] {
            bool good = false;
            auto out = as_client(c.expects, c.bytes, good);
            return good == c.success || !good ? out : "a success that is none";
        });
    }
}

BOOST_AUTO_TEST_CASE(the_clients_operations)
{
    client_options const options{.base_url = "http://localhost/v1", .api_key = "a key of some length"};
    every_allocation_fails([&] {
        client_core<> core(options);
        simulation s{.answers = {{http_answer(whole_answer), http_answer(whole_answer)}}};
        client_call const call{.method = "POST",
                               .path = "/chat/completions",
                               .body = rich_request,
                               .expects = client_call::answer::completion};
        for (int i = 0; i < 2; ++i) // the second on the connection of the first
            (void)need(s.run(begin_call<>(core, call, std::make_shared<diagnostics>())));
        return s.log;
    });
}

// A request in the hands of a server whose caller takes what it is given; empty where the answer is a 500 or broken
// off.
std::string as_server(router const& routes, std::string_view bytes)
{
    server_connection connection(routes, {});
    std::string sent;
    std::unique_ptr<plan> running;
    io::outcome last;
    auto const send = [&] {
        sent += connection.output();
        connection.consume(connection.output().size());
    };
    std::copy_n(bytes.begin(), bytes.size(), connection.prepare().begin());
    connection.commit(bytes.size());
    while (!connection.done()) {
        if (!running) {
            auto event = need(connection.next_event());
            send();
            if (!event)
                break;
            running = std::move(*event);
            last = {};
        }
        auto next = connection.step(*running, last);
        send();
        if (next.what == io::action::kind::offload)
            next.work();
        last = io::outcome::bytes(0);
        if (next.what == io::action::kind::done)
            running.reset();
    }
    bool const whole = sent.find("[DONE]") != sent.npos || sent.find("\"chat.completion\"") != sent.npos ||
                       sent.starts_with("HTTP/1.1 4") || sent.find("jsonrpc") != sent.npos;
    return whole ? canonical(sent) : std::string();
}

BOOST_AUTO_TEST_CASE(the_servers_side_of_an_exchange)
{
    completion_service service;
    service.add_model({.id = "m"}, knows({saying("a text that is longer than a short string"), saying(" and more"),
                                          finishing(), costing(1, 2)}));
    router routes;
    service.mount(routes);
    for (std::string_view const stream : {"true", "false"})
        for (std::string_view const content :
             {R"("hello, whoever you may be")", R"([{"type":"text","text":"hi"}])", "7"})
            every_allocation_fails([&] {
                return as_server(routes,
                                 post("/v1/chat/completions", R"({"model":"m","messages":[{"role":"user","content":)" +
                                                                  std::string(content) + R"(}],"stream":)" +
                                                                  std::string(stream) + '}'));
            });
    every_allocation_fails(
        [&] { return as_server(routes, "POST /nowhere/of/any/length HTTP/1.1\r\nHost: h\r\n\r\n"); });
    every_allocation_fails([&] { return as_server(routes, "this is no request, but long enough\r\n\r\n"); });
}

BOOST_AUTO_TEST_CASE(tools)
{
    mcp::tool_server server{{.about = {.name = "a server of some length", .version = "1"}}};
    add_tools(server);
    every_allocation_fails([&] {
        mcp::line_reader lines(1000);
        std::string_view const said =
            R"({"jsonrpc":"2.0","id":1,"method":"tools/list"})"
            "\n"
            R"({"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"echo","arguments":{"a":[1,2,3]}}})"
            "\n";
        std::copy_n(said.begin(), said.size(), lines.prepare().begin());
        lines.commit(said.size());
        std::string out;
        while (auto const line = need(lines.next())) {
            auto const text = mcp::read_rpc_text(*line, 1);
            mcp::rpc_answer a;
            a.add(
                server.begin(std::get<mcp::rpc_message>(text.items.front()), {.version = mcp::version::of_2025_11_25}));
            (void)a.resume({});
            out += a.text();
        }
        bool const told = out.find("\"error\"") != out.npos || out.find("\"isError\":true") != out.npos;
        return told ? std::string() : out;
    });
}

BOOST_AUTO_TEST_CASE(a_session_keeps_whole_turns_only_and_the_next_request_is_served)
{
    std::string const asks =
        post(sessions_world::base() + "/chat/completions",
             R"({"messages":[{"role":"user","content":"a question of some length"}],"session_id":"s","stream":true})",
             "Authorization: Bearer k\r\n");
    std::string const turn = "user:a question of some length|assistant:Hi there";
    sessions_world warm;
    BOOST_TEST(as_server(warm.routes, asks) != "");
    std::size_t failed = 0;
    for (std::size_t n = 0;; ++n) {
        sessions_world w;
        bool told = false;
        heap_watch watch(n);
        try {
            told = as_server(w.routes, asks).empty();
        } catch (std::bad_alloc const&) {
            told = true;
        }
        watch.stop();
        if (!watch.failed())
            break;
        ++failed;
        auto const kept = w.kept("s");
        BOOST_TEST((kept == turn || kept.empty() || kept == "none"), "allocation " << n << " leaves " << kept);
        BOOST_TEST((told || kept == turn), "allocation " << n << " is a turn that was lost");
        w.asked.clear();
        BOOST_TEST(w.say("next", "s").status == 200, "allocation " << n);
        BOOST_TEST(w.last_asked() == (kept == turn ? turn + "|user:next" : "user:next"));
    }
    BOOST_TEST(failed > 50U);
}

// The chunks of an answer of 2,000 words, some of which have escapes and some of which are long.
std::vector<chunk> steady_chunks()
{
    std::vector<chunk> all;
    for (std::size_t i = 0; i < 2000; ++i) {
        chunk c{.id = "chatcmpl-0123456789abcdefghij", .created = 1, .model = "a model with a name"};
        c.choices.resize(1);
        c.choices[0].delta.content = i % 10 == 9 ? "a \"quoted\"\nword \xC3\xA9" : std::string(1 + i * 7 % 200, 'x');
        c.obfuscation = std::string(i % 16, 'p');
        all.push_back(std::move(c));
    }
    return all;
}

BOOST_AUTO_TEST_CASE(a_steady_stream_is_written_without_an_allocation)
{
    auto const chunks = steady_chunks();
    json::chunk_writer<> writer(&sse::write_data);
    std::string out;
    for (int round = 0; round < 2; ++round) {
        out.clear();
        heap_watch watch;
        for (auto const& c : chunks)
            writer.write(out, c);
        watch.stop();
        if (round == 1) // now there is room for everything
            BOOST_TEST(watch.requests() == 0U);
    }
}

BOOST_AUTO_TEST_CASE(a_steady_stream_is_served_without_an_allocation)
{
    router const routes;
    server_exchange exchange(routes);
    envelope const e{.model = "a model with a name", .stream = true, .include_usage = true};
    auto chunks = steady_chunks();
    std::size_t asked = 0, written = 0;
    for (std::size_t i = 0; i < chunks.size(); ++i) {
        heap_watch watch;
        exchange.put(e, std::move(chunks[i]));
        watch.stop();
        written += exchange.output().size();
        exchange.clear_output();
        if (i >= 300) // the longest text there is, and one with escapes, have been
            asked += watch.requests();
    }
    BOOST_TEST(asked == 0U);
    BOOST_TEST(written > 2000 * 200U);
}

BOOST_AUTO_TEST_CASE(a_queue_counts_what_is_in_it)
{
    for (std::size_t n = 0; n < 3; ++n) {
        delta_queue q(100, 10);
        chunk c, more;
        c.choices.resize(1);
        c.choices[0].delta.content = "0123456789";
        heap_watch watch(n);
        try {
            (void)q.try_put(c);
        } catch (std::bad_alloc const&) {
        }
        watch.stop();
        std::vector<chunk> out;
        q.take(out);
        BOOST_TEST(q.try_put(more).value(), n);
    }
}

} // namespace bounds_allocation_test

BOOST_AUTO_TEST_SUITE_END()
