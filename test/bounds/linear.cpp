// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
// Twice the input costs no more than 2.2 times as much, for every parser and for all that folds, with the nastiest
// input known for it. `test_bounds --run_test=bounds_linear -- figures` prints a line for each.
#include "figures.hpp"

#include "../support/answers.hpp"
#include "../support/served.hpp"

#include <chatwire/chat/accumulator.hpp>
#include <chatwire/chats/policy.hpp>
#include <chatwire/client/connection.hpp>
#include <chatwire/client/scrub.hpp>
#include <chatwire/client/stream_decoder.hpp>
#include <chatwire/http/url.hpp>
#include <chatwire/json/check.hpp>
#include <chatwire/json/request.hpp>
#include <chatwire/json/value.hpp>
#include <chatwire/mcp/line_reader.hpp>
#include <chatwire/mcp/rpc_message.hpp>
#include <chatwire/pathors/substitute.hpp>
#include <chatwire/server/completion_service.hpp>
#include <chatwire/sse/parser.hpp>
#include <chatwire/sse/writer.hpp>

#include <boost/json/object.hpp>
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <ctime>
#include <functional>
#include <limits>
#include <malloc.h>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

BOOST_AUTO_TEST_SUITE(bounds_linear)

namespace bounds_linear_test {

using namespace chatwire;
using namespace chatwire::test;

constexpr auto all = std::numeric_limits<std::size_t>::max();
constexpr std::size_t huge = std::size_t{1} << 30;

// Under a sanitizer each is done once, for what that finds: what it costs is not what is paid for elsewhere.
#if defined(__SANITIZE_ADDRESS__)
constexpr bool measured = false;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
constexpr bool measured = false;
#else
constexpr bool measured = true;
#endif
#else
constexpr bool measured = true;
#endif

// What one run costs this thread, in nanoseconds.
template <class F>
double cost(F const& run)
{
    auto const now = [] {
        timespec t{};
        ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
        return static_cast<double>(t.tv_sec) * 1e9 + static_cast<double>(t.tv_nsec);
    };
    auto const before = now();
    run();
    return now() - before;
}

struct work {
    std::string name;
    std::function<std::string(std::size_t)> make;         // an input of about so many bytes
    std::function<std::size_t(std::string const&)> run{}; // something that tells that it was done
};

// Other programs disturb the clock. What counts is the least of some runs, or the median of the ratios of runs that
// followed each other, and there are as many runs as it takes, up to a number. What is quadratic has a ratio of 4 by
// either measure, and no number of runs helps it.
void check(work const& w)
{
    constexpr double enough = 0.25e6, most = 2.2;
    constexpr int least_runs = 3, most_runs = 200;
    // What an input is kept in comes from the heap and goes back to it: the system's pages would be counted otherwise.
    ::mallopt(M_MMAP_THRESHOLD, 1 << 30);
    ::mallopt(M_TRIM_THRESHOLD, 1 << 30);
    std::size_t size = 8 << 10;
    std::string once, twice;
    double first = 0;
    do {
        size *= 2;
        once = w.make(size);
        std::size_t done = 0;
        first = cost([&] { done = w.run(once); });
        BOOST_TEST_REQUIRE(done != 0U, w.name << ": does nothing");
    } while (measured && first < enough && size < std::size_t{1} << 19);
    if (!measured)
        return;
    twice = w.make(2 * size);
    auto a = std::numeric_limits<double>::max(), b = a;
    // for the inputs are not exactly of the size that was asked for
    auto const scale = 2 * static_cast<double>(once.size()) / static_cast<double>(twice.size());
    std::vector<double> pairs; // in each, what disturbs has disturbed both
    auto ratio = b;
    while (static_cast<int>(pairs.size()) < least_runs ||
           (ratio > most && static_cast<int>(pairs.size()) < most_runs)) {
        auto const one = cost([&] { w.run(once); });
        auto const two = cost([&] { w.run(twice); });
        a = std::min(a, one);
        b = std::min(b, two);
        pairs.push_back(two / one);
        auto const middle = pairs.begin() + static_cast<std::ptrdiff_t>(pairs.size() / 2);
        std::nth_element(pairs.begin(), middle, pairs.end());
        ratio = std::min(b / a, *middle) * scale;
    }
    BOOST_TEST(ratio <= most,
               w.name << ": " << once.size() << " bytes in " << a << " ns, " << twice.size() << " in " << b);
    if (wants_figures())
        std::printf("%-50s %9zu bytes %9.2f ns/byte, twice as many %5.2f times\n", w.name.c_str(), once.size(),
                    a / static_cast<double>(once.size()), ratio);
}

std::string repeated(std::string_view what, std::size_t bytes)
{
    std::string out;
    while (out.size() < bytes)
        out += what;
    return out;
}

auto repeats(std::string before, std::string what, std::string after = {})
{
    return [=](std::size_t n) { return before + repeated(what, n) + after; };
}

// The same with a number in the place of X.
auto counts(std::string before, std::string what, std::string after = {}, std::size_t modulo = all)
{
    auto const x = what.find('X');
    auto const head = what.substr(0, x), tail = what.substr(x + 1);
    return [=](std::size_t n) {
        auto out = before;
        for (std::size_t i = 0; out.size() < n; ++i)
            out.append(head).append(std::to_string(i % modulo)).append(tail);
        return out + after;
    };
}

template <class F>
void in_pieces(std::string_view bytes, std::size_t piece, F take)
{
    for (; !bytes.empty(); bytes.remove_prefix(std::min(bytes.size(), piece)))
        take(bytes.substr(0, piece));
}

// ---- event streams

auto events(std::size_t piece = all)
{
    return [=](std::string const& text) {
        sse::parser parser({.limits = {.max_line = huge, .max_event = huge}});
        sse::event_view e;
        std::size_t seen = 0;
        in_pieces(text, piece, [&](std::string_view bytes) {
            parser.feed(bytes);
            while (parser.next(e))
                seen += e.data.size() + 1;
        });
        parser.commit_eof();
        while (parser.next(e))
            seen += e.data.size() + 1;
        return seen + parser.comments() + parser.ignored_lines();
    };
}

BOOST_AUTO_TEST_CASE(event_streams)
{
    for (std::size_t const piece : {all, std::size_t{7}}) {
        std::string const how = piece == all ? "" : ", in pieces";
        check({"sse: tiny events" + how, repeats("", "data:x\n\n"), events(piece)});
        check({"sse: one line" + how, repeats("data:", "x"), events(piece)});
        check({"sse: CR alone" + how, repeats("", "data:x\r\r"), events(piece)});
        check({"sse: CR LF" + how, repeats("", "data:x\r\n\r\n"), events(piece)});
        check({"sse: fields without a value" + how, repeats("", "data\n"), events(piece)});
        check({"sse: comments" + how, repeats("", ":\n"), events(piece)});
        check({"sse: lines of one event" + how, repeats("", "data: x\n"), events(piece)});
        check({"sse: unknown fields" + how, repeats("", "x\n"), events(piece)});
        check({"sse: types" + how, repeats("data\n", "event: x\n"), events(piece)});
        check({"sse: errors as fields" + how, repeats("", "error: x\n"), events(piece)});
        check({"sse: a long id before blank lines" + how,
               [](std::size_t n) { return "id: " + repeated("x", n / 2) + repeated("\n", n / 2) + "data\n\n"; },
               events(piece)});
    }
    auto const write = [](std::string const& text) {
        std::string out;
        sse::write_data(out, text);
        sse::write_comment(out, text);
        return out.size();
    };
    check({"sse: writing lines", repeats("", "\n"), write});
    check({"sse: writing lines that end in CR", repeats("", "x\r"), write});
}

// ---- JSON

json::read_options open_ended()
{
    auto o = json::read_options::for_answers();
    o.limits = {.max_document = huge, .max_depth = 1000, .max_memory = all};
    return o;
}

// Reads, and says whether it went well; a text that is to fail only at its end is as good.
template <class T>
std::size_t reads(std::string const& text)
{
    auto const r = json::read<T>(text, nullptr, open_ended());
    return r || r.error().code == errc::bad_json || r.error().code == errc::missing_member ||
           r.error().code == errc::wrong_type;
}

std::size_t reads_chunk(std::string const& text)
{
    diagnostics log;
    json::chunk_reader<> reader(&log, open_ended());
    std::size_t seen = 1;
    reader.start(text);
    for (auto r = reader.next(); r && *r; r = reader.next())
        ++seen;
    return seen;
}

BOOST_AUTO_TEST_CASE(json_texts)
{
    auto const nested = std::string(900, '[') + std::string(900, ']') + ',';
    auto const objects = repeated("{\"a\":", 4500) + "0" + std::string(900, '}') + ',';
    struct {
        char const* name;
        std::function<std::string(std::size_t)> make;
    } const anything[] = {
        {"escapes", repeats("\"", "\\n", "\"")},
        {"\\u escapes", repeats("\"", "\\u00e9", "\"")},
        {"surrogates", repeats("\"", "\\ud83d\\ude00", "\"")},
        {"lone surrogates", repeats("\"", "\\ud800", "\"")},
        {"bytes that are not UTF-8", repeats("\"", "\xff", "\"")},
        {"a number", repeats("1", "2")},
        {"a fraction", repeats("0.", "1")},
        {"white space", repeats("", " \n", "1")},
        {"deep arrays", repeats("[", nested, "1]")},
        {"deep objects", repeats("[", objects, "1]")},
        {"an array that does not end", repeats("[1", ",1")},
        {"a string that does not end", repeats("\"", "x")},
        {"members", counts("{", "\"X\":0,", "\"x\":0}")},
        {"members of one name", repeats("{", "\"a\":0,", "\"a\":0}")},
        {"members whose names begin alike",
         counts("{", "\"a name of some length that is the same in all X\":0,", "\"x\":0}")},
        {"members with an escaped name", counts("{", "\"\\u0061X\":0,", "\"x\":0}")},
    };
    for (auto const& c : anything) {
        check({std::string("json: ") + c.name, c.make, reads<raw_json>});
        check({std::string("json: value, ") + c.name, c.make, [](std::string const& text) {
                   auto const v = json::parse_raw(text, open_ended());
                   return v ? json::to_value(*v).has_value() + std::size_t{1} : std::size_t{1};
               }});
        if (c.make(100).front() != '{')
            continue;
        check({std::string("json: as unknown members, ") + c.name, c.make, reads<raw_members>});
        check({std::string("json: of a request, ") + c.name, c.make, reads<request>});
        check({std::string("json: as a map, ") + c.name,
               [&](std::size_t n) { return "{\"metadata\":" + c.make(n) + "}"; }, reads<request>});
        check({std::string("json: checked, ") + c.name, c.make, [](std::string const& text) {
                   auto const faults = json::check<request>(text);
                   return faults ? faults->size() + 1 : std::size_t{1};
               }});
        check({std::string("json: of a chunk, ") + c.name, c.make, reads_chunk});
    }
    check({"json: messages", repeats("{\"messages\":[", R"({"role":"user","content":"x"},)", "0]}"), reads<request>});
    check({"json: parts",
           repeats(R"({"messages":[{"role":"user","content":[)", R"({"text":"x","type":"text"},)", "0]}]}"),
           reads<request>});
    check({"json: parts of unknown types",
           repeats(R"({"messages":[{"role":"user","content":[)", R"({"type":"x\n"},)", "0]}]}"), reads<request>});
    check({"json: tools",
           repeats(R"({"messages":[],"tools":[)", R"({"function":{"name":"x"},"type":"function"},)", "0]}"),
           reads<request>});
    check({"json: choices", counts("{\"choices\":[", "{\"index\":X,\"delta\":{}},", "{}]}"), reads_chunk});
    check({"json: choices of another shape, after a long word",
           [](std::size_t n) {
               return "{\"choices\":[{\"finish_reason\":\"\\n" + repeated("x", n / 2) + "\"}" +
                      repeated(",{\"logprobs\":7}", n / 2) + "]}";
           },
           reads_chunk});
    check({"json: chunks in one event", repeats("", "{\"choices\":[]}"), reads_chunk});
    check({"json: no chunks in one event", repeats("", "null "), reads_chunk});

    auto const error = [](std::string const& text) { return json::read_error(text).message.size() + 1; };
    check({"error: words", repeats("", "no "), error});
    check({"error: nested", repeats("{\"error\":[", nested, "1]}"), error});
    check({"error: faults", repeats("{\"detail\":[", R"({"loc":["body",0],"msg":"no"},)", "0]}"), error});
    check({"error: choices", repeats("{\"choices\":[", R"({"error":{}},)", "0]}"), error});
    check({"error: where the fault is", repeats("{\"detail\":[{\"loc\":[", "\"our own key\",", "0],\"msg\":\"no\"}]}"),
           [](std::string const& text) {
               auto const f = scrub(json::read_error(text), secrets_of({.api_key = "our own key"}));
               return f.param.size() + f.message.size();
           }});
    check({"a secret said again and again", repeats("", "our own key"), [](std::string const& text) {
               auto said = text;
               scrub(said, "our own key");
               return said.size();
           }});
    check({"error: members", counts("{", "\"X\":0,", "\"error\":\"no\"}"), error});

    std::string out;
    check({"json: writing escapes", repeats("", "\x01\n"), [&](std::string const& text) {
               out.clear();
               json::append_string(out, text);
               return out.size();
           }});
}

// ---- what a client folds

// Of a stream of chunks; each choice stands where X is.
std::size_t folds(std::string const& text)
{
    diagnostics log;
    stream_decoder_options const o{.sse = {.max_line = huge, .max_event = huge},
                                   .json = {.max_document = huge, .max_depth = 1000, .max_memory = all}};
    basic_stream_decoder<> decoder(o, &log);
    accumulator<> folded({.max_choices = 128, .max_tool_calls = huge, .max_arguments = huge, .max_content = huge},
                         &log);
    decoder.feed(text);
    decoder.commit_eof();
    std::size_t chunks = 0;
    for (;;) {
        switch (decoder.next()) {
        case decoded::chunk:
            if (folded.add(decoder.chunk(), decoder.offset()))
                throw std::logic_error("a limit: " + text.substr(0, 200));
            ++chunks;
            break;
        case decoded::end: return chunks + folded.take().choices.size();
        default: break;
        }
    }
}

auto deltas(std::string const& delta, std::size_t modulo = all)
{
    return counts("", "data: {\"choices\":[{\"index\":0,\"delta\":{" + delta + "}}]}\n\n", "", modulo);
}

BOOST_AUTO_TEST_CASE(answers)
{
    struct {
        char const* name;
        std::function<std::string(std::size_t)> make;
    } const cases[] = {
        {"texts", deltas(R"("content":"X")")},
        {"texts in parts", deltas(R"("content":[{"type":"text","text":"X"}])")},
        {"parts of an unknown type", deltas(R"("content":[{"type":"x","x":X}])")},
        {"choices in turn", counts("", "data: {\"choices\":[{\"index\":X,\"delta\":{}}]}\n\n", "", 128)},
        {"calls", deltas(R"("tool_calls":[{"index":X}])")},
        {"calls, the last first",
         [](std::size_t n) {
             std::string out;
             for (auto i = n; out.size() < n; --i)
                 out +=
                     "data: {\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":" + std::to_string(i) + "}]}}]}\n\n";
             return out;
         }},
        {"calls in turn", deltas(R"("tool_calls":[{"index":X,"function":{"arguments":"{"}}])", 100)},
        {"calls with one index", deltas(R"("tool_calls":[{"index":0,"id":"X"}])")},
        {"calls with one index in turn", deltas(R"("tool_calls":[{"index":0,"id":"X"}])", 100)},
        {"calls without an index", deltas(R"("tool_calls":[{"id":"X"}])")},
        {"arguments of an unnamed call", deltas(R"("tool_calls":[{"function":{"arguments":"{\"X"}}])")},
        {"arguments of a call that is named again",
         deltas(R"("tool_calls":[{"function":{"name":"f","arguments":"{X"}}])")},
        {"arguments that are whole again", deltas(R"("tool_calls":[{"index":0,"function":{"arguments":"{}X"}}])")},
        {"a name that grows",
         [](std::size_t n) {
             std::string out;
             for (std::size_t i = 0; out.size() < n; ++i)
                 out += "data: {\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":0,\"function\":{\"name\":\"f" +
                        std::string(i % 50, 'x') + "\"}}]}}]}\n\n";
             return out;
         }},
        {"members of a delta", deltas(R"("xX":0)", 200)},
        {"members of a call", deltas(R"("tool_calls":[{"index":0,"xX":0}])", 200)},
        {"an array of a delta", deltas(R"("x":[X])")},
        {"an empty array after one full of blanks",
         [](std::size_t n) {
             return "data: {\"choices\":[{\"delta\":{\"x\":[" + repeated(" ", n / 2) + "]}}]}\n\n" +
                    deltas(R"("x":[],"y":X)")(n / 2);
         }},
        {"sound, each piece by itself", deltas(R"("audio":{"data":"AA==","expires_at":X})")},
        {"thoughts", deltas(R"("reasoning_content":"X")")},
        {"annotations", deltas(R"("annotations":[{"type":"x","x":X}])")},
        {"events that stand in one", counts("data: null\n", "data: {\"choices\":[],\"created\":X}\n", "\n")},
        {"lines of one chunk", repeats("data: {\"choices\":[]\n", "data: \n", "data: }\n\n")},
        {"lines that are nothing together",
         repeats("data: {\"choices\":[]}\n\ndata: {\n", "data: [DONE]\n", "data: {\n\n")},
    };
    for (auto const& c : cases)
        check({std::string("folding: ") + c.name, c.make, folds});
    check({"folding: probabilities",
           counts("", R"(data: {"choices":[{"delta":{},"logprobs":{"content":[{"token":"X","logprob":0}]}}]})"
                      "\n\n"),
           folds});

    // what a client sees of a connection, a byte at a time
    client_options options{.base_url = "http://h"};
    options.json.max_document = huge;
    auto const client = [&](std::string const& body) {
        client_exchange<> exchange(options, client_call::answer::stream, std::make_shared<diagnostics>());
        http::response_head head{.status = 200};
        exchange.head(head);
        std::size_t seen = 1;
        in_pieces(body, 1, [&](std::string_view bytes) {
            exchange.body(bytes);
            for (auto e = exchange.next_event(); e && *e; e = exchange.next_event())
                ++seen;
        });
        return seen;
    };
    check({"client: white space before an answer", repeats("", " \n"), client});
    check({"client: an answer at once", repeats("{\"id\":\"", "x"), client});
    check({"client: a page", repeats("<", "p"), client});
}

