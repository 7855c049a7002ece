// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
// Every kind of request a gateway serves, its model behind an upstream, with every mishap at every step of it: of the
// caller's connection, of the upstream's, and of the work on the store.
#include "../support/answers.hpp"
#include "../support/chats.hpp"
#include "../support/sessions.hpp"
#include "../support/tools.hpp"
#include "every_step.hpp"

#include <chatwire/mcp/serve_lines.hpp>
#include <chatwire/relay/relay.hpp>
#include <chatwire/server/completion_service.hpp>
#include <chatwire/server/serve.hpp>

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

BOOST_AUTO_TEST_SUITE(faults_server)

namespace faults_server_test {

using namespace chatwire;
using namespace chatwire::test;
using act = io::action::kind;
using out = io::outcome::kind;

// A driver of a served connection, whose caller and upstream a script plays.
struct both_ends {
    std::string incoming; // what the caller sends before it closes
    simulation upstream{};
    std::size_t at_once = 150; // bytes the caller gives, or takes
    std::size_t fail_at = static_cast<std::size_t>(-1);
    io::outcome injected{};
    bool late = false; // work that is not waited for is done all the same

    std::string sent{};
    bool open = true;
    std::size_t steps = 0;
    std::optional<act> hit{};
    std::string log{};
    std::optional<io::port> broken{};

    template <class Op>
    auto run(Op op)
    {
        for (io::outcome last;;) {
            auto a = op.resume(last);
            if (a.what == act::done)
                return op.take();
            BOOST_TEST_REQUIRE(steps < 20'000U, "it does not end: " << log);
            BOOST_TEST(open, "an action after the close");
            last = perform(a);
        }
    }

private:
    bool fits(io::action const& a) const
    {
        switch (injected.what) {
        case out::eof: return a.what == act::read;
        case out::caller_gone: return a.watch_caller;
        case out::timeout: return a.deadline != io::never;
        default: return true;
        }
    }

    io::outcome perform(io::action& a)
    {
        bool const caller = a.p == io::port::caller;
        if (a.what == act::close) { // always goes
            log += caller ? 'x' : 'X';
            if (caller)
                open = false;
            else
                upstream.act(a);
            return io::outcome::bytes(0);
        }
        auto const step = steps++;
        if (step == fail_at && fits(a))
            hit = a.what;
        else if (step == fail_at)
            hit = act::close; // for it cannot be
        // told to stop, or without a caller, it stays so; a port that is broken, too
        bool const for_good = injected.what == out::cancelled || injected.what == out::caller_gone ||
                              ((injected.what == out::error || injected.what == out::eof) && broken == a.p && caller);
        if ((step == fail_at || (hit && *hit != act::close && for_good)) && fits(a)) {
            log += '!';
            broken = a.p;
            if (late && a.work)
                a.work();
            if (!caller)
                upstream.given.clear();
            return injected;
        }
        log += a.what == act::read ? 'r' : a.what == act::write ? 'w' : a.what == act::offload ? 'o' : '.';
        switch (a.what) {
        case act::offload:
        case act::start: a.work(); return io::outcome::bytes(0);
        case act::wait: return {.what = out::woken};
        default: break;
        }
        if (!caller)
            return upstream.act(a);
        if (a.what == act::write) {
            auto const n = std::min(at_once, a.out.size());
            sent += a.out.substr(0, n);
            return io::outcome::bytes(n);
        }
        auto const n = std::min({at_once, a.in.size(), incoming.size()});
        if (n == 0)
            return {.what = out::eof};
        std::copy_n(incoming.begin(), n, a.in.begin());
        incoming.erase(0, n);
        return io::outcome::bytes(n);
    }
};

// A gateway: OpenAI's surface, Pathors', the Chats module and tools, with a model behind an upstream.
struct gateway {
    gateway()
    {
        auto const model = relay_to({.client = {.base_url = "https://localhost/v1", .api_key = "k"}});
        sessions.model = model;
        chats.model = model;
        plain.add_model({.id = "m"}, model);
        plain.mount(routes);
        add_tools(tools);
        tools.mount(routes);
        chat = chats.create();
    }

