// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_TEST_SUPPORT_TOOLS_HPP
#define CHATWIRE_TEST_SUPPORT_TOOLS_HPP

#include <chatwire/json/reader.hpp>
#include <chatwire/mcp/function_tool.hpp>
#include <chatwire/mcp/tool_server.hpp>

#include <boost/test/unit_test.hpp>

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

/// Tools that need no driver, and what is said to their server.
namespace chatwire::test {

/// A tool written as a function: told the last outcome, gives the next action.
class scripted_tool final : public mcp::running_tool {
public:
    using step = std::function<io::action(io::outcome const&, mcp::tool_result&)>;
    explicit scripted_tool(step s) : step_(std::move(s)) {}
    io::action resume(io::outcome const& o) override { return step_(o, result_); }

private:
    step step_;
};

/// `echo` gives its arguments; `waits` waits until it is woken, and reports 1 before; `throws` does.
inline void add_tools(mcp::tool_server& s)
{
    mcp::tool echo{.name = "echo"};
    echo.begin = [](mcp::tool_call call) {
        return std::make_unique<scripted_tool>([call = std::move(call)](io::outcome const&, mcp::tool_result& r) {
            r = mcp::tool_result::text(std::string(call.arguments.text()));
            return io::action::finish();
        });
    };
    BOOST_TEST(s.add(std::move(echo)).has_value());
    mcp::tool waits{.name = "waits"};
    waits.begin = [](mcp::tool_call call) {
        return std::make_unique<scripted_tool>([call = std::move(call)](io::outcome const& o, mcp::tool_result& r) {
            if (o.what == io::outcome::kind::begin) {
                call.reporter.progress(1, 2);
                return io::action::wait_until(io::never);
            }
            r = mcp::tool_result::text(call.reporter.cancelled() ? "unheard" : "waited");
            return io::action::finish();
        });
    };
    BOOST_TEST(s.add(std::move(waits)).has_value());
    mcp::tool throws{.name = "throws"};
    throws.begin = [](mcp::tool_call) -> std::unique_ptr<mcp::running_tool> {
        throw exception(failure(errc::invalid_argument, "not like this"));
    };
    BOOST_TEST(s.add(std::move(throws)).has_value());
}

inline mcp::rpc_message message(std::string_view text)
{
    auto m = json::read<mcp::rpc_message>(text);
    BOOST_TEST_REQUIRE(m.has_value(), text);
    return std::move(*m);
}

/// The members that the stateless revision wants in `_meta`.
inline std::string const stateless_meta = R"("_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28",)"
                                          R"("io.modelcontextprotocol/clientCapabilities":{}})";

} // namespace chatwire::test
#endif
