// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include "../support/raw_client.hpp"
#include "../support/servers.hpp"
#include "../support/tools.hpp"
#include "../support/until.hpp"

#include <chatwire/mcp/tool_server.hpp>

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <chrono>
#include <memory>
#include <string>

BOOST_AUTO_TEST_SUITE(mcp_tool_server)

namespace mcp_tool_server_test {

using namespace chatwire;
using namespace chatwire::mcp;
using mcp::tool;
using mcp::tool_call;

struct fixture {
    tool_server server{{.about = {.name = "s", .version = "1"}, .page_size = 2, .list_ttl = std::chrono::seconds(5)}};
    fixture() { test::add_tools(server); }

    std::string ask(std::string method, std::string params = "", version v = version::of_2025_11_25)
    {
        auto const call = server.begin(test::message(R"({"jsonrpc":"2.0","id":1,"method":")" + method + "\"" +
                                                     (params.empty() ? "" : ",\"params\":" + params) + "}"),
                                       {.version = v});
        BOOST_TEST((call->resume({}).what == io::action::kind::done));
        status = call->status();
        return call->answer();
    }
    int status = 0;
};

std::string result(std::string inside) { return R"({"jsonrpc":"2.0","id":1,"result":)" + inside + "}"; }

BOOST_FIXTURE_TEST_CASE(tools_have_names_of_their_own_and_schemas, fixture)
{
    tool t{.name = "echo"};
    t.begin = [](tool_call) { return std::unique_ptr<running_tool>(); };
    auto const refused = [&] { return server.add(t).error().code == errc::invalid_argument; };
    BOOST_TEST(refused());
    t.name = "";
    BOOST_TEST(refused());
    t.name = "other";
    t.input_schema = raw_json::trusted("{}");
    BOOST_TEST(refused());
    t.input_schema = raw_json::trusted(R"({"type":"object"})");
    BOOST_TEST(server.add(t).has_value());
    t.name = "another";
    t.begin = {};
    BOOST_TEST(refused());
}

BOOST_FIXTURE_TEST_CASE(methods_depend_on_the_revision, fixture)
{
    std::string const extras = R"("resultType":"complete")",
                      meta = R"("_meta":{"io.modelcontextprotocol/serverInfo":{"name":"s","version":"1"}})";
    BOOST_TEST(ask("ping") == result("{}"));
    BOOST_TEST(
        ask("initialize", R"({"protocolVersion":"2025-06-18"})") ==
        result(
            R"({"protocolVersion":"2025-06-18","capabilities":{"tools":{}},"serverInfo":{"name":"s","version":"1"}})"));
    BOOST_TEST(
        ask("server/discover", "", version::of_2026_07_28) ==
        result(
            "{" + extras + R"(,"ttlMs":5000,"cacheScope":"private",)" + meta +
            R"(,"supportedVersions":["2026-07-28","2025-11-25","2025-06-18","2025-03-26"],"capabilities":{"tools":{}}})"));
    BOOST_TEST(ask("tools/call", R"({"name":"echo"})", version::of_2026_07_28) ==
               result("{" + extras + "," + meta + R"(,"content":[{"type":"text","text":"{}"}],"isError":false})"));
    for (auto const* method : {"server/discover", "other"}) {
        ask(method);
        BOOST_TEST(status == 200);
    }
    for (auto const* method : {"ping", "initialize", "other"}) {
        BOOST_TEST((ask(method, "{}", version::of_2026_07_28).find("-32601") != std::string::npos));
        BOOST_TEST(status == 404);
    }
}

BOOST_FIXTURE_TEST_CASE(a_list_comes_in_pages, fixture)
{
    auto const first = ask("tools/list");
    BOOST_TEST(first == result(R"({"tools":[{"name":"echo","inputSchema":{"type":"object"}},)"
                               R"({"name":"waits","inputSchema":{"type":"object"}}],"nextCursor":"2"})"));
    BOOST_TEST(ask("tools/list", R"({"cursor":"2"})") ==
               result(R"({"tools":[{"name":"throws","inputSchema":{"type":"object"}}]})"));
    for (auto const* cursor : {"0", "3", "-1", "x", "", "99999999999999999999"})
        BOOST_TEST(
            (ask("tools/list", R"({"cursor":")" + std::string(cursor) + "\"}").find("-32602") != std::string::npos));
    BOOST_TEST((ask("tools/list", R"({"cursor":2})").find("-32602") != std::string::npos));
    tool_server const empty({});
    auto const none = empty.begin(test::message(R"({"jsonrpc":"2.0","id":1,"method":"tools/list"})"),
                                  {.version = version::of_2025_11_25});
    BOOST_TEST(none->answer() == result(R"({"tools":[]})"));
}

