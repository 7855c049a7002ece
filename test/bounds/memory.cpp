// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
// A peer that never stops: each thing it can grow ends at a limit that has a name, and what it costs meanwhile is
// measured. `test_bounds --run_test=bounds_memory -- figures` prints a line for each.
#include "figures.hpp"
#include "heap.hpp"

#include "../support/answers.hpp"
#include "../support/served.hpp"

#include <chatwire/client/connection.hpp>
#include <chatwire/client/stream_state.hpp>
#include <chatwire/mcp/line_reader.hpp>
#include <chatwire/relay/relay.hpp>
#include <chatwire/server/completion_service.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cstdio>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

BOOST_AUTO_TEST_SUITE(bounds_memory)

namespace bounds_memory_test {

using namespace chatwire;
using namespace chatwire::test;
using answer = client_call::answer;

constexpr std::size_t KiB = 1024, MiB = 1024 * KiB;
// What comes at once: as much as the roles read.
constexpr std::size_t piece = 16 * KiB;
// A connection and its parsers, with nothing in them but one piece; strings and vectors double when they grow, and then
// there are two of them for a moment.
constexpr std::size_t ground = 256 * KiB, growth = 3;

// What a peer says: once the one, then the other again and again, told how often it was said.
struct endless {
    std::string begin;
    std::function<void(std::string&, std::size_t)> more;

    endless(std::string first, std::string again)
        : begin(std::move(first)), more([again = std::move(again)](std::string& out, std::size_t) { out += again; })
    {
    }
    endless(std::string first, std::function<void(std::string&, std::size_t)> again)
        : begin(std::move(first)), more(std::move(again))
    {
    }

    /// @param take bytes -> whether there is interest in more
    template <class F>
    std::size_t feed(std::size_t most, F take) const
    {
        std::string bytes;
        bytes.reserve(begin.size() + 2 * piece);
        bytes = begin;
        std::size_t fed = 0;
        for (std::size_t i = 0; fed < most;) {
            while (bytes.size() < piece)
                more(bytes, i++);
            fed += bytes.size();
            for (std::string_view rest = bytes; !rest.empty(); rest.remove_prefix(std::min(rest.size(), piece)))
                if (!take(rest.substr(0, piece)))
                    return fed;
            bytes.clear();
        }
        return fed;
    }
};

std::string repeated(std::string_view what, std::size_t times)
{
    std::string out;
    out.reserve(what.size() * times);
    for (std::size_t i = 0; i < times; ++i)
        out += what;
    return out;
}

// Puts a number, with a mark of its own, in the place of every X from there on.
void put_numbers(std::string& out, std::size_t from, std::size_t number)
{
    auto const digits = std::to_string(number);
    for (auto at = from; (at = out.find('X', at)) != out.npos; at += digits.size())
        out.replace(at, 1, digits);
}

void report(char const* role, std::string_view name, std::string_view error, std::size_t fed, std::size_t peak,
            std::size_t bound)
{
    BOOST_TEST(peak <= bound, role << ", " << name << ": " << peak << " bytes of at most " << bound);
    if (wants_figures())
        std::printf("%-7s %-44.*s %-18.*s %11zu bytes came, %9zu held, bound %9zu\n", role,
                    static_cast<int>(name.size()), name.data(), static_cast<int>(error.size()), error.data(), fed, peak,
                    bound);
}

// ---- the client's side

// How an answer ends for a client that folds all of it.
struct folding_client {
    client_options const& options;
    answer expects;
    std::optional<errc> ended{};
    client_connection<> connection{options};
    stream_state<> state{std::make_shared<diagnostics>(), options.accumulator};

    folding_client(client_options const& o, answer e) : options(o), expects(e)
    {
        connection.start({}, {.method = "POST", .expects = expects}, state.log);
    }

