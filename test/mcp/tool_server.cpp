// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include "../support/served.hpp"
#include "../support/tools.hpp"

#include <chatwire/mcp/tool_server.hpp>

#include <boost/test/unit_test.hpp>

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

} // namespace mcp_tool_server_test
BOOST_AUTO_TEST_SUITE_END()
