// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
// Twenty bugs that were found by reading other codecs, clients and servers: a test each, numbered as in the list.
#include "../support/answers.hpp"
#include "../support/clients.hpp"
#include "../support/peer.hpp"
#include "../support/until.hpp"
#include "told.hpp"

#include <chatwire/crypto/equal.hpp>
#include <chatwire/json/error_reader.hpp>
#include <chatwire/server/api_keys.hpp>
#include <chatwire/transport/options.hpp>
#ifdef CHATWIRE_TLS
#include "../support/certificates.hpp"
#include <chatwire/transport/tls.hpp>
#endif

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <chrono>
#include <string>
#include <string_view>
#include <vector>

BOOST_AUTO_TEST_SUITE(quirks_bugs)

namespace quirks_bugs_test {

using namespace chatwire;
using namespace chatwire::test;
using namespace std::chrono_literals;
using pieces = std::vector<std::string_view>;

client_options options()
{
    return {.base_url = "http://h/v1",
            .api_key = "k",
            .credentials_in_the_clear = true,
            .idle_timeout = 60s,
            .retries = {.max_retries = 0}};
}
request const hello{.model = "m", .messages = {message::user("Hi")}};

std::string const done = event("[DONE]");

// A chunk with that delta, JSON, and a finish_reason.
std::string chunk_with(std::string_view delta, std::string_view finish = "null")
{
    return event(
        R"({"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":)" +
        std::string(delta) + R"(,"finish_reason":)" + std::string(finish) + "}]}");
}
std::string const stop = chunk_with("{}", R"("stop")");

struct heard {
    completion folded{};
    stream_end end{};
    std::string codes{};
};

// Decodes a body that comes in these pieces. Only the first end counts: there must be no other.
heard hear(pieces const& body)
{
    heard h;
    diagnostics log;
    log.hook = [&](diagnostic const& d) { h.codes += d.code + ' '; };
    stream_decoder d({}, &log);
    accumulator<> folded({}, &log);
    int ends = 0;
    auto const take = [&] {
        for (;;)
            switch (d.next()) {
            case decoded::chunk: BOOST_TEST(!folded.add(d.chunk())); break;
            case decoded::end: ++ends; break;
            default: return;
            }
    };
    for (auto const piece : body) {
        d.feed(piece);
        take();
    }
    d.commit_eof();
    take();
    BOOST_TEST(ends == 1);
    h.folded = folded.take();
    h.end = d.end();
    return h;
}

// ... whole, cut in two anywhere, and byte by byte; `f` looks at what was heard.
template <class F>
void hear_everywhere(std::string const& body, F f)
{
    at_every_split(body, [&](pieces const& p, std::string const& where) {
        BOOST_TEST_CONTEXT(where) { f(hear(p)); }
    });
}

std::vector<tool_call> const& calls_of(heard const& h) { return h.folded.choices.at(0).message.tool_calls; }

// 1: liboai deletes "data: " wherever it stands, and takes "data: [DONE]" inside of content for the end.
BOOST_AUTO_TEST_CASE(bug_01_framing_inside_of_content)
{
    std::string const text = "a data: b\ndata: [DONE]\n\ndata: c";
    hear_everywhere(chunk_with(R"({"content":"a data: b\ndata: [DONE]\n\ndata: c"})", R"("stop")") + done,
                    [&](heard const& h) {
                        BOOST_TEST(h.folded.text() == text);
                        BOOST_TEST((h.end.how == how::finished));
                    });
}

// 2: ClickHouse's client passes over `data:` without a space: a success that says nothing.
BOOST_AUTO_TEST_CASE(bug_02_data_without_a_space)
{
    std::string body = chunk_with(R"({"content":"Hi"})") + stop + done;
    for (std::size_t at = 0; (at = body.find("data: ", at)) != body.npos;)
        body.erase(at + 5, 1);
    hear_everywhere(body, [](heard const& h) {
        BOOST_TEST(h.folded.text() == "Hi");
        BOOST_TEST((h.end.how == how::finished));
        BOOST_TEST(h.codes == "");
    });
}

// 3: the same drops a chunk whose call has a null for an index, and makes one call of two without any.
BOOST_AUTO_TEST_CASE(bug_03_tool_calls_with_a_null_index_or_none)
{
    for (std::string const index : {R"("index":null,)", ""}) {
        auto const call = [&](char const* id, char const* arguments) {
            return chunk_with(R"({"tool_calls":[{)" + index + R"("id":")" + id +
                              R"(","function":{"name":"f","arguments":")" + arguments + R"("}}]})");
        };
        hear_everywhere(call("a", "{}") + call("b", "[]") + stop + done, [](heard const& h) {
            BOOST_REQUIRE(calls_of(h).size() == 2u);
            BOOST_TEST(calls_of(h)[0].id == "a");
            BOOST_TEST(calls_of(h)[0].function.arguments == "{}");
            BOOST_TEST(calls_of(h)[1].id == "b");
            BOOST_TEST(calls_of(h)[1].function.arguments == "[]");
        });
    }
}

