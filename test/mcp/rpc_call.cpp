// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include "../support/tools.hpp"

#include <chatwire/json/writer.hpp>
#include <chatwire/mcp/rpc_call.hpp>

#include <boost/test/unit_test.hpp>

#include <optional>
#include <stdexcept>
#include <string>

BOOST_AUTO_TEST_SUITE(mcp_rpc_call)

namespace mcp_rpc_call_test {

using namespace chatwire;
using namespace chatwire::mcp;
using mcp::tool;
using mcp::tool_call;
using act = io::action::kind;
using out = io::outcome::kind;

raw_json const id = raw_json::trusted("7");

raw_json finish(tool_result r) { return json::to_raw(r.content); }

BOOST_AUTO_TEST_CASE(what_needs_no_tool_is_answered_at_once)
{
    rpc_call good(id, raw_json::trusted("{}"));
    BOOST_TEST(!good.running());
    BOOST_TEST((good.resume({}).what == act::done));
    BOOST_TEST(good.answer() == R"({"jsonrpc":"2.0","id":7,"result":{}})");
    BOOST_TEST(good.status() == 200);
    rpc_call bad(id, rpc_error(rpc_code::method_not_found, "no"), 404);
    BOOST_TEST((bad.resume({}).what == act::done));
    BOOST_TEST(bad.answer() == R"({"jsonrpc":"2.0","id":7,"error":{"code":-32601,"message":"no"}})");
    BOOST_TEST(bad.status() == 404);
    BOOST_TEST(bad.take_notifications().empty());
}

BOOST_AUTO_TEST_CASE(a_tool_reports_and_answers)
{
    tool t{.name = "t"};
    t.begin = [](tool_call call) {
        return std::make_unique<test::scripted_tool>([call](io::outcome const& o, tool_result& r) {
            if (o.what == out::begin) {
                call.reporter.progress(1);
                return io::action::wait_until(io::never);
            }
            r = tool_result::text("end");
            return io::action::finish();
        });
    };
    for (bool wanted : {true, false}) {
        rpc_call c(id, t, {.wake = [] {}}, wanted ? std::optional(raw_json::trusted("\"p\"")) : std::nullopt, finish);
        BOOST_TEST(c.running());
        BOOST_TEST((c.resume({}).what == act::wait));
        auto const said = c.take_notifications();
        BOOST_TEST(said.size() == (wanted ? 1U : 0U));
        if (wanted)
            BOOST_TEST(
                said[0] ==
                R"({"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":"p","progress":1}})");
        BOOST_TEST((c.resume({.what = out::woken}).what == act::done));
        BOOST_TEST(c.answer() == R"({"jsonrpc":"2.0","id":7,"result":[{"type":"text","text":"end"}]})");
    }
}

BOOST_AUTO_TEST_CASE(what_a_tool_throws_is_its_result)
{
    for (bool at_once : {true, false}) {
        tool t{.name = "t"};
        t.begin = [&](tool_call) -> std::unique_ptr<running_tool> {
            if (at_once)
                throw exception(failure(errc::invalid_argument, "why"));
            return std::make_unique<test::scripted_tool>(
                [](io::outcome const&, tool_result&) -> io::action { throw std::runtime_error("a secret"); });
        };
        rpc_call c(id, t, {}, std::nullopt, finish);
        BOOST_TEST((c.resume({}).what == act::done));
        BOOST_TEST((c.answer().find(at_once ? "why" : "The tool has failed") != std::string::npos));
        BOOST_TEST((c.answer().find("secret") == std::string::npos));
    }
}

BOOST_AUTO_TEST_CASE(a_tool_is_told_that_nobody_waits)
{
    std::optional<reporter> seen;
    out told = out::begin;
    tool t{.name = "t"};
    t.begin = [&](tool_call call) {
        seen = call.reporter;
        return std::make_unique<test::scripted_tool>([&](io::outcome const& o, tool_result&) {
            told = o.what;
            return o.what == out::begin ? io::action::wait_until(io::never) : io::action::finish();
        });
    };
    for (auto const how : {out::caller_gone, out::cancelled}) {
        rpc_call c(id, t, {}, std::nullopt, finish);
        c.resume({});
        BOOST_TEST(!seen->cancelled());
        BOOST_TEST((c.resume({.what = how}).what == act::done));
        BOOST_TEST((told == how));
        BOOST_TEST(seen->cancelled());
    }
    {
        rpc_call c(id, t, {}, std::nullopt, finish);
        c.resume({});
    }
    BOOST_TEST(seen->cancelled()); // so is one whose call is gone without a word
    rpc_call never(id, t, {}, std::nullopt, finish);
    seen.reset();
    BOOST_TEST((never.resume({.what = out::caller_gone}).what == act::done));
    BOOST_TEST(!seen); // and one that nobody waits for before it begins does not begin
}

} // namespace mcp_rpc_call_test
BOOST_AUTO_TEST_SUITE_END()