// ---- HTTP

http::limits wide()
{
    return {.max_head = huge,
            .max_fields = huge,
            .max_body = http::no_limit,
            .max_trailer = huge,
            .max_chunk_line = huge,
            .max_informational = ~0U};
}

auto requests(std::size_t piece)
{
    return [=](std::string const& text) {
        http::request_parser parser(wide());
        std::size_t seen = 1;
        in_pieces(text, piece, [&](std::string_view bytes) {
            parser.feed(bytes);
            for (auto p = parser.next(); p && p->what != http::piece::kind::need_more; p = parser.next())
                ++seen;
        });
        return seen;
    };
}

BOOST_AUTO_TEST_CASE(http_messages)
{
    std::string const get_ = "GET / HTTP/1.1\r\nHost: h\r\n", post_ = "POST / HTTP/1.1\r\nHost: h\r\n";
    std::string const chunks = post_ + "Transfer-Encoding: chunked\r\n\r\n";
    for (std::size_t const piece : {all, std::size_t{1}}) {
        std::string const how = piece == all ? "" : ", byte by byte";
        check({"http: a target" + how, repeats("GET /", "x"), requests(piece)});
        check({"http: a field" + how, repeats(get_ + "A: ", "x", "\r\n\r\n"), requests(piece)});
        check({"http: fields" + how, repeats(get_, "A: b\r\n", "\r\n"), requests(piece)});
        check({"http: a body" + how, repeats(post_ + "Content-Length: 999999999\r\n\r\n", "x"), requests(piece)});
        check({"http: chunks" + how, repeats(chunks, "1\r\nx\r\n"), requests(piece)});
        check({"http: a chunk's extension" + how, repeats(chunks + "1;", "x"), requests(piece)});
        check({"http: trailer fields" + how, repeats(chunks + "0\r\n", "A: b\r\n", "\r\n"), requests(piece)});
        check({"http: requests" + how, repeats("", "GET / HTTP/1.1\r\nHost: h\r\n\r\n"), requests(piece)});
        check({"http: 1xx answers" + how, repeats("", "HTTP/1.1 102 -\r\n\r\n"), [=](std::string const& text) {
                   http::response_parser parser(wide());
                   parser.expect("GET");
                   in_pieces(text, piece, [&](std::string_view bytes) {
                       parser.feed(bytes);
                       (void)parser.next();
                   });
                   return std::size_t{parser.informational()};
               }});
    }
    auto const url = [](std::string const& text) {
        return static_cast<std::size_t>(http::parse_url(text).has_value()) + 1;
    };
    check({"url: a host", repeats("http://", "h."), url});
    check({"url: a path", repeats("http://h/", "%41/"), url});
    check({"url: a query", repeats("http://h/?", "a=b&"), url});
    check({"url: a number for a port", repeats("http://h:", "0"), url});
    check({"url: brackets", repeats("http://[", ":"), url});
    check({"url: slashes to join", repeats("", "/"),
           [](std::string const& text) { return http::join(text, text).size(); }});

    auto const tokens = [](std::string const& text) {
        http::fields f;
        (void)f.insert("Connection", text);
        return static_cast<std::size_t>(!f.has_token("connection", "close"));
    };
    check({"fields: a list", repeats("", "a,"), tokens});
    check({"fields: a list of nothing", repeats("", ", "), tokens});
}