BOOST_FIXTURE_TEST_CASE(before_2026_only_objects_are_structured, fixture)
{
    for (std::string const type : {"object", "array"}) {
        tool t{.name = type, .output_schema = raw_json::trusted(R"({"type":")" + type + "\"}")};
        t.begin = [](tool_call) -> std::unique_ptr<running_tool> { return nullptr; };
        BOOST_TEST(server.add(std::move(t)).has_value());
    }
    std::string const object = R"("outputSchema":{"type":"object"})", array = R"("outputSchema":{"type":"array"})";
    auto const has = [&](version v, std::string const& what) {
        return (ask("tools/list", R"({"cursor":"2"})", v) + ask("tools/list", R"({"cursor":"4"})", v)).find(what) !=
               std::string::npos;
    };
    BOOST_TEST(has(version::of_2025_11_25, object));
    BOOST_TEST(!has(version::of_2025_11_25, array));
    BOOST_TEST(has(version::of_2026_07_28, object));
    BOOST_TEST(has(version::of_2026_07_28, array));
}

BOOST_FIXTURE_TEST_CASE(calls_are_checked_before_they_begin, fixture)
{
    tool t{.name = "strict",
           .input_schema = raw_json::trusted(R"({"type":"object","required":["a"]})"),
           .needs = {"roots"}};
    t.begin = [](tool_call) -> std::unique_ptr<running_tool> {
        throw exception(failure(errc::invalid_argument, "begun"));
    };
    BOOST_TEST(server.add(t).has_value());
    for (auto const* params : {"[]", "{}", R"({"name":5})", R"({"name":"none"})", R"({"name":"echo","arguments":[]})",
                               R"({"name":"echo","_meta":5})"})
        BOOST_TEST((ask("tools/call", params).find("-32602") != std::string::npos), params);
    BOOST_TEST((ask("tools/call", R"({"name":"strict","arguments":{}})").find("Invalid arguments: 'a' is missing") !=
                std::string::npos));
    // only where requests say so is it known what a client can do
    BOOST_TEST((ask("tools/call", R"({"name":"strict","arguments":{"a":1}})").find("begun") != std::string::npos));
    BOOST_TEST(ask("tools/call", R"({"name":"strict","arguments":{"a":1}})", version::of_2026_07_28) ==
               R"({"jsonrpc":"2.0","id":1,"error":{"code":-32021,"message":"The tool needs capabilities that were not )"
               R"(declared","data":{"requiredCapabilities":{"roots":{}}}}})");
    BOOST_TEST(status == 400);
    BOOST_TEST((
        ask("tools/call",
            R"({"name":"strict","arguments":{"a":1},"_meta":{"io.modelcontextprotocol/clientCapabilities":{"roots":{}}}})",
            version::of_2026_07_28)
            .find("begun") != std::string::npos));
}

BOOST_FIXTURE_TEST_CASE(a_tool_sees_where_its_call_comes_from, fixture)
{
    tool_call seen;
    tool t{.name = "looks"};
    t.begin = [&](tool_call call) {
        seen = call;
        return std::make_unique<test::scripted_tool>([](io::outcome const&, tool_result& r) {
            r.structured = raw_json::trusted("5");
            return io::action::finish();
        });
    };
    BOOST_TEST(server.add(t).has_value());
    call_site site{.version = version::of_2025_06_18, .request_id = "req_1"};
    BOOST_TEST(!site.head.fields.set("Authorization", "Bearer x"));
    auto const c = server.begin(
        test::message(
            R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"looks","arguments":{"a": 1}}})"),
        site);
    c->resume({});
    BOOST_TEST(seen.name == "looks");
    BOOST_TEST(seen.arguments.text() == R"({"a": 1})");
    BOOST_TEST(*seen.head.fields.find("authorization") == "Bearer x");
    BOOST_TEST(seen.request_id == "req_1");
    BOOST_TEST((seen.version == version::of_2025_06_18));
    BOOST_TEST(c->answer() == result(R"({"content":[],"isError":false})")); // before 2026 only objects are sent
}

