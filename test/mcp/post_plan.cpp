// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include "../support/tools.hpp"

#include <chatwire/mcp/post_plan.hpp>

#include <boost/test/unit_test.hpp>

#include <string>
#include <utility>
#include <vector>

BOOST_AUTO_TEST_SUITE(mcp_post_plan)

namespace mcp_post_plan_test {

using namespace chatwire;
using namespace chatwire::mcp;
using mcp::tool;
using mcp::tool_call;
using act = io::action::kind;
using out = io::outcome::kind;
using fields = std::vector<std::pair<char const*, char const*>>;

struct fixture {
    tool_server server{{.about = {.name = "s", .version = "1"}}};
    fixture() { test::add_tools(server); }

    post_plan plan(std::string body, fields const& f = {}, char const* accept = "application/json, text/event-stream")
    {
        server_call call;
        call.body = std::move(body);
        call.wake = [] {};
        BOOST_TEST(!call.head.fields.insert("Accept", accept));
        for (auto const& [name, value] : f)
            BOOST_TEST(!call.head.fields.insert(name, value));
        return post_plan(server, std::move(call));
    }
    answer ask(std::string body, fields const& f = {})
    {
        auto p = plan(std::move(body), f);
        BOOST_TEST((p.resume({}).what == act::done));
        return *p.whole();
    }
    int status(std::string body, fields const& f, char const* code)
    {
        auto const a = ask(std::move(body), f);
        BOOST_TEST((a.body.find(code) != std::string::npos), a.body);
        return a.status;
    }
};

std::string call(std::string tool, std::string more = "")
{
    return R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":")" + tool + "\"" + more + "}}";
}

BOOST_AUTO_TEST_CASE(fields_are_looked_at_before_the_body)
{
    auto const check = [](fields const& f) {
        http::fields all;
        for (auto const& [name, value] : f)
            BOOST_TEST(!all.insert(name, value));
        auto const refused = check_post(all);
        return refused ? refused->status : 200;
    };
    BOOST_TEST(check({{"Content-Type", "application/json"}}) == 200);
    BOOST_TEST(check({{"content-type", "Application/JSON; charset=utf-8"}, {"accept", "text/html, */*;q=0.1"}}) == 200);
    BOOST_TEST(check({{"Content-Type", "application/json"}, {"Accept", "text/html"}, {"Accept", "application/json"}}) ==
               200);
    BOOST_TEST(check({{"Content-Type", "application/json"}, {"Accept", "text/event-stream"}}) == 406);
    BOOST_TEST(check({{"Content-Type", "application/json"}, {"Accept", ""}}) == 406);
    BOOST_TEST(check({{"Content-Type", "text/json"}}) == 415);
    BOOST_TEST(check({}) == 415);
}

BOOST_FIXTURE_TEST_CASE(what_is_said_before_the_end_makes_it_a_stream, fixture)
{
    auto p = plan(call("waits", R"(,"_meta":{"progressToken":"t"})"));
    BOOST_TEST(p.envelope().own_events);
    BOOST_TEST(p.envelope().stream);
    BOOST_TEST((p.resume({}).what == act::wait));
    BOOST_TEST((
        p.take_events() ==
        std::vector<std::string>{
            R"({"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":"t","progress":1,"total":2}})"}));
    BOOST_TEST((p.resume({.what = out::woken}).what == act::done));
    BOOST_TEST(p.whole()->body ==
               R"({"jsonrpc":"2.0","id":1,"result":{"content":[{"type":"text","text":"waited"}],"isError":false}})");
    // who takes no stream gets none, not even a sign of life; nor does who asks for what is known already
    auto quiet = plan(call("waits", R"(,"_meta":{"progressToken":"t"})"), {}, "application/json");
    BOOST_TEST(!quiet.envelope().stream);
    quiet.resume({});
    BOOST_TEST(quiet.take_events().empty());
    BOOST_TEST(!plan(R"({"jsonrpc":"2.0","id":1,"method":"ping"})").envelope().stream);
}

BOOST_FIXTURE_TEST_CASE(one_whose_caller_goes_gives_up, fixture)
{
    auto p = plan(call("waits"));
    p.resume({});
    BOOST_TEST((p.resume({.what = out::caller_gone}).what == act::done));
    BOOST_TEST(p.whole()->status == 202); // unread
    BOOST_TEST(p.whole()->body == "");
}