// 4: three clients know no error frames: a success that says nothing, or only the beginning.
BOOST_AUTO_TEST_CASE(bug_04_an_error_frame_is_no_success)
{
    auto const error = event(R"({"error":{"message":"overloaded","code":529}})");
    for (auto const& body : {error, error + done, chunk_with(R"({"content":"Hi"})") + error + stop + done})
        hear_everywhere(body, [](heard const& h) {
            BOOST_TEST((h.end.how == how::error_event));
            BOOST_REQUIRE(h.end.error);
            BOOST_TEST(h.end.error->message == "overloaded");
        });
}

// 5: mhdimo's parser never strips a byte order mark that comes in two pieces.
BOOST_AUTO_TEST_CASE(bug_05_a_byte_order_mark_in_pieces)
{
    hear_everywhere("\xEF\xBB\xBF" + chunk_with(R"({"content":"Hi"})", R"("stop")") + done, [](heard const& h) {
        BOOST_TEST(h.folded.text() == "Hi");
        BOOST_TEST((h.end.how == how::finished));
    });
}

// 6: the same moves the whole buffer for every line. Were it so here, this would take minutes.
BOOST_AUTO_TEST_CASE(bug_06_many_events_in_one_buffer)
{
    constexpr std::size_t n = 200'000;
    std::string body;
    for (std::size_t i = 0; i < n; ++i)
        body += "data: 0123456789\n\n";
    sse::parser p;
    p.feed(body);
    sse::event_view e;
    std::size_t count = 0;
    while (p.next(e))
        count += e.data.size() == 10;
    BOOST_TEST(count == n);
}

// 7: the same throws where usage has a null, or a whole number with a fraction.
BOOST_AUTO_TEST_CASE(bug_07_usage_with_null_or_a_fraction)
{
    auto const with = [](std::string_view tokens) {
        return event(R"({"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[],"usage":)"
                     R"({"prompt_tokens":)" +
                     std::string(tokens) + R"(,"completion_tokens":2,"total_tokens":14}})");
    };
    for (auto const& [tokens, read] : {std::pair("12.0", 12), {"null", -1}})
        hear_everywhere(stop + with(tokens) + done, [&, read = read](heard const& h) {
            BOOST_TEST((h.end.how == how::finished));
            BOOST_REQUIRE(h.folded.usage);
            BOOST_TEST(h.folded.usage->prompt_tokens == read);
            BOOST_TEST(h.folded.usage->total_tokens == 14);
        });
}

// 8: mhdimo's timeouts do nothing: a peer that is silent from the first moment is waited for as long as it likes.
BOOST_AUTO_TEST_CASE_TEMPLATE(bug_08_a_silent_peer, Kit, client_kits)
{
    auto o = options();
    o.idle_timeout = 10ms;
    auto const silent = [](far_end& end) { end.until_closed(); };
    peer p({silent, silent});
    Kit kit(p.connector(), o);
    auto const c = kit(kit.client.create(hello));
    BOOST_TEST((!c && c.error().code == errc::idle_timeout));
    auto const s = kit(kit.client.stream(hello));
    BOOST_TEST((!s && s.error().code == errc::idle_timeout));
}