// ---- what a server does with it

BOOST_AUTO_TEST_CASE(requests_that_are_served)
{
    completion_service service;
    service.max_body = huge;
    service.reading.limits = {.max_document = huge, .max_depth = 1000, .max_memory = all};
    service.add_model({.id = "m"}, knows({saying("Hi"), finishing()}));
    router routes;
    service.mount(routes);
    server_limits limits{.http = wide()};
    auto const serve = [&](std::size_t piece) {
        return [&, piece](std::string const& text) {
            server_connection connection(routes, limits);
            std::unique_ptr<plan> running;
            std::size_t said = 1;
            in_pieces(text, piece, [&](std::string_view bytes) {
                if (connection.done())
                    return;
                while (!bytes.empty()) {
                    auto const room = connection.prepare();
                    auto const n = std::min(room.size(), bytes.size());
                    std::copy_n(bytes.begin(), n, room.begin());
                    connection.commit(n);
                    bytes.remove_prefix(n);
                }
                for (;;) {
                    said += connection.output().size();
                    connection.consume(connection.output().size());
                    if (running) {
                        if (connection.step(*running, {}).what == io::action::kind::done)
                            running.reset();
                        continue;
                    }
                    auto e = connection.next_event();
                    if (e && *e)
                        running = std::move(**e);
                    else if (connection.output().empty())
                        return;
                }
            });
            return said;
        };
    };
    check({"server: requests at once", repeats("", get("/v1/models")), serve(all)});
    check({"server: requests that are refused", repeats("", get("/nowhere")), serve(all)});
    check({"server: requests in pieces", repeats("", get("/v1/models")), serve(7)});
    check({"server: a path of slashes", repeats("GET /", "//", " HTTP/1.1\r\nHost: h\r\n\r\n"), serve(all)});
    check({"server: a path of segments", repeats("GET /v1/models", "/a", " HTTP/1.1\r\nHost: h\r\n\r\n"), serve(all)});
    check({"server: a path that is encoded", repeats("GET /v1/models/", "%41", " HTTP/1.1\r\nHost: h\r\n\r\n"),
           serve(all)});
    check({"server: a body in the smallest chunks",
           repeats("POST /v1/chat/completions HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n", "1\r\n \r\n"),
           serve(1000)});
    check({"server: messages",
           [](std::size_t n) {
               return post("/v1/chat/completions", "{\"model\":\"m\",\"stream\":true,\"messages\":[" +
                                                       repeated(R"({"role":"user","content":"x"},)", n) +
                                                       R"({"role":"user","content":"x"}]})");
           },
           serve(all)});

    // what a model says in one chunk or in many
    auto const says = [&](std::string const& text) {
        chunk_choice finish{.finish_reason = finish_reason::stop};
        json::chunk_reader<> reader(nullptr, open_ended());
        std::size_t said = 0;
        for (bool const stream : {true, false}) {
            envelope const e{.stream = stream};
            server_exchange exchange(routes);
            reader.start(text);
            for (;;) {
                auto const r = reader.next();
                if (!r || !*r)
                    break;
                exchange.put(e, reader.chunk());
                said += exchange.output().size();
                exchange.clear_output();
            }
            exchange.put(e, {.choices = {finish}});
            exchange.finish(e);
            said += exchange.output().size();
        }
        return said;
    };
    check({"server: texts of a model", repeats("", R"({"choices":[{"index":0,"delta":{"content":"x"}}]})"), says});
    check({"server: characters in halves",
           repeats("", "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"\xc3\"}}]}"
                       "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"\xa9\"}}]}"),
           says});
    check({"server: members beside the choices", counts("{\"choices\":[]", ",\"X\":0", "}"), says});
    check({"server: members beside the choices, twice",
           [](std::size_t n) {
               auto const one = counts("{\"choices\":[]", ",\"X\":0", "}")(n / 2);
               return one + one;
           },
           says});

    delta_queue queue;
    check({"server: chunks in a queue", repeats("", "x"), [&](std::string const& text) {
               std::vector<chunk> taken;
               for (std::size_t i = 0; i < text.size(); i += 64)
                   queue.put_now(chunk());
               queue.take(taken);
               return taken.size();
           }});
}