BOOST_FIXTURE_TEST_CASE(which_revision_it_is, fixture)
{
    std::string const ping = R"({"jsonrpc":"2.0","id":1,"method":"ping"})";
    BOOST_TEST(ask(ping).status == 200);
    BOOST_TEST(ask(ping, {{"mcp-protocol-version", "2025-06-18"}}).status == 200);
    BOOST_TEST(status(ping, {{"mcp-protocol-version", "2025-06-19"}}, "-32022") == 400);
    BOOST_TEST(status(ping, {{"mcp-protocol-version", "2026-07-28"}}, "-32602") == 400);
    // a handshake agrees on a version that both speak, whatever the field says
    std::string const begin =
        R"({"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2024-11-05",)"
        R"("capabilities":{},"clientInfo":{"name":"t","version":"1"}}})";
    auto const agreed = ask(begin, {{"mcp-protocol-version", "2024-11-05"}});
    BOOST_TEST(agreed.status == 200);
    BOOST_TEST(agreed.body.find(R"("protocolVersion":"2025-11-25")") != std::string::npos, agreed.body);
    auto const alone = call("echo", "," + test::stateless_meta);
    fields const good = {{"MCP-Protocol-Version", "2026-07-28"}, {"Mcp-Method", "tools/call"}, {"Mcp-Name", "echo"}};
    BOOST_TEST(ask(alone, good).status == 200);
    BOOST_TEST((ask(alone, good).body.find("\"resultType\":\"complete\"") != std::string::npos));
    for (std::size_t i = 0; i < good.size(); ++i) {
        auto without = good, twice = good, other = good;
        without.erase(without.begin() + static_cast<std::ptrdiff_t>(i));
        twice.push_back(good[i]);
        other[i].second = "2025-11-25";
        for (auto const& f : {without, twice, other})
            BOOST_TEST(status(alone, f, "-32020") == 400);
    }
    BOOST_TEST(status(call("none", "," + test::stateless_meta),
                      {{"MCP-Protocol-Version", "2026-07-28"}, {"Mcp-Method", "tools/call"}, {"Mcp-Name", "none"}},
                      "-32602") == 200);
}

BOOST_FIXTURE_TEST_CASE(faults_and_what_asks_for_nothing, fixture)
{
    BOOST_TEST(status("{", {}, "-32700") == 400);
    BOOST_TEST(status("[]", {}, "-32600") == 400);
    BOOST_TEST(status("5", {}, "-32600") == 400);
    std::string const note = R"({"jsonrpc":"2.0","method":"notifications/x"})",
                      reply = R"({"jsonrpc":"2.0","id":1,"result":{}})";
    for (auto const* version : {"2025-03-26", "2026-07-28"})
        BOOST_TEST(ask(note, {{"MCP-Protocol-Version", version}}).status == 202);
    BOOST_TEST(status(note, {{"MCP-Protocol-Version", "1"}}, "-32022") == 400);
    BOOST_TEST(ask(reply, {{"MCP-Protocol-Version", "2025-03-26"}}).status == 202);
    BOOST_TEST(status(reply, {{"MCP-Protocol-Version", "2026-07-28"}}, "-32600") == 400);
}

BOOST_FIXTURE_TEST_CASE(batches_are_of_one_revision, fixture)
{
    auto const batch =
        "[" + call("echo") + R"(,{"jsonrpc":"2.0","method":"n"},{"jsonrpc":"2.0","id":2,"method":"initialize"},7])";
    auto const a = ask(batch);
    BOOST_TEST(a.status == 200);
    BOOST_TEST(
        a.body ==
        R"([{"jsonrpc":"2.0","id":2,"error":{"code":-32600,"message":"initialize must not be part of a batch"}},)"
        R"({"jsonrpc":"2.0","error":{"code":-32600,"message":"expected an object"}},)"
        R"({"jsonrpc":"2.0","id":1,"result":{"content":[{"type":"text","text":"{}"}],"isError":false}}])");
    BOOST_TEST(ask(R"([{"jsonrpc":"2.0","method":"n"}])").status == 202);
    for (auto const* version : {"2025-06-18", "2025-11-25", "2026-07-28"})
        BOOST_TEST(status(batch, {{"MCP-Protocol-Version", version}}, "-32600") == 400);
}

} // namespace mcp_post_plan_test
BOOST_AUTO_TEST_SUITE_END()