#ifdef CHATWIRE_TLS

certificate_authority const& authority()
{
    static certificate_authority const a;
    return a;
}

// Whether a client with these options talks to a service that shows this certificate; no request comes if not.
template <class Kit>
bool talks(identity const& shown, transport::tls_client_options const& tls)
{
    auto const server = transport::tls_server({.certificate = shown.certificate, .key = shown.key}).value();
    std::atomic<bool> asked{false};
    bool answered = false;
    {
        peer p({[&](far_end& end) {
            if (!end.secure(server) || end.request().empty())
                return;
            asked = true;
            end.send(http_answer(whole_answer));
            end.until_closed();
        }});
        auto o = options();
        o.base_url = "https://localhost:8443/v1";
        Kit kit(transport::options{.connect = p.connector(), .secure = transport::tls_client(tls).value()}, o);
        auto const c = kit(kit.client.create(hello));
        answered = c.has_value();
        if (!answered)
            BOOST_TEST(c.error().code == make_error_code(errc::bad_certificate));
    }
    BOOST_TEST(asked == answered);
    return answered;
}

// 9: mhdimo's pool takes a good certificate of another host.
BOOST_AUTO_TEST_CASE_TEMPLATE(bug_09_a_certificate_of_another_host, Kit, client_kits)
{
    transport::tls_client_options const trusting{.ca = authority().pem()};
    BOOST_TEST(talks<Kit>(authority().issue(), trusting));
    BOOST_TEST(!talks<Kit>(authority().issue({.name = "localhost", .hosts = "DNS:example.org"}), trusting));
}

#endif

// 10: in ItsJustMeChris's client a handler that has had enough is not called any more, but all is downloaded.
BOOST_AUTO_TEST_CASE_TEMPLATE(bug_10_who_stops_closes_the_socket, Kit, client_kits)
{
    std::atomic<bool> closed{false};
    peer p({[&](far_end& end) {
        end.request();
        end.send(chunked_head());
        while (end.send(framed(event(chunk_b)))) // for as long as somebody listens
            ;
        closed = true;
    }});
    Kit kit(p.connector(), options());
    {
        auto s = kit(kit.client.stream(hello)).value();
        BOOST_TEST(kit(s.next()).value()->text() == "lo");
    } // enough
    BOOST_TEST(until([&] { return closed.load(); }));
}

// 11: the same asks again after words were delivered, and delivers them twice.
BOOST_AUTO_TEST_CASE_TEMPLATE(bug_11_no_second_try_once_words_were_delivered, Kit, client_kits)
{
    auto const breaks = [](far_end& end) {
        end.request();
        end.send(http_answer(whole_answer)); // so that the connection is one that was used before
        end.request();
        end.send(chunked_head() + framed(event(chunk_a)));
    };
    peer p({breaks, breaks});
    Kit kit(p.connector(), options());
    BOOST_TEST(kit(kit.client.create(hello)).has_value());
    auto s = kit(kit.client.stream(hello)).value();
    std::string text;
    for (;;) {
        auto c = kit(s.next());
        if (!c || !*c)
            break;
        text += (*c)->text();
    }
    BOOST_TEST(text == "Hel");
    BOOST_TEST(!s.end().success());
    BOOST_TEST(p.connections() == 1u);
}

// 12: LaunchDarkly's parser loses an LF after a line that ended with CR.
BOOST_AUTO_TEST_CASE(bug_12_lf_after_a_line_that_ended_with_cr)
{
    at_every_split("data: a\rdata: b\ndata: c\n\n", [](pieces const& p, std::string const& where) {
        sse::parser parser;
        sse::event_view e;
        std::string data;
        for (auto const piece : p) {
            parser.feed(piece);
            while (parser.next(e))
                data += "<" + std::string(e.data) + ">";
        }
        BOOST_TEST(data == "<a\nb\nc>", where);
    });
}

