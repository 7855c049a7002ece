// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include "../support/tools.hpp"

#include <chatwire/mcp/line_task.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <memory>
#include <string>
#include <utility>

BOOST_AUTO_TEST_SUITE(mcp_line_task)

namespace mcp_line_task_test {

using namespace chatwire;
using namespace chatwire::mcp;
using mcp::tool;
using mcp::tool_call;
using act = io::action::kind;
using out = io::outcome::kind;

struct fixture {
    tool_server server{{.about = {.name = "s", .version = "1"}}};
    int woken = 0;
    std::shared_ptr<mcp::detail::line_outbox> box =
        std::make_shared<mcp::detail::line_outbox>(150, [this] { ++woken; });
    fixture() { test::add_tools(server); }
    line_task task()
    {
        rpc_answer a;
        a.add(server.begin(
            test::message(
                R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"waits","_meta":{"progressToken":1}}})"),
            {.version = version::of_2025_06_18, .wake = [] {}}));
        return {std::move(a), box, box->begin(raw_json::trusted("1"), {})};
    }
};

BOOST_FIXTURE_TEST_CASE(what_it_says_is_a_line, fixture)
{
    auto t = task();
    BOOST_TEST((t.resume({}).what == act::wait));
    BOOST_TEST(woken == 1);
    BOOST_TEST(box->take() == "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":"
                              "{\"progressToken\":1,\"progress\":1,\"total\":2}}\n");
    BOOST_TEST(box->working() == 1U);
    BOOST_TEST((t.resume({.what = out::woken}).what == act::done));
    BOOST_TEST(woken == 2);
    BOOST_TEST(box->working() == 0U);
    BOOST_TEST((box->take().find("\"waited\"") != std::string::npos));
}

BOOST_FIXTURE_TEST_CASE(one_that_is_cancelled_says_nothing, fixture)
{
    auto t = task();
    t.resume({});
    box->take();
    BOOST_TEST((t.resume({.what = out::cancelled}).what == act::done));
    BOOST_TEST(box->take() == "");
    BOOST_TEST(box->working() == 0U);
}

BOOST_FIXTURE_TEST_CASE(one_that_is_gone_is_over, fixture)
{
    {
        auto const t = task();
        BOOST_TEST(box->working() == 1U);
    }
    BOOST_TEST(box->working() == 0U);
}

BOOST_FIXTURE_TEST_CASE(reports_that_nobody_takes_are_left_out_and_answers_are_not, fixture)
{
    auto a = task(), b = task(), c = task();
    a.resume({});
    b.resume({});
    c.resume({});
    auto const said = box->take();
    BOOST_TEST(std::count(said.begin(), said.end(), '\n') == 2);
    for (auto* t : {&a, &b, &c})
        t->resume({.what = out::woken});
    auto const answers = box->take();
    BOOST_TEST(std::count(answers.begin(), answers.end(), '\n') == 3);
}

} // namespace mcp_line_task_test
BOOST_AUTO_TEST_SUITE_END()