BOOST_AUTO_TEST_CASE(services)
{
    std::string const text(200, 'a');
    auto const asks = [&](std::string const& pattern) {
        auto const p = chats::policy::parse(R"({"statement":[{"effect":"Allow","action":"*","condition":{"StringLike":)"
                                            R"({"soat:PrincipalId":")" +
                                            pattern + "\"}}}]}");
        chats::resource_name const nothing{};
        return p && p->ask({.action = "a:B", .resource = nothing, .principal_id = text, .principal_type = "t"}) ==
                           chats::policy::answer::none
                   ? std::size_t{1}
                   : std::size_t{2};
    };
    check({"policy: stars", repeats("", "*", "b"), asks});
    check({"policy: stars between letters", repeats("", "a*", "b"), asks});
    check({"policy: question marks", repeats("*", "?", "b"), asks});
    auto const parses = [](std::string const& document) {
        auto const p = chats::policy::parse(document);
        return p ? std::size_t{1} : p.error().message.size();
    };
    check({"policy: actions", repeats(R"({"statement":[{"effect":"Allow","action":[)", R"("a:B",)", R"("*"]}]})"),
           parses});
    check({"policy: faults", repeats(R"({"statement":[)", R"({"effect":7},)", "{}]}"), parses});
    check({"policy: members that are none", counts("{", "\"X\":0,", "\"x\":0}"), parses});

    auto const lines = [](std::size_t piece) {
        return [=](std::string const& bytes) {
            mcp::line_reader reader(huge);
            std::size_t seen = 1;
            in_pieces(bytes, piece, [&](std::string_view rest) {
                while (!rest.empty()) {
                    auto const room = reader.prepare();
                    auto const n = std::min(room.size(), rest.size());
                    std::copy_n(rest.begin(), n, room.begin());
                    reader.commit(n);
                    rest.remove_prefix(n);
                    for (auto l = reader.next(); l && *l; l = reader.next())
                        ++seen;
                }
            });
            return seen;
        };
    };
    for (std::size_t const piece : {all, std::size_t{3}}) {
        std::string const how = piece == all ? "" : ", in pieces";
        check({"mcp: short lines" + how, repeats("", "x\n"), lines(piece)});
        check({"mcp: blank lines" + how, repeats("", " \n"), lines(piece)});
        check({"mcp: one line" + how, repeats("", "x"), lines(piece)});
    }
    check({"mcp: a batch", repeats("[", R"({"jsonrpc":"2.0","id":1,"method":"ping"},)", "0]"),
           [](std::string const& batch) { return mcp::read_rpc_text(batch, huge).items.size(); }});

    boost::json::object const variables{{"x", "y"}, {"a", {{"b", "c"}}}};
    auto const substituted = [&](std::string const& t) { return pathors::substitute(t, variables).size() + 1; };
    check({"substitution: braces that open", repeats("", "{"), substituted});
    check({"substitution: braces that open and a name", repeats("", "{{", "x}}"), substituted});
    check({"substitution: names", repeats("", "{{x}}"), substituted});
    check({"substitution: a name of dots", repeats("{{", "a.", "}}"), substituted});
    check({"substitution: blanks", repeats("{{", " ", "}}"), substituted});
}

} // namespace bounds_linear_test

BOOST_AUTO_TEST_SUITE_END()