// 13: lemonade's proxy puts a sign of life into the middle of a line, and a second [DONE] behind one that was split.
BOOST_AUTO_TEST_CASE(bug_13_signs_of_life_and_done_of_a_server)
{
    router routes;
    routes.add({.method = "GET", .pattern = "/", .begin = [](server_call const&) {
                    return std::make_unique<immediate_plan>(answer{});
                }});
    // the caller takes `n` bytes between any two things that the server says
    for (std::size_t n : {1, 7, 50, 1000}) {
        server_connection c(routes, {});
        std::string const request = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
        std::copy(request.begin(), request.end(), c.prepare().begin());
        c.commit(request.size());
        auto const event = c.next_event().value();
        BOOST_REQUIRE(event);
        std::string sent;
        auto const take = [&](std::size_t most) {
            auto const some = c.output().substr(0, most);
            sent += some;
            c.consume(some.size());
        };
        envelope const e{.stream = true};
        for (char const* word : {"a", "b", "c"}) {
            c.put(e, saying(word));
            take(n);
            c.heartbeat(e);
            take(n);
        }
        c.put(e, finishing());
        c.finish(e);
        take(std::string::npos);
        auto const a = read_answers(sent, {"GET"}).at(0);
        BOOST_TEST(a.complete);
        BOOST_TEST(well_ended(a.body)); // one [DONE], and the last
        BOOST_TEST(content_of(read_chunks(a.body)) == "abc");
    }
    // and what is relayed ends once, wherever [DONE] is cut
    hear_everywhere(stop + done, [](heard const& h) { BOOST_TEST((h.end.how == how::finished)); });
}

// 14: openai-python appends ids and names that are repeated, and gives up where there is no index.
BOOST_AUTO_TEST_CASE(bug_14_repeated_ids_and_names)
{
    for (std::string const index : {R"("index":0,)", ""}) {
        auto const call = [&](char const* arguments) {
            return chunk_with(R"({"tool_calls":[{)" + index + R"("id":"call_1","type":"function","function":)" +
                              R"({"name":"f","arguments":")" + arguments + R"("}}]})");
        };
        hear_everywhere(call("[1,") + call("2]") + stop + done, [](heard const& h) {
            BOOST_REQUIRE(calls_of(h).size() == 1u);
            BOOST_TEST(calls_of(h)[0].id == "call_1");
            BOOST_TEST(calls_of(h)[0].type.text() == "function");
            BOOST_TEST(calls_of(h)[0].function.name == "f");
            BOOST_TEST(calls_of(h)[0].function.arguments == "[1,2]");
        });
    }
}

// 15: openai-go ends a good stream at `"error":null`, and knows no lines that end with CR.
BOOST_AUTO_TEST_CASE(bug_15_error_null_and_lines_that_end_with_cr)
{
    auto body = chunk_with(R"({"content":"Hi"})", R"("stop")") + done;
    body.insert(body.find(R"("id")"), R"("error":null,)");
    for (auto const* const end : {"\n", "\r"}) {
        std::replace(body.begin(), body.end(), '\n', *end);
        hear_everywhere(body, [](heard const& h) {
            BOOST_TEST(h.folded.text() == "Hi");
            BOOST_TEST((h.end.how == how::finished));
            BOOST_TEST(h.codes == "empty_error ");
        });
    }
}

// 16: async-openai takes `[DONE] ` for JSON.
BOOST_AUTO_TEST_CASE(bug_16_a_space_after_done)
{
    hear_everywhere(stop + "data: [DONE] \n\n", [](heard const& h) {
        BOOST_TEST((h.end.how == how::finished));
        BOOST_TEST(h.codes == "padded_done ");
    });
}