    bool take(std::string_view bytes)
    {
        std::copy_n(bytes.begin(), bytes.size(), connection.prepare().begin());
        connection.commit(bytes.size());
        while (!ended) {
            auto e = connection.next_event();
            if (!e)
                ended = static_cast<errc>(e.error().code.value());
            else if (!*e)
                return true;
            else if (auto const* c = std::get_if<chunk>(&**e)) {
                if (auto const ec = state.add(*c, connection.offset()))
                    ended = static_cast<errc>(ec.value());
            } else if (auto const* end = std::get_if<stream_end>(&**e))
                ended = end->error ? static_cast<errc>(end->error->code.value()) : errc{};
            else if (!std::get_if<stream_begin>(&**e))
                ended = errc{};
        }
        return false;
    }
};

client_options small()
{
    client_options o{.base_url = "http://h/v1"};
    o.http.max_body = 1 * MiB;
    o.sse = {.max_line = 64 * KiB, .max_event = 128 * KiB};
    o.accumulator = {.max_choices = 16, .max_tool_calls = 64, .max_arguments = 24 * KiB, .max_content = 48 * KiB};
    o.json = {.max_document = 512 * KiB, .max_depth = 64, .max_memory = 512 * KiB};
    return o;
}

std::string const stream_head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n";
std::string const json_head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n";

// Chunks of one choice each. X in it is the number of the chunk.
endless choices(std::string_view choice)
{
    return {stream_head,
            [text = "data: {\"choices\":[" + std::string(choice) + "]}\n\n"](std::string& out, std::size_t i) {
                auto const at = out.size();
                out += text;
                put_numbers(out, at, i);
            }};
}
endless deltas(std::string_view delta) { return choices("{\"index\":0,\"delta\":{" + std::string(delta) + "}}"); }

void check_client(char const* name, answer expects, endless const& service, errc expected, std::size_t bound,
                  client_options const& o = small(), std::size_t most = 64 * MiB)
{
    std::size_t fed = 0, peak = 0;
    std::optional<errc> ended;
    {
        heap_watch watch;
        {
            folding_client client(o, expects);
            fed = service.feed(most, [&](std::string_view bytes) { return client.take(bytes); });
            ended = client.ended;
        }
        watch.stop();
        peak = watch.peak();
        BOOST_TEST(watch.blocks() == 0, name);
    }
    BOOST_TEST_REQUIRE(ended.has_value(), name);
    BOOST_TEST(to_string(*ended) == to_string(expected), name);
    report("client", name, to_string(*ended), fed, peak, bound);
}

BOOST_AUTO_TEST_CASE(of_a_client_whose_service_never_stops_with_its_head)
{
    auto const o = small();
    auto const head = ground + growth * (o.http.max_head + piece);
    check_client("a status line", answer::stream, {"HTTP/1.1 200 ", "O"}, errc::head_limit, head);
    check_client("a header field", answer::stream, {"HTTP/1.1 200 OK\r\nA: ", "b"}, errc::head_limit, head);
    check_client("long header fields", answer::stream, {"HTTP/1.1 200 OK\r\n", "A: " + std::string(4000, 'b') + "\r\n"},
                 errc::head_limit, head);
    check_client("short header fields", answer::stream, {"HTTP/1.1 200 OK\r\n", "A:\r\n"}, errc::field_limit, head);
    check_client("1xx answers", answer::stream, {"", "HTTP/1.1 103 Early\r\nLink: </x>\r\n\r\n"},
                 errc::protocol_violation, head);
    check_client("a chunk's extension", answer::stream,
                 {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;", "e"}, errc::bad_chunk, head);
    check_client("trailer fields", answer::completion,
                 {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n0\r\n", "A:\r\n"}, errc::field_limit,
                 head);
    check_client("a trailer field", answer::completion,
                 {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n0\r\nA: ", "b"}, errc::head_limit,
                 head);
}

BOOST_AUTO_TEST_CASE(of_a_client_whose_service_never_stops_with_what_is_no_answer)
{
    auto const o = small();
    auto const few = ground + growth * (answer_reader::max_error_body + piece);
    auto const refused = [](std::string type) {
        return "HTTP/1.1 500 X\r\nContent-Type: " + type + "\r\nContent-Length: 209715200\r\n\r\n";
    };
    auto unlimited = o;
    unlimited.http.max_body = http::no_limit;
    for (auto const expects : {answer::stream, answer::completion, answer::document}) {
        check_client("an error body of 200 MB", expects, {refused("application/json"), "{\"error\":{\"message\":\"no"},
                     errc::refused, few, unlimited, 201 * MiB);
        check_client("a page of 200 MB in place of an error", expects, {refused("text/html"), "<p>no</p>\n"},
                     errc::refused, few, unlimited, 201 * MiB);
        check_client("a page with status 200", expects,
                     {"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", "<p>busy</p>\n"}, errc::bad_content_type,
                     few, unlimited, 201 * MiB);
        check_client("a compressed answer", expects, {"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n", "\x1f\x8b"},
                     errc::bad_content_encoding, few, unlimited, 201 * MiB);
    }
    auto const document = ground + growth * (o.json.max_document + piece);
    for (auto const expects : {answer::stream, answer::completion, answer::document}) {
        check_client("white space before an answer", expects, {json_head, " \n"}, errc::body_limit, document);
        check_client("a string of an answer", expects, {json_head + "{\"id\":\"", "x"}, errc::body_limit, document);
        check_client("members of an answer", expects, {json_head + "{\"a\":0", ",\"a\":0"}, errc::body_limit, document);
    }
}

BOOST_AUTO_TEST_CASE(of_a_client_whose_service_never_stops_streaming)
{
    auto const o = small();
    auto const line = ground + 2 * growth * (o.sse.max_line + piece);
    auto const event = line + growth * o.sse.max_event;
    auto const json = event + o.json.max_memory;
    check_client("a line", answer::stream, {stream_head + "data: ", "x"}, errc::line_limit, line);
    check_client("a line without a colon", answer::stream, {stream_head, "data"}, errc::line_limit, line);
    check_client("an event of short lines", answer::stream, {stream_head, "data: x\n"}, errc::event_limit, event);
    check_client("an event of empty lines", answer::stream, {stream_head, "data\r"}, errc::event_limit, event);
    // these have no end of their own but that of the body, and cost nothing
    check_client("comments", answer::stream, {stream_head, ":\n"}, errc::body_limit, ground);
    check_client("blank lines", answer::stream, {stream_head + ":\n", "\r"}, errc::body_limit, ground);
    check_client("unknown fields", answer::stream, {stream_head, "unknown: field\n"}, errc::body_limit, ground);
    check_client("ids", answer::stream, {stream_head, "id: " + std::string(1000, 'i') + "\n\n"}, errc::body_limit,
                 ground);
    check_client("events that say nothing, each with a diagnostic", answer::stream, {stream_head, "data: null\n\n"},
                 errc::body_limit, ground);
    check_client("events of an unknown type", answer::stream, {stream_head, "event: x\ndata: y\n\n"}, errc::body_limit,
                 ground);
    check_client("chunks without choices", answer::stream, {stream_head, "data: {\"choices\":[]}\n\n"},
                 errc::diagnostic_limit, // each misses four members
                 ground);
    check_client("JSON in JSON", answer::stream,
                 {stream_head + "data: {\"x\":" + std::string(50 * KiB, '[') + "\n\n", ":"}, errc::depth_limit, json);
    check_client("empty choices in one chunk", answer::stream,
                 {stream_head + "data: {\"choices\":[{}" + repeated(",{}", 20'000) + "]}\n\n", ":"}, errc::body_limit,
                 json);
    check_client("members of one chunk", answer::stream,
                 {stream_head + "data: {\"a\":0" + repeated(",\"a\":0", 10'000) + "}\n\n", ":"}, errc::body_limit,
                 json);
}

BOOST_AUTO_TEST_CASE(of_a_client_that_folds_what_never_stops)
{
    auto const o = small();
    auto const ground_and_chunk = ground + 2 * growth * 64 * KiB;
    auto const content = ground_and_chunk + growth * o.accumulator.max_content;
    auto const arguments = ground_and_chunk + growth * o.accumulator.max_arguments;
    auto const slots = ground_and_chunk + growth * o.accumulator.max_tool_calls * KiB;
    struct {
        char const* name;
        endless service;
        errc ends;
        std::size_t bound;
    } const cases[] = {
        {"choices", choices("{\"index\":X,\"delta\":{}}"), errc::choice_limit,
         ground_and_chunk + growth * o.accumulator.max_choices * 4 * KiB},
        {"choices of hostile indices", choices("{\"index\":-9223372036854X,\"delta\":{}}"), errc::choice_limit,
         ground_and_chunk + growth * o.accumulator.max_choices * 4 * KiB},
        {"tool calls", deltas("\"tool_calls\":[{\"index\":X}]"), errc::tool_call_limit, slots},
        {"tool calls of hostile indices", deltas("\"tool_calls\":[{\"index\":9223372036854X}]"), errc::tool_call_limit,
         slots},
        {"tool calls without an index", deltas("\"tool_calls\":[{\"id\":\"X\"}]"), errc::tool_call_limit, slots},
        {"tool calls with one index", deltas("\"tool_calls\":[{\"index\":0,\"id\":\"X\"}]"), errc::tool_call_limit,
         slots},
        {"arguments", deltas("\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"{X\"}}]"),
         errc::tool_call_limit, arguments},
        {"arguments of a function_call", deltas("\"function_call\":{\"arguments\":\"{X\"}"), errc::tool_call_limit,
         arguments},
        {"input of a custom tool", deltas("\"tool_calls\":[{\"index\":0,\"custom\":{\"input\":\"X\"}}]"),
         errc::tool_call_limit, arguments},
        {"members of a tool call", deltas("\"tool_calls\":[{\"index\":0,\"xX\":\"y\"}]"), errc::content_limit, content},
        {"members of a function", deltas("\"tool_calls\":[{\"index\":0,\"function\":{\"xX\":0}}]"), errc::content_limit,
         content},
        {"members of a function_call", deltas("\"function_call\":{\"xX\":0}"), errc::content_limit, content},
        {"content", deltas("\"content\":\"text X\""), errc::content_limit, content},
        {"parts of content", deltas("\"content\":[{\"type\":\"x\",\"n\":X}]"), errc::content_limit, content},
        {"parts with members of their own", deltas("\"content\":[{\"type\":\"text\",\"text\":\"\",\"nX\":[0]}]"),
         errc::content_limit, content},
        {"thoughts", deltas("\"reasoning_content\":\"text X\""), errc::content_limit, content},
        {"thoughts by another name", deltas("\"reasoning\":\"text X\""), errc::content_limit, content},
        {"refusals", deltas("\"refusal\":\"text X\""), errc::content_limit, content},
        {"sound", deltas("\"audio\":{\"data\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"}"), errc::content_limit, content},
        {"transcripts", deltas("\"audio\":{\"transcript\":\"text X\"}"), errc::content_limit, content},
        {"annotations", deltas("\"annotations\":[{\"type\":\"X\",\"x\":{\"a\":0}}]"), errc::content_limit, content},
        {"members of a delta", deltas("\"xX\":0"), errc::content_limit, content},
        {"an array of a delta", deltas("\"x\":[X]"), errc::content_limit, content},
        {"members of a choice", choices("{\"index\":0,\"delta\":{},\"xX\":0}"), errc::content_limit, content},
        {"probabilities",
         choices(
             "{\"index\":0,\"delta\":{},\"logprobs\":{\"content\":[{\"token\":\"X\",\"logprob\":0,\"bytes\":[1,2,3],"
             "\"top_logprobs\":[{\"token\":\"X\",\"logprob\":0,\"xX\":0}]}]}}"),
         errc::content_limit, content},
        {"members of a chunk",
         {stream_head, [](std::string& out,
                          std::size_t i) { out += "data: {\"choices\":[],\"x" + std::to_string(i) + "\":0}\n\n"; }},
         errc::content_limit,
         content},
    };
    for (auto const& c : cases)
        check_client(c.name, answer::stream, c.service, c.ends, c.bound);
}

// ---- the server's side

struct status_of {
    std::string text;
    std::size_t fed = 0, peak = 0;
};

// What a server answers to a caller who does not stop, and what it holds meanwhile.
status_of ask(router const& routes, server_limits const& limits, endless const& caller, std::size_t most)
{
    status_of out;
    char said[16] = {};
    heap_watch watch;
    {
        server_connection connection(routes, limits);
        std::unique_ptr<plan> running;
        auto const pump = [&] {
            for (;;) {
                auto const o = connection.output();
                if (said[0] == 0)
                    o.copy(said, 12);
                connection.consume(o.size());
                if (connection.done())
                    return false;
                if (running) {
                    if (connection.step(*running, {}).what == io::action::kind::done)
                        running.reset();
                    continue;
                }
                auto e = connection.next_event();
                if (e && *e)
                    running = std::move(**e);
                else if (connection.output().empty())
                    return !connection.done();
            }
        };
        out.fed = caller.feed(most, [&](std::string_view bytes) {
            std::copy_n(bytes.begin(), bytes.size(), connection.prepare().begin());
            connection.commit(bytes.size());
            return pump();
        });
    }
    watch.stop();
    out.peak = watch.peak();
    BOOST_TEST(watch.blocks() == 0);
    out.text = said;
    return out;
}

BOOST_AUTO_TEST_CASE(of_a_server_whose_caller_never_stops)
{
    completion_service service;
    service.max_body = 256 * KiB;
    service.reading.limits = {.max_document = 512 * KiB, .max_depth = 64, .max_memory = 512 * KiB};
    service.add_model({.id = "m"}, knows({saying("Hi"), finishing()}));
    router routes;
    service.mount(routes);
    server_limits const limits;
    auto const head = ground + growth * (limits.http.max_head + piece);
    auto const body = ground + growth * (service.max_body + piece);
    auto const json = body + service.reading.limits.max_memory;
    std::string const asks = "POST /v1/chat/completions HTTP/1.1\r\nHost: h\r\n";
    std::string const chunked = asks + "Transfer-Encoding: chunked\r\n\r\n";
    auto const whole = [&](std::string const& text) { return endless(post("/v1/chat/completions", text), "x"); };
    struct {
        char const* name;
        endless caller;
        std::string_view status;
        std::size_t bound;
        std::size_t most = 4 * MiB; // bytes until it is enough
    } const cases[] = {
        {"a method", {"", "A"}, "501", head},
        {"a target", {"GET /", "a"}, "414", head},
        {"a header field", {asks + "A: ", "b"}, "431", head},
        {"short header fields", {asks, "A:\r\n"}, "431", head},
        {"long header fields", {asks, "A: " + std::string(4000, 'b') + "\r\n"}, "431", head},
        {"a body", {asks + "Content-Length: 999999999999\r\n\r\n", "x"}, "413", head},
        {"a body in chunks", {chunked, "4000\r\n" + std::string(0x4000, ' ') + "\r\n"}, "413", body},
        {"a body in the smallest chunks", {chunked, "1\r\n \r\n"}, "413", body},
        {"a chunk's extension", {chunked + "1;", "e"}, "400", head},
        {"a chunk's size", {chunked, "0"}, "400", head},
        {"a trailer field", {chunked + "1\r\n{\r\n0\r\nA: ", "b"}, "431", head},
        {"trailer fields", {chunked + "1\r\n{\r\n0\r\n", "A:\r\n"}, "431", head},
        {"JSON in JSON", whole("{\"messages\":" + std::string(100 * KiB, '[')), "400", json},
        {"messages", whole("{\"messages\":[{}" + repeated(",{}", 20'000) + "]}"), "400", json},
        {"members", whole("{\"a\":0" + repeated(",\"a\":0", 30'000) + "}"), "413", json},
        {"requests without an answer's being read", {"", get("/v1/models")}, "200", ground, 256 * KiB},
    };
    for (auto const& c : cases) {
        auto const seen = ask(routes, limits, c.caller, c.most);
        BOOST_TEST(seen.text == "HTTP/1.1 " + std::string(c.status), c.name);
        report("server", c.name, c.status, seen.fed, seen.peak, c.bound);
    }
}

// ---- between the two

// What a gateway holds of a service that does not stop, for a caller who takes all that there is at once.
void check_gateway(char const* name, std::string_view asked, endless const& service, std::size_t bound)
{
    completion_service completions;
    completions.add_model({.id = "m"}, relay_to({.client = small()}));
    router routes;
    completions.mount(routes);
    std::size_t fed = 0;
    std::string said;
    heap_watch watch;
    {
        server_connection connection(routes, {});
        auto const request = post("/v1/chat/completions", asked);
        std::copy_n(request.begin(), request.size(), connection.prepare().begin());
        connection.commit(request.size());
        auto const plan = connection.next_event().value().value();
        auto next = connection.step(*plan, {});
        fed = service.feed(32 * MiB, [&](std::string_view bytes) {
            while (!connection.answered() && !bytes.empty()) {
                auto done = io::outcome::bytes(next.out.size());
                if (next.what == io::action::kind::read) {
                    done.n = std::min(bytes.size(), next.in.size());
                    std::copy_n(bytes.begin(), done.n, next.in.begin());
                    bytes.remove_prefix(done.n);
                }
                next = connection.step(*plan, done);
                said = connection.output().substr(0, 400);
                connection.consume(connection.output().size());
            }
            return !connection.answered();
        });
        said.shrink_to_fit();
        BOOST_TEST(connection.answered(), name);
    }
    watch.stop();
    BOOST_TEST((said.find("\"error\"") != std::string::npos), name << ": " << said);
    report("gateway", name, "", fed, watch.peak(), bound);
}

BOOST_AUTO_TEST_CASE(of_a_gateway_whose_service_never_stops)
{
    auto const beside = [](std::size_t size) {
        return endless(stream_head, [text = "data: {\"choices\":[],\"xX\":\"" + std::string(size, 'y') +
                                            "\"}\n\n"](std::string& out, std::size_t i) {
            auto const at = out.size();
            out += text;
            put_numbers(out, at, i);
        });
    };
    auto const members = server_exchange::limits.max_members;
    auto const event = ground + 2 * growth * 64 * KiB;
    for (std::string_view const stream : {"true", "false"}) {
        auto const asked =
            R"({"model":"m","messages":[{"role":"user","content":"Hi"}],"stream":)" + std::string(stream) + "}";
        check_gateway("members beside the choices", asked, beside(1), event + 2 * members * KiB);
        check_gateway("long members beside the choices", asked, beside(40 * KiB), event + 2 * members * 40 * KiB);
        check_gateway("choices", asked, choices("{\"index\":X,\"delta\":{}}"),
                      event + growth * server_exchange::limits.max_choices * 4 * KiB);
    }
}

BOOST_AUTO_TEST_CASE(of_a_tool_server_whose_client_never_ends_a_line)
{
    constexpr std::size_t most = 256 * KiB;
    std::size_t fed = 0;
    heap_watch watch;
    {
        mcp::line_reader lines(most);
        fed = endless("{", "x").feed(4 * MiB, [&](std::string_view bytes) {
            std::copy_n(bytes.begin(), bytes.size(), lines.prepare().begin());
            lines.commit(bytes.size());
            for (;;) {
                auto const line = lines.next();
                if (line)
                    return true; // such a line is skipped, not the end
            }
        });
    }
    watch.stop();
    BOOST_TEST(fed >= 4 * MiB);
    BOOST_TEST(watch.blocks() == 0);
    report("lines", "a line", "line_limit", fed, watch.peak(), growth * (most + 2 * piece));
}

} // namespace bounds_memory_test

BOOST_AUTO_TEST_SUITE_END()
