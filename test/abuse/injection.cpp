// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
// Strings that a user supplies, wherever one may: whatever is in them, what leaves is one request, one answer, the same
// fields, the same events.
#include "support/answers.hpp"
#include "support/clients.hpp"
#include "support/peer.hpp"
#include "support/served.hpp"
#include "support/sessions.hpp"
#include "support/tools.hpp"

#include <chatwire/chats/client.hpp>
#include <chatwire/http/target.hpp>
#include <chatwire/http/writer.hpp>
#include <chatwire/pathors/client.hpp>
#include <chatwire/server/completion_service.hpp>
#include <chatwire/server/exchange.hpp>
#include <chatwire/sse/parser.hpp>
#include <chatwire/sse/writer.hpp>

#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

BOOST_AUTO_TEST_SUITE(abuse_injection)

namespace abuse_injection_test {

using namespace chatwire;
using namespace std::string_literals;

struct nasty {
    std::string name;
    std::string text;
};

std::vector<nasty> const& nasties()
{
    static std::vector<nasty> const all = {
        {"a CR", "a\rb"},
        {"a LF", "a\nb"},
        {"a CRLF", "a\r\nb"},
        {"a NUL", "a\0b"s},
        {"a field", "a\r\nX-Injected: yes"},
        {"a field after a LF", "a\nX-Injected: yes"},
        {"a field after a CR", "a\rX-Injected: yes"},
        {"the end of a head", "a\r\n\r\nb"},
        {"a request", "a HTTP/1.1\r\nHost: x\r\n\r\nGET /injected HTTP/1.1\r\nHost: x\r\n\r\n"},
        {"an answer", "a\r\nContent-Length: 0\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"},
        {"a last chunk", "a\r\n0\r\n\r\n"},
        {"the end of a stream", "a\ndata: [DONE]\n\n"},
        {"the end of a stream after a CR", "a\r\rdata: [DONE]\r\r"},
        {"an event", "a\n\nevent: error\ndata: {\"error\":{\"message\":\"injected\"}}\n\n"},
        {"an id and a wait", "a\nid: 7\nretry: 1\n\n"},
        {"only the end of a stream", "[DONE]"},
        {"a line separator", "a\xe2\x80\xa8"
                             "data: [DONE]\xe2\x80\xa9"},
        {"a next line", "a\xc2\x85X-Injected: yes"},
        {"a byte order mark", "\xef\xbb\xbf"
                              "a"},
        {"an escape", "\x1b[2Ja"},
        {"a DEL", "a\x7f"},
        {"JSON", "\",\"injected\":true,\"x\":\"\\"},
        {"markup", "</script><script>alert(1)</script>"},
        {"dots", ".."},
        {"a path", "../../injected"},
        {"a URL", "http://injected.example/?a=b&c=d#e"},
        {"an encoded CRLF", "a%0d%0aX-Injected:%20yes"},
        {"a space", "a b"},
        {"something long", std::string(40'000, 'a')},
        {"something long with an end", std::string(40'000, 'a') + "\r\nX-Injected: yes"},
    };
    return all;
}

// ---- the client
// ------------------------------------------------------------------------------------------------------

// What one call sent, and why it failed, if so.
struct sent {
    std::string bytes{};
    std::optional<failure> error{};
};

// Where a client takes a string. `inside` says that it is one segment of the path, whatever it is.
struct client_place {
    std::string name;
    std::function<std::optional<failure>(transport::options, std::string const&)> call;
    bool segment = false;
};

client_options options(std::string base = "http://localhost/v1") { return {.base_url = std::move(base)}; }

template <class Result>
std::optional<failure> error_of(Result const& r)
{
    return r ? std::nullopt : std::optional<failure>(r.error());
}

std::vector<client_place> client_places()
{
    request const hello{.model = "m", .messages = {message::user("Hi")}};
    auto const with = [hello](std::function<void(client_options&, std::string const&)> set) {
        return [=](transport::options t, std::string const& text) {
            auto o = options();
            set(o, text);
            blocking_client c(std::move(t), o);
            return error_of(c.create(hello));
        };
    };
    auto const asking = [](std::function<void(request&, std::string const&)> set) {
        return [=](transport::options t, std::string const& text) {
            request r{.model = "m", .messages = {message::user("Hi")}};
            set(r, text);
            blocking_client c(std::move(t), options());
            return error_of(c.create(r));
        };
    };
    auto const session = [](auto f) {
        return [=](transport::options t, std::string const& text) {
            pathors::blocking_client c(std::move(t), options("http://localhost"), "p");
            return error_of(f(c, text));
        };
    };
    auto const chat = [](auto f) {
        return [=](transport::options t, std::string const& text) {
            chats::blocking_client c(std::move(t), options("http://localhost"));
            return error_of(f(c, text));
        };
    };
    return {
        {"api_key", with([](auto& o, auto& text) { o.api_key = text; })},
        {"the value of a header", with([](auto& o, auto& text) {
             o.headers = {{"X-Mine", text}};
         })},
        {"the name of a header", with([](auto& o, auto& text) {
             o.headers = {{text, "x"}};
         })},
        {"Idempotency-Key", with([](auto& o, auto& text) {
             o.headers = {{"Idempotency-Key", text}};
         })},
        {"user_agent", with([](auto& o, auto& text) { o.user_agent = text; })},
        {"the path of base_url", with([](auto& o, auto& text) { o.base_url = "http://localhost/" + text; })},
        {"the query of base_url", with([](auto& o, auto& text) { o.base_url = "http://localhost/v1?" + text; })},
        {"the host of base_url", with([](auto& o, auto& text) { o.base_url = "http://" + text + "/v1"; })},
        {"the host of the proxy", with([](auto& o, auto& text) { o.proxy = "http://" + text; })},
        {"the user of the proxy", with([](auto& o, auto& text) { o.proxy = "http://" + text + ":x@localhost:1"; })},
        {"the password of the proxy", with([](auto& o, auto& text) { o.proxy = "http://x:" + text + "@localhost:1"; })},
        {"the model", asking([](auto& r, auto& text) { r.model = text; })},
        {"a message", asking([](auto& r, auto& text) { r.messages[0].content = text; })},
        {"a name", asking([](auto& r, auto& text) { r.messages[0].name = text; })},
        {"the user", asking([](auto& r, auto& text) { r.user = text; })},
        {"a member of one's own", asking([](auto& r, auto& text) { r.extra.set(text, raw_json::trusted("1")); })},
        {"the id of a model",
         [](transport::options t, std::string const& text) {
             blocking_client c(std::move(t), options());
             return error_of(c.model(text));
         },
         true},
        {"a path of one's own",
         [](transport::options t, std::string const& text) {
             blocking_client c(std::move(t), options());
             return error_of(c.call("GET", "/" + text));
         }},
        {"a method of one's own",
         [](transport::options t, std::string const& text) {
             blocking_client c(std::move(t), options());
             return error_of(c.call(text, "/x"));
         }},
        {"the session of a completion", session([](auto& c, auto& text) {
             return c.create({.messages = {message::user("Hi")}, .ext = {.session_id = text}});
         })},
        {"a session to begin", session([](auto& c, auto& text) { return c.create_session(text); })},
        {"a session to look at", session([](auto& c, auto& text) { return c.get_session(text); }), true},
        {"a session to end", session([](auto& c, auto& text) { return c.end_session(text); })},
        {"the project",
         [](transport::options t, std::string const& text) {
             pathors::blocking_client c(std::move(t), options("http://localhost"), text);
             return error_of(c.get_session("s"));
         },
         true},
        {"a Chat", chat([](auto& c, auto& text) { return c.get_chat(text); }), true},
        {"a Chat to delete", chat([](auto& c, auto& text) { return c.delete_chat(text); }), true},
        {"a Chat's completion", chat([](auto& c, auto& text) {
             typename std::decay_t<decltype(c)>::request_type r;
             r.messages.emplace_back().content = "Hi";
             return c.create_for_chat(text, r);
         }),
         true},
        {"the project of Chats", chat([](auto& c, auto& text) { return c.list_chats(text); })},
    };
}

sent sent_by(client_place const& place, std::string const& text)
{
    sent out;
    test::peer p({[&](test::far_end& end) {
        out.bytes = end.request();
        end.send(test::http_answer(test::whole_answer));
        out.bytes += end.until_closed();
    }});
    out.error = place.call({.connect = p.connector()}, text);
    return out; // by then the client has closed; the peer's thread is joined before `out` is looked at
}

// The one request that these bytes are.
http::request_head read_request(std::string const& bytes, std::string& body)
{
    http::request_parser parser;
    parser.feed(bytes);
    parser.commit_eof();
    http::request_head head;
    std::size_t heads = 0, ends = 0;
    for (;;) {
        auto const p = parser.next();
        BOOST_TEST_REQUIRE(p.has_value(), "no request: " << bytes);
        if (p->what == http::piece::kind::head) {
            ++heads;
            head = parser.head();
        } else if (p->what == http::piece::kind::body) {
            body += p->body;
        } else if (p->what == http::piece::kind::end) {
            ++ends;
        } else {
            break;
        }
    }
    BOOST_TEST_REQUIRE(heads == 1U, bytes);
    BOOST_TEST(ends == 1U, bytes);
    return head;
}

std::size_t slashes(std::string const& target)
{
    return static_cast<std::size_t>(std::count(target.begin(), target.end(), '/'));
}

BOOST_AUTO_TEST_CASE(whatever_a_client_is_given_it_sends_one_request_or_none)
{
    std::size_t refused = 0, made = 0;
    for (auto const& place : client_places()) {
        sent harmless;
        harmless = sent_by(place, place.name == "the host of the proxy" ? "localhost:1" : "plain");
        std::string plain_body;
        auto const plain = read_request(harmless.bytes, plain_body);
        for (auto const& n : nasties())
            BOOST_TEST_CONTEXT(place.name << " is " << n.name)
            {
                sent s;
                s = sent_by(place, n.text);
                if (s.bytes.empty()) {
                    BOOST_TEST_REQUIRE(s.error.has_value());
                    BOOST_TEST((s.error->code == condition::misuse), s.error->what());
                    BOOST_TEST(s.error->what().find_first_of("\r\n\x1b") == std::string::npos);
                    ++refused;
                    continue;
                }
                ++made;
                std::string body;
                auto const head = read_request(s.bytes, body);
                BOOST_TEST(head.fields.size() == plain.fields.size());
                BOOST_TEST(head.fields.count("x-injected") == 0U);
                BOOST_TEST(head.target.find("#") == std::string::npos);
                if (place.name != "a method of one's own")
                    BOOST_TEST(head.method == plain.method);
                if (place.segment)
                    BOOST_TEST(slashes(std::string(http::split_target(head.target).path)) == slashes(plain.target),
                               head.target);
                if (!body.empty()) {
                    auto const v = test::parse_json(body);
                    auto const plain_v = test::parse_json(plain_body);
                    BOOST_TEST(v.as_object().size() == plain_v.as_object().size());
                    BOOST_TEST(v.as_object().contains("injected") == false);
                    BOOST_TEST(body.find_first_of("\r\n\0"s) == std::string::npos);
                }
            }
    }
    BOOST_TEST(refused >= 100U);
    BOOST_TEST(made >= 300U);
    BOOST_TEST_MESSAGE(made << " requests, " << refused << " refusals");
}

// ---- the server
// ------------------------------------------------------------------------------------------------------

// What a server says when `text` comes in somewhere.
struct server_place {
    std::string name;
    std::function<std::string(std::string const&)> answer; ///< bytes
    bool ours = true;                                      ///< the text has to be in it, as JSON has it
};

std::string quoted(std::string const& text) { return boost::json::serialize(boost::json::value(text)); }

std::string ask_for(std::string_view model, bool stream)
{
    return R"({"model":)" + quoted(std::string(model)) + R"(,"stream":)" + (stream ? "true" : "false") +
           R"(,"messages":[{"role":"user","content":"Hi"}]})";
}

std::string through(router const& routes, std::string const& bytes)
{
    test::served s(routes);
    s.receive(bytes);
    return s.sent;
}

std::string completed(completer c, std::string_view model = "m", bool stream = true, bool only_ours = false)
{
    completion_service service;
    router routes;
    if (only_ours)
        service.add_model({.id = "ours"}, std::move(c));
    else
        service.set_default(std::move(c));
    service.mount(routes);
    return through(routes, test::post("/v1/chat/completions", ask_for(model, stream)));
}

chunk with(std::function<void(delta&)> set)
{
    chunk c = test::saying("x");
    set(c.choices[0].delta);
    return c;
}

std::vector<server_place> server_places()
{
    auto const hello = test::knows({test::saying("Hi"), test::finishing()});
    auto const says = [](chunk c, bool stream = true) {
        return completed(test::knows({std::move(c), test::finishing()}), "m", stream);
    };
    auto const fails = [](std::vector<chunk> before, std::string const& t, bool stream) {
        return completed(test::knows(std::move(before), refusal(429, t, t, t, t)), "m", stream);
    };
    auto const of_session = [](std::string const& fields, bool stream) {
        test::sessions_world w;
        return through(w.routes, test::post(w.base() + "/chat/completions",
                                            R"({"messages":[{"role":"user","content":"Hi"}],"stream":)" +
                                                std::string(stream ? "true" : "false") + "," + fields + "}",
                                            "Authorization: Bearer k\r\n"));
    };
    auto const of_tools = [](std::string const& body) {
        mcp::tool_server tools({.about = {.name = "s", .version = "1"}});
        test::add_tools(tools);
        router routes;
        tools.mount(routes);
        return through(routes, test::post("/mcp", body, "Content-Type: application/json\r\n"));
    };
    return {
        {"the model of a stream", [=](auto& t) { return completed(hello, t); }},
        {"the model of an answer", [=](auto& t) { return completed(hello, t, false); }},
        {"a model that is not there", [=](auto& t) { return completed(hello, t, true, true); }},
        {"a model that is not there, in the path",
         [=](auto& t) {
             completion_service service;
             router routes;
             service.mount(routes);
             return through(routes, test::get("/v1/models/" + http::encode_segment(t)));
         },
         false},
        {"a path that is not there",
         [=](auto& t) { return through(router(), test::get("/" + http::encode_segment(t))); }, false},
        {"what a model says", [=](auto& t) { return says(test::saying(t)); }},
        {"what a model says at once", [=](auto& t) { return says(test::saying(t), false); }},
        {"what a model thinks", [=](auto& t) { return says(with([&](delta& d) { d.reasoning_content = t; })); }},
        {"what a model declines with", [=](auto& t) { return says(with([&](delta& d) { d.refusal = t; })); }},
        {"a call's id and name",
         [=](auto& t) {
             return says(with([&](delta& d) {
                 d.tool_calls = {{.index = 0, .id = t, .function = function_call_delta{.name = t, .arguments = t}}};
             }));
         }},
        {"a member of the model's own",
         [=](auto& t) {
             chunk c = test::saying("x");
             c.extra.set(t, raw_json::trusted(quoted(t)));
             return says(std::move(c));
         }},
        {"an error before anything", [=](auto& t) { return fails({}, t, true); }},
        {"an error in an answer", [=](auto& t) { return fails({test::saying("x")}, t, false); }},
        {"an error in a stream", [=](auto& t) { return fails({test::saying("x")}, t, true); }},
        {"a session of a stream", [=](auto& t) { return of_session("\"session_id\":" + quoted(t), true); }},
        {"a session of an answer", [=](auto& t) { return of_session("\"session_id\":" + quoted(t), false); }},
        {"a session that is not there",
         [=](auto& t) {
             test::sessions_world w;
             return through(w.routes,
                            test::get(w.base() + "/session/" + http::encode_segment(t), "Authorization: Bearer k\r\n"));
         },
         false},
        {"the id of a call of a tool",
         [=](auto& t) {
             return of_tools(R"({"jsonrpc":"2.0","method":"tools/call","params":{"name":"echo","arguments":{}},"id":)" +
                             quoted(t) + "}");
         }},
        {"the arguments of a tool",
         [=](auto& t) {
             return of_tools(
                 R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo","arguments":{"a":)" +
                 quoted(t) + "}}}");
         },
         false},
        {"a tool that is not there",
         [=](auto& t) {
             return of_tools(R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":)" + quoted("x" + t) +
                             "}}");
         },
         false},
        {"a method that is not there",
         [=](auto& t) { return of_tools(R"({"jsonrpc":"2.0","id":1,"method":)" + quoted("x" + t) + "}"); }, false},
        {"the content type of an answer of one's own",
         [=](auto& t) {
             router routes;
             routes.add({.method = "GET", .pattern = "/x", .begin = [&](server_call const&) {
                             return std::make_unique<immediate_plan>(answer{.body = "{}", .content_type = t});
                         }});
             return through(routes, test::get("/x"));
         },
         false},
    };
}

// What is left of an answer when texts are taken out: its status, the names of its fields, and how many events.
struct outline {
    int status = 0;
    std::vector<std::string> fields{};
    std::vector<std::string> events{};
    std::string body{};
};

outline outline_of(std::string const& bytes)
{
    auto const all = test::read_answers(bytes, {"POST", "POST", "POST"});
    BOOST_TEST_REQUIRE(all.size() == 1U, bytes);
    BOOST_TEST(all[0].complete);
    outline o{.status = all[0].status, .body = all[0].body};
    for (auto const& [name, value] : all[0].fields) {
        o.fields.push_back(name);
        BOOST_TEST(value.find_first_of("\r\n\0"s) == std::string::npos);
    }
    std::sort(o.fields.begin(), o.fields.end());
    if (all[0].field("content-type") == "text/event-stream")
        o.events = test::read_events(o.body);
    return o;
}

BOOST_AUTO_TEST_CASE(whatever_comes_in_a_server_gives_one_answer_with_the_same_fields_and_events)
{
    for (auto const& place : server_places()) {
        auto const plain = outline_of(place.answer("plain"));
        for (auto const& n : nasties())
            BOOST_TEST_CONTEXT(place.name << " is " << n.name)
            {
                auto const got = outline_of(place.answer(n.text));
                if (got.status == 400 || got.status == 404 || got.status == 414) { // refused is as good
                    BOOST_TEST(!test::parse_json(got.body).as_object().contains("injected"));
                    continue;
                }
                BOOST_TEST(got.status == plain.status);
                std::vector<std::string> dropped; // a value that HTTP cannot carry is left out; none is added
                std::set_difference(got.fields.begin(), got.fields.end(), plain.fields.begin(), plain.fields.end(),
                                    std::back_inserter(dropped));
                BOOST_TEST(dropped.empty());
                BOOST_TEST_REQUIRE(got.events.size() == plain.events.size(), got.body);
                std::size_t done = 0;
                for (auto const& e : got.events)
                    if (e == "[DONE]")
                        ++done;
                    else
                        BOOST_TEST(!test::parse_json(e).as_object().contains("injected"));
                BOOST_TEST(done ==
                           static_cast<std::size_t>(std::count(plain.events.begin(), plain.events.end(), "[DONE]")));
                if (got.events.empty() && !got.body.empty())
                    BOOST_TEST(!test::parse_json(got.body).as_object().contains("injected"));
                if (place.ours) {
                    bool found = false;
                    std::function<void(boost::json::value const&)> const look = [&](boost::json::value const& v) {
                        if (auto const* s = v.if_string())
                            found =
                                found || std::string_view(s->data(), s->size()).find(n.text) != std::string_view::npos;
                        else if (auto const* o = v.if_object())
                            for (auto const& m : *o)
                                look(m.value());
                        else if (auto const* a = v.if_array())
                            for (auto const& e : *a)
                                look(e);
                    };
                    for (auto const& e : got.events)
                        if (e != "[DONE]")
                            look(test::parse_json(e));
                    if (got.events.empty())
                        look(test::parse_json(got.body));
                    BOOST_TEST(found, got.body);
                }
            }
    }
}

// A program with an HTTP server of its own may hand over what no parser of ours has seen.
BOOST_AUTO_TEST_CASE(a_head_that_nobody_has_checked_makes_no_field_of_an_answer)
{
    router routes;
    completion_service service;
    service.mount(routes);
    routes.origins.loopback = true;
    routes.origins.origins = {"https://page.example"};
    for (auto const& n : nasties())
        BOOST_TEST_CONTEXT(n.name)
        {
            for (int where = 0; where != 2; ++where) {
                server_exchange x(routes);
                http::request_head h{.method = where ? "GET" : n.text, .target = where ? "/" + n.text : "/v1/models"};
                BOOST_TEST(!h.fields.set("Host", "localhost"));
                if (x.head(std::move(h), {}))
                    continue;
                auto const head = x.take_head();
                std::string bytes;
                BOOST_TEST(!http::write_head(bytes, head));
                BOOST_TEST(bytes.find("X-Injected") == std::string::npos);
                BOOST_TEST(test::parse_json(x.output()).as_object().size() == 1U);
            }
            http::fields f;
            bool const plain = n.text.find_first_of("\r\n\0\x1b\x7f"s) == std::string::npos;
            BOOST_TEST(bool(f.set("X", n.text)) == !plain);
            BOOST_TEST(bool(f.insert("X", n.text)) == !plain);
            BOOST_TEST(f.size() == (plain ? 2U : 0U));
        }
}

// ---- event streams
// ---------------------------------------------------------------------------------------------------

BOOST_AUTO_TEST_CASE(a_text_makes_no_event_but_its_own)
{
    for (auto const& n : nasties())
        BOOST_TEST_CONTEXT(n.name)
        {
            auto const read = [](std::string const& bytes) {
                sse::parser parser;
                parser.feed("data: before\n\n" + bytes + "data: after\n\n");
                std::vector<std::string> out;
                sse::event_view e;
                while (parser.next(e))
                    out.push_back(std::string(e.type) + '/' + std::string(e.id) + '/' + std::string(e.data));
                BOOST_TEST(!parser.error());
                return out;
            };
            auto lines = n.text; // whatever ends a line arrives as LF
            for (std::size_t at; (at = lines.find("\r\n")) != lines.npos;)
                lines.erase(at, 1);
            std::replace(lines.begin(), lines.end(), '\r', '\n');
            bool const one_line = lines.find('\n') == lines.npos;

            std::string data, comment, type, id;
            sse::write_data(data, n.text);
            auto const seen = read(data);
            BOOST_TEST_REQUIRE(seen.size() == 3U);
            BOOST_TEST((seen[1] == "message//" + lines));
            sse::write_comment(comment, n.text);
            BOOST_TEST(read(comment).size() == 2U);
            BOOST_TEST(bool(sse::write_event(type, {.type = n.text, .data = "x"})) == !one_line);
            BOOST_TEST(read(type).size() == (one_line ? 3U : 2U));
            bool const may_be_id = one_line && n.text.find('\0') == n.text.npos;
            BOOST_TEST(bool(sse::write_event(id, {.data = "x", .id = n.text})) == !may_be_id);
            BOOST_TEST(read(id).size() == (may_be_id ? 3U : 2U));
        }
}

} // namespace abuse_injection_test

BOOST_AUTO_TEST_SUITE_END()
