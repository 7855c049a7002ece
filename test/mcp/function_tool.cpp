// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/mcp/function_tool.hpp>
#include <chatwire/server/answer.hpp>

#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <stdexcept>
#include <string>

namespace mcp_function_tool_test {
struct sum {
    std::int64_t a = 0;
    std::int64_t b = 0;
};
} // namespace mcp_function_tool_test

template <>
struct chatwire::json::table<mcp_function_tool_test::sum> {
    using s = mcp_function_tool_test::sum;
    static constexpr field fields[] = {member<&s::a>("a"), member<&s::b>("b", presence::optional)};
};

BOOST_AUTO_TEST_SUITE(mcp_function_tool)

namespace mcp_function_tool_test {

using namespace chatwire;
using namespace ::mcp_function_tool_test;
using act = io::action::kind;
using out = io::outcome::kind;
using mcp::tool_call;
using mcp::tool_result;

tool_result run(mcp::tool const& t, tool_call call = {})
{
    int woken = 0;
    call.wake = [&] { ++woken; };
    auto const running = t.begin(std::move(call));
    auto started = running->resume({});
    BOOST_TEST_REQUIRE((started.what == act::start));
    BOOST_TEST((running->resume({.what = out::ok}).what == act::wait)); // it has not run yet
    BOOST_TEST((running->resume({.what = out::woken}).what == act::wait));
    started.work();
    BOOST_TEST(woken == 1);
    BOOST_TEST((running->resume({.what = out::woken}).what == act::done));
    return running->take();
}

BOOST_AUTO_TEST_CASE(a_function_runs_as_started_work)
{
    auto const t = mcp::function_tool({.name = "n"}, [](tool_call const& c) { return tool_result::text(c.name); });
    BOOST_TEST(t.name == "n");
    BOOST_TEST((run(t, {.name = "called"}) == tool_result::text("called")));
}

BOOST_AUTO_TEST_CASE(one_that_is_over_at_once_is_not_waited_for)
{
    auto const t = mcp::function_tool({.name = "n"}, [](tool_call const&) { return tool_result::text("x"); });
    auto const running = t.begin({});
    running->resume({}).work();
    BOOST_TEST((running->resume({.what = out::ok}).what == act::done));
    BOOST_TEST((running->take() == tool_result::text("x")));
}

BOOST_AUTO_TEST_CASE(what_is_thrown_is_a_result)
{
    auto const meant = mcp::function_tool(
        {.name = "n"}, [](tool_call const&) -> tool_result { throw exception(refusal(404, "There is no such chat")); });
    BOOST_TEST((run(meant) == tool_result::error("There is no such chat")));
    auto const other = mcp::function_tool(
        {.name = "n"}, [](tool_call const&) -> tool_result { throw std::runtime_error("a secret"); });
    BOOST_TEST((run(other) == tool_result::error("The tool has failed")));
}

BOOST_AUTO_TEST_CASE(nobody_waits_for_one_that_is_given_up)
{
    for (auto const how : {out::caller_gone, out::cancelled}) {
        auto const t = mcp::function_tool({.name = "n"}, [](tool_call const&) { return tool_result::text("x"); });
        auto const running = t.begin({});
        auto started = running->resume({});
        running->resume({.what = out::ok});
        BOOST_TEST((running->resume({.what = how}).what == act::done));
        started.work(); // goes on all the same, and owns what it uses
    }
    auto const t = mcp::function_tool({.name = "n"}, [](tool_call const&) { return tool_result::text("x"); });
    auto const running = t.begin({});
    running->resume({});
    BOOST_TEST((running->resume(io::outcome::failed(errc::unexpected_exception)).what == act::done));
    BOOST_TEST(running->take().is_error); // no thread was to be had
}

BOOST_AUTO_TEST_CASE(arguments_are_read_as_their_table_says)
{
    auto const t = mcp::function_tool<sum>(
        {.name = "sum"}, [](sum const& s, tool_call const&) { return tool_result::text(std::to_string(s.a + s.b)); });
    BOOST_TEST(t.input_schema.text() ==
               R"({"type":"object","properties":{"a":{"type":"integer"},"b":{"type":"integer"}},)"
               R"("required":["a"],"additionalProperties":false})");
    BOOST_TEST((run(t, {.arguments = raw_json::trusted(R"({"a":2,"b":3})")}) == tool_result::text("5")));
    BOOST_TEST((run(t, {.arguments = raw_json::trusted(R"({"a":2})")}) == tool_result::text("2")));
    auto const described =
        mcp::function_tool<sum>({.name = "sum"}, [](sum const&, tool_call const&) -> tool_result { return {}; },
                                {.descriptions = {{"a", "the first"}}});
    BOOST_TEST((described.input_schema.text().find(R"("a":{"type":"integer","description":"the first"})") !=
                std::string::npos));
    auto const bad = run(t, {.arguments = raw_json::trusted(R"({"a":"x"})")});
    BOOST_TEST((bad == tool_result::error("a: expected an integer")));
}

} // namespace mcp_function_tool_test
BOOST_AUTO_TEST_SUITE_END()