    // Serves one connection.
    void serve_connection(router const& r, both_ends& d)
    {
        std::atomic<bool> draining{false};
        BOOST_TEST(d.run(chatwire::serve(r, {}, draining, [] {})).has_value());
        BOOST_TEST(!d.open);
        BOOST_TEST(!d.upstream.open, d.log);
    }

    sessions_world sessions{};
    chats_world chats{};
    completion_service plain{};
    mcp::tool_server tools{{.about = {.name = "s", .version = "1"}}};
    router routes{};
    std::string chat;
};

struct served_exchange {
    char const* name;
    std::function<router const&(gateway&)> routes;
    std::function<std::string(gateway&)> asks;
    std::string answer;       // of the upstream
    std::string_view success; // stands in no answer but a whole one
};

std::vector<served_exchange> const& served_exchanges()
{
    static auto const own = [](gateway& g) -> router const& { return g.routes; };
    static auto const pathors = [](gateway& g) -> router const& { return g.sessions.routes; };
    static auto const chats = [](gateway& g) -> router const& { return g.chats.routes; };
    static std::string const hi = R"("messages":[{"role":"user","content":"Hi"}])";
    static std::string const key = "Authorization: Bearer k\r\n", ada = "Authorization: Bearer ada\r\n";
    static auto const say = [](std::string path, std::string fields, std::string more) {
        return [=](gateway&) { return post(path, '{' + hi + more + '}', fields); };
    };
    static std::string const session = sessions_world::base() + "/chat/completions";
    constexpr std::string_view done = "[DONE]", whole = "\"finish_reason\":\"stop\"";
    static std::vector<served_exchange> const all{
        {"a stream", own, say("/v1/chat/completions", "", R"(,"model":"m","stream":true)"), chunked(stream_body()),
         done},
        {"a completion", own, say("/v1/chat/completions", "", R"(,"model":"m")"), http_answer(whole_answer), whole},
        {"a session's stream", pathors, say(session, key, R"(,"session_id":"s","stream":true)"), chunked(stream_body()),
         done},
        {"a session's completion", pathors, say(session, key, R"(,"session_id":"s")"), http_answer(whole_answer),
         whole},
        {"a session", pathors,
         [](gateway&) { return post(sessions_world::base() + "/session", R"({"session_id":"s"})", key); }, "",
         "\"sessionId\":\"s\""},
        {"a chat's stream", chats,
         [](gateway& g) {
             return post("/api/v1/chats/" + g.chat + "/completions", '{' + hi + R"(,"stream":true})", ada);
         },
         chunked(stream_body()), done},
        {"a chat's completion", chats,
         [](gateway& g) { return post("/api/v1/chats/" + g.chat + "/completions", '{' + hi + '}', ada); },
         http_answer(whole_answer), whole},
        {"a list of chats", chats, [](gateway&) { return get("/api/v1/chats", ada); }, "", "\"createdAt\""},
        {"a tool", own,
         [](gateway&) {
             return post(
                 "/mcp",
                 R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo","arguments":{"a":1}}})",
                 "Accept: application/json, text/event-stream\r\nContent-Type: application/json\r\n"
                 "MCP-Protocol-Version: 2025-06-18\r\n");
         },
         "", "\"isError\":false"},
        {"a tool that waits", own,
         [](gateway&) {
             return post("/mcp",
                         R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"waits","arguments":{},)"
                         R"("_meta":{"progressToken":1}}})",
                         "Accept: application/json, text/event-stream\r\nContent-Type: application/json\r\n"
                         "MCP-Protocol-Version: 2025-06-18\r\n");
         },
         "", "\"isError\":false"},
    };
    return all;
}

both_ends ends_for(served_exchange const& x, gateway& g)
{
    std::vector<std::string> const connection(2, x.answer);
    return {.incoming = x.asks(g),
            .upstream = {.answers = {connection, connection, connection}, .read_size = 300, .write_size = 300}};
}

// What a server says, without what differs each time, and signs of life.
std::string without_ids(std::string_view said)
{
    auto out = canonical(said);
    for (std::size_t at = 0; (at = out.find("cht_", at)) != out.npos;)
        out.erase(at, 20);
    constexpr std::string_view sign_of_life = "3\r\n:\n\n\r\n";
    for (std::size_t at = 0; (at = out.find(sign_of_life, at)) != out.npos;)
        out.erase(at, sign_of_life.size());
    return out;
}

std::string const kept_turn = "user:Hi|assistant:Hello";

BOOST_AUTO_TEST_CASE(whatever_goes_wrong_at_whatever_step_nothing_is_half_done_and_the_next_request_is_served)
{
    for (auto const& x : served_exchanges()) {
        gateway g;
        auto clean = ends_for(x, g);
        g.serve_connection(x.routes(g), clean);
        BOOST_TEST_REQUIRE(clean.sent.find(x.success) != std::string::npos, x.name << ": " << clean.sent);
        auto const good = without_ids(clean.sent);
        bool const is_turn = g.sessions.kept("s") == kept_turn;

        for (bool const late : {false, true}) {
            auto const runs = at_every_step([&](std::size_t step, mishap const& m) {
                gateway w;
                auto d = ends_for(x, w);
                d.fail_at = step;
                d.injected = m.outcome;
                d.late = late;
                BOOST_TEST_CONTEXT(x.name)
                {
                    w.serve_connection(x.routes(w), d);
                    if (!d.hit || *d.hit == act::close)
                        return d.hit;
                    bool const success = d.sent.find(x.success) != std::string::npos;
                    if (success)
                        BOOST_TEST(good.starts_with(without_ids(d.sent)), d.log << ": " << d.sent);
                    auto const kept = w.sessions.kept("s");
                    BOOST_TEST((kept == "none" || kept.empty() || (is_turn && kept == kept_turn)), kept);
                    if (is_turn && success)
                        BOOST_TEST(kept == kept_turn);

                    auto next = ends_for(x, w);
                    w.serve_connection(x.routes(w), next);
                    BOOST_TEST(without_ids(next.sent) == good);
                    if (is_turn)
                        BOOST_TEST(w.sessions.kept("s") == (kept == kept_turn ? kept_turn + '|' : "") + kept_turn);
                }
                return d.hit;
            });
            BOOST_TEST(runs >= 5 * clean.steps, x.name << ": " << runs);
        }
    }
}

BOOST_AUTO_TEST_CASE(a_byte_at_a_time_is_as_good_as_all_at_once)
{
    for (auto const& x : served_exchanges()) {
        std::string said[2];
        for (int i : {0, 1}) {
            gateway g;
            auto d = ends_for(x, g);
            d.at_once = d.upstream.read_size = d.upstream.write_size = i == 0 ? 1 : 1'000'000;
            g.serve_connection(x.routes(g), d);
            for (auto const& a : read_answers(d.sent, {"POST"}))
                said[i] += std::to_string(a.status) + without_ids(a.body);
        }
        BOOST_TEST(said[0] == said[1], x.name);
        BOOST_TEST(said[0].find(x.success) != std::string::npos);
    }
}

BOOST_AUTO_TEST_CASE(a_request_that_ends_after_any_byte_is_no_request)
{
    for (auto const& x : served_exchanges()) {
        gateway g;
        auto const all = x.asks(g);
        for (std::size_t n = 0; n < all.size(); ++n) {
            auto d = ends_for(x, g);
            d.incoming.resize(n);
            d.at_once = 1'000'000;
            g.serve_connection(x.routes(g), d);
            BOOST_TEST(d.sent == "", x.name << " cut after " << n);
        }
        BOOST_TEST(g.sessions.memory->rows() == 0U);
    }
}

BOOST_AUTO_TEST_CASE(a_store_of_chats_that_fails_at_any_call_is_the_servers_fault_and_half_of_nothing)
{
    struct {
        char const* method;
        std::string target, body;
    } const calls[] = {
        {"POST", "", R"({"projectId":"prj_a","aiProviderId":"aip_a"})"},
        {"GET", "", ""},
        {"GET", "/ID", ""},
        {"POST", "/ID/completions", R"({"messages":[{"role":"user","content":"Hi"}]})"},
        {"POST", "/ID/completions", R"({"messages":[{"role":"user","content":"Hi"}],"stream":true})"},
        {"DELETE", "/ID", ""},
    };
    for (auto const& c : calls) {
        std::size_t failed = 0;
        for (std::size_t k = 0;; ++k) {
            chats_world w;
            auto const id = w.create();
            auto target = "/chats" + c.target;
            if (auto const at = target.find("ID"); at != target.npos)
                target.replace(at, 2, id);
            auto const rows = w.memory->rows();
            auto const before = w.store->calls;
            w.store->fail_from = before + k;
            w.store->with = failure(errc::connection_lost, "a secret of the store");
            auto const a = w.call("ada", c.method, target, c.body);
            if (w.store->calls <= before + k)
                break;
            ++failed;
            BOOST_TEST_CONTEXT(c.method << ' ' << target << ", call " << k)
            {
                BOOST_TEST(a.status == 500);
                BOOST_TEST(a.body.find("secret") == std::string::npos);
                BOOST_TEST(a.body.find("[DONE]") == std::string::npos);
                BOOST_TEST(w.memory->rows() == rows);
                w.store->fail_from = std::string_view::npos;
                BOOST_TEST(w.call("ada", c.method, target, c.body).status < 300);
            }
        }
        BOOST_TEST(failed > 0U, c.method << c.target);
    }
}

// ---- tools over lines

// Serves a stream of lines; each tool works at once.
std::string serve_lines_of(mcp::tool_server const& server, both_ends& d, bool& well)
{
    auto const place = [] {
        return mcp::line_place{.wake = [] {},
                               .cancel = [] {},
                               .start =
                                   [](mcp::line_task t) {
                                       for (io::outcome o; t.resume(o).what != act::done;)
                                           o = {.what = out::woken};
                                   }};
    };
    well = d.run(mcp::serve_lines(
                     server, {}, [] {}, place))
               .has_value();
    return d.sent;
}

BOOST_AUTO_TEST_CASE(whatever_goes_wrong_with_lines_each_answer_is_whole_or_the_last)
{
    gateway g;
    std::string const said =
        R"({"jsonrpc":"2.0","id":1,"method":"tools/list"})"
        "\n"
        R"({"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"echo","arguments":{"a":1}}})"
        "\n"
        R"({"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"waits"}})"
        "\n"
        R"({"jsonrpc":"2.0","id":4,"method":"ping"})"; // the end ends it
    bool well = false;
    both_ends clean{.incoming = said};
    auto const good = serve_lines_of(g.tools, clean, well);
    BOOST_TEST(well);
    BOOST_TEST(std::count(good.begin(), good.end(), '\n') >= 4);
    for (std::size_t const n : {std::size_t{1}, std::size_t{1'000'000}}) {
        both_ends d{.incoming = said, .at_once = n};
        BOOST_TEST(serve_lines_of(g.tools, d, well) == good);
    }
    auto const runs = at_every_step([&](std::size_t step, mishap const& m) {
        both_ends d{.incoming = said, .fail_at = step, .injected = m.outcome};
        auto const got = serve_lines_of(g.tools, d, well);
        if (d.hit && *d.hit != act::close) {
            // what was cut by the end of the input is answered as what it is
            auto const cut = got.find(R"({"jsonrpc":"2.0","error":{"code":-32700)");
            BOOST_TEST(good.starts_with(got.substr(0, cut)), got);
            BOOST_TEST((cut == got.npos || m.outcome.what == out::eof));
            // an end is an end; after everything else the caller of it is told
            BOOST_TEST(well == (m.outcome.what == out::eof));
            both_ends next{.incoming = said};
            BOOST_TEST(serve_lines_of(g.tools, next, well) == good);
        }
        return d.hit;
    });
    BOOST_TEST(runs >= 5 * clean.steps);
}

} // namespace faults_server_test

BOOST_AUTO_TEST_SUITE_END()