BOOST_FIXTURE_TEST_CASE(it_is_mounted_as_a_route, fixture)
{
    router routes;
    server.mount(routes, "/tools", [](server_call const& call) -> std::optional<failure> {
        return call.bearer() == "k" ? std::nullopt : std::optional(refusal(401, "Who?"));
    });
    auto const ask_route = [&](std::string const& bytes) {
        test::served s(routes);
        s.receive(bytes);
        s.end();
        return test::read_answers(s.sent, {"POST"}).at(0);
    };
    std::string const json = "Content-Type: application/json\r\n", key = "Authorization: Bearer k\r\n";
    std::string const ping = R"({"jsonrpc":"2.0","id":1,"method":"ping"})";
    auto const good = ask_route(test::post("/tools", ping, json + key));
    BOOST_TEST(good.status == 200);
    BOOST_TEST(good.body == result("{}"));
    BOOST_TEST(ask_route(test::post("/tools", ping, json)).status == 401);
    BOOST_TEST(ask_route(test::post("/tools", ping, json)).body ==
               R"({"jsonrpc":"2.0","error":{"code":-32600,"message":"Who?"}})");
    BOOST_TEST(ask_route(test::post("/tools", ping, key)).status == 415);
    BOOST_TEST(ask_route(test::post("/tools", ping, json + key + "Accept: text/html\r\n")).status == 406);
    BOOST_TEST(ask_route(test::post("/tools", ping, json + key + "Origin: http://elsewhere.example\r\n")).status ==
               403);
    BOOST_TEST(ask_route(test::get("/tools", key)).status == 405);
    auto const note =
        ask_route(test::post("/tools", R"({"jsonrpc":"2.0","method":"notifications/initialized"})", json + key));
    BOOST_TEST(note.status == 202);
    BOOST_TEST(note.body == "");
}

// ---- with both servers

// A tool that reports, and then goes on when the test says so; it tells how it ended.
struct gated {
    test::gate go_on;
    std::atomic<int> ended{0}; // 1: wanted, 2: cancelled

    tool make()
    {
        return function_tool({.name = "gated"}, [this](tool_call const& call) {
            call.reporter.progress(1);
            go_on.pass();
            bool const cancelled = call.reporter.cancelled();
            ended = cancelled ? 2 : 1;
            return tool_result::text("passed");
        });
    }
};

std::string call_over_http(std::string name, std::string_view meta)
{
    return test::post("/mcp",
                      R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":")" + name + R"(","_meta":{)" +
                          std::string(meta) + "}}}",
                      "Content-Type: application/json\r\nAccept: application/json, text/event-stream\r\n");
}

BOOST_AUTO_TEST_CASE_TEMPLATE(progress_and_signs_of_life_come_while_a_function_runs, Kit, test::server_kits)
{
    gated g;
    tool_server server({.about = {.name = "s", .version = "1"}});
    BOOST_TEST(server.add(g.make()).has_value());
    Kit kit({.limits = {.heartbeat = std::chrono::milliseconds(20)}});
    server.mount(kit.server.routes());
    auto const port = kit.start();
    {
        test::raw_client c(port);
        c.send(call_over_http("gated", R"("progressToken":"p")"));
        BOOST_TEST(c.wait_for(R"("progressToken":"p","progress":1)"));
        BOOST_TEST(c.wait_for("\r\n:\n\n")); // a comment
        BOOST_TEST((c.received.find("passed") == std::string::npos));
        g.go_on.open();
        auto const a = c.answer();
        BOOST_TEST(a.status == 200);
        auto const events = test::read_events(a.body);
        BOOST_TEST(events.size() == 2U);
        BOOST_TEST(events.back() == result(R"({"content":[{"type":"text","text":"passed"}],"isError":false})"));
        BOOST_TEST(g.ended == 1);
        c.send(call_over_http("gated", "")); // on the same connection; nothing is said before the end
        auto const plain = c.answer();
        BOOST_TEST(*plain.fields.find("content-type") == "application/json");
        BOOST_TEST(plain.body == result(R"({"content":[{"type":"text","text":"passed"}],"isError":false})"));
    }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(tools_are_told_when_their_caller_goes, Kit, test::server_kits)
{
    tool_server server({.about = {.name = "s", .version = "1"}});
    std::atomic<bool> function_told{false}, operation_told{false};
    BOOST_TEST(server
                   .add(function_tool({.name = "function"},
                                      [&](tool_call const& call) {
                                          call.reporter.progress(1);
                                          function_told = test::until([&] { return call.reporter.cancelled(); });
                                          return tool_result::text("unheard");
                                      }))
                   .has_value());
    tool t{.name = "operation"};
    t.begin = [&](tool_call call) {
        call.reporter.progress(1);
        return std::make_unique<test::scripted_tool>([&, call](io::outcome const& o, tool_result&) {
            operation_told = o.what == io::outcome::kind::caller_gone;
            return operation_told ? io::action::finish() : io::action::wait_until(io::never);
        });
    };
    BOOST_TEST(server.add(std::move(t)).has_value());
    Kit kit;
    server.mount(kit.server.routes());
    auto const port = kit.start();
    for (auto const* name : {"function", "operation"}) {
        test::raw_client c(port);
        c.send(call_over_http(name, R"("progressToken":"p")"));
        BOOST_TEST(c.wait_for(R"("progress":1)"));
    }
    BOOST_TEST(test::until([&] { return operation_told.load(); }));
    BOOST_TEST(test::until([&] { return function_told.load(); }));
}

} // namespace mcp_tool_server_test
BOOST_AUTO_TEST_SUITE_END()