// 17: openai-node waits for ever for a stream that stalls.
BOOST_AUTO_TEST_CASE_TEMPLATE(bug_17_a_stream_that_stalls, Kit, client_kits)
{
    auto o = options();
    o.idle_timeout = 10ms;
    peer p({[](far_end& end) {
        end.request();
        end.send(chunked_head() + framed(event(chunk_a)));
        end.until_closed();
    }});
    Kit kit(p.connector(), o);
    auto s = kit(kit.client.stream(hello)).value();
    BOOST_TEST(kit(s.next()).value()->text() == "Hel");
    auto const c = kit(s.next());
    BOOST_TEST((!c && c.error().code == errc::idle_timeout));
    BOOST_TEST((s.end().how == how::timeout));
}

// 18: NeoGraph takes an error that is null for one, in whole answers too.
BOOST_AUTO_TEST_CASE(bug_18_an_error_that_is_null)
{
    std::string body(whole_answer);
    body.insert(1, R"("error":null,)");
    at_every_split(http_answer(body), [](pieces const& p, std::string const& where) {
        stream_end end;
        auto const said = told_answer(p, client_call::answer::completion, {}, &end);
        BOOST_TEST(end.success(), where);
        BOOST_TEST((said.find(R"("content":"Hello")") != said.npos), where);
    });
    for (auto const* nothing : {"null", "\"\"", "{}", "[]", "false"})
        BOOST_TEST(!json::is_error_value(json::read<raw_json>(nothing).value()), nothing);
}

// 19: llama.cpp compares keys byte by byte until one differs, and has numbers for codes.
BOOST_AUTO_TEST_CASE(bug_19_keys_are_compared_to_their_end_and_codes_may_be_numbers)
{
    std::string const key = "sk-0123456789abcdef";
    api_keys const keys({key});
    auto const lets_in = [&](std::string const& shown) {
        server_call call;
        (void)call.head.fields.set("Authorization", "Bearer " + shown);
        return !keys.check(call);
    };
    BOOST_TEST(lets_in(key));
    for (std::size_t i = 1; i <= key.size(); ++i) {
        auto other = key;
        other[i - 1] ^= 1;
        BOOST_TEST(!lets_in(other)); // whichever byte it is
        BOOST_TEST(!lets_in(key.substr(0, i - 1)));
        BOOST_TEST(crypto::equal(other, other));
        BOOST_TEST(!crypto::equal(other, key));
    }
    BOOST_TEST(!lets_in(key + "x"));

    auto const f = json::read_error(R"({"error":{"code":503,"message":"loading","type":"unavailable_error"}})");
    BOOST_TEST(f.api_code == "503");
    BOOST_TEST(f.status == 503);
}

// 20: olrea's client does not verify whom it talks to, and adds to its list of headers with every call.
#ifdef CHATWIRE_TLS
BOOST_AUTO_TEST_CASE_TEMPLATE(bug_20_certificates_are_verified_unless_told_otherwise, Kit, client_kits)
{
    BOOST_TEST(!talks<Kit>(certificate_authority::self_signed(), {}));
    BOOST_TEST(!talks<Kit>(authority().issue(), {})); // an authority the system does not know
}
#endif

BOOST_AUTO_TEST_CASE_TEMPLATE(bug_20_every_call_has_the_same_headers, Kit, client_kits)
{
    std::vector<std::string> heads;
    peer p({[&](far_end& end) {
        for (int i = 0; i < 3; ++i) {
            auto const asked = end.request();
            heads.push_back(asked.substr(0, asked.find("\r\n\r\n")));
            end.send(http_answer(whole_answer));
        }
        end.until_closed();
    }});
    {
        auto o = options();
        o.headers = {{"X-Own", "1"}};
        Kit kit(p.connector(), o);
        for (int i = 0; i < 3; ++i)
            BOOST_TEST(kit(kit.client.create(hello)).has_value());
    }
    BOOST_TEST(until([&] { return p.connections() == 1u && heads.size() == 3u; }));
    BOOST_TEST(heads.at(0) == heads.at(1));
    BOOST_TEST(heads.at(0) == heads.at(2));
    BOOST_TEST(heads[0].find("X-Own: 1") == heads[0].rfind("X-Own: 1"));
}

} // namespace quirks_bugs_test

BOOST_AUTO_TEST_SUITE_END()
