// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include "../support/tools.hpp"

#include <chatwire/mcp/rpc_answer.hpp>

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(mcp_rpc_answer)

namespace mcp_rpc_answer_test {

using namespace chatwire;
using namespace chatwire::mcp;
using mcp::tool;
using mcp::tool_call;
using act = io::action::kind;
using out = io::outcome::kind;

struct fixture {
    tool_server server{{.about = {.name = "s", .version = "1"}}};
    fixture() { test::add_tools(server); }
    std::unique_ptr<rpc_call> call(std::string id, std::string tool)
    {
        return server.begin(test::message(R"({"jsonrpc":"2.0","id":)" + id +
                                          R"(,"method":"tools/call","params":{"_meta":{"progressToken":9},"name":")" +
                                          tool + "\"}}"),
                            {.version = version::of_2025_03_26, .wake = [] {}});
    }
};

BOOST_FIXTURE_TEST_CASE(nothing_asked_is_nothing_answered, fixture)
{
    for (bool batch : {false, true}) {
        rpc_answer a(batch);
        BOOST_TEST(!a.running());
        BOOST_TEST((a.resume({}).what == act::done));
        BOOST_TEST(a.text() == "");
        BOOST_TEST(a.status() == 202);
    }
}

BOOST_FIXTURE_TEST_CASE(one_request_has_its_status, fixture)
{
    rpc_answer a;
    a.add(raw_json::trusted("1"), {rpc_code::method_not_found, "no"}, 404);
    a.resume({});
    BOOST_TEST(a.text() == R"({"jsonrpc":"2.0","id":1,"error":{"code":-32601,"message":"no"}})");
    BOOST_TEST(a.status() == 404);
}

BOOST_FIXTURE_TEST_CASE(a_batch_is_answered_one_after_the_other, fixture)
{
    rpc_answer a(true);
    a.add({}, {rpc_code::invalid_request, "what?"}, 400);
    a.add(call("1", "waits"));
    a.add(call("2", "echo"));
    a.add(call("3", "waits"));
    BOOST_TEST(a.running());
    BOOST_TEST((a.resume({}).what == act::wait));
    BOOST_TEST(a.take_notifications().size() == 1U);
    BOOST_TEST(a.take_notifications().empty());
    BOOST_TEST((a.resume({.what = out::woken}).what == act::wait)); // the third's
    BOOST_TEST(a.take_notifications().size() == 1U);
    BOOST_TEST((a.resume({.what = out::woken}).what == act::done));
    BOOST_TEST(a.status() == 200);
    BOOST_TEST(a.text() ==
               R"([{"jsonrpc":"2.0","error":{"code":-32600,"message":"what?"}},)"
               R"({"jsonrpc":"2.0","id":1,"result":{"content":[{"type":"text","text":"waited"}],"isError":false}},)"
               R"({"jsonrpc":"2.0","id":2,"result":{"content":[{"type":"text","text":"{}"}],"isError":false}},)"
               R"({"jsonrpc":"2.0","id":3,"result":{"content":[{"type":"text","text":"waited"}],"isError":false}}])");
}

BOOST_FIXTURE_TEST_CASE(an_answer_that_nobody_waits_for_is_none, fixture)
{
    rpc_answer a(true);
    a.add(call("1", "echo"));
    a.add(call("2", "waits"));
    a.add(call("3", "waits"));
    a.resume({});
    a.take_notifications();
    BOOST_TEST((a.resume({.what = out::caller_gone}).what == act::done));
    BOOST_TEST(a.text() == "");
    BOOST_TEST(a.take_notifications().empty()); // the third was not begun
}

} // namespace mcp_rpc_answer_test
BOOST_AUTO_TEST_SUITE_END()
