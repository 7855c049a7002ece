// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_MCP_TOOL_CALL_HPP
#define CHATWIRE_MCP_TOOL_CALL_HPP

#include <chatwire/chat/raw_json.hpp>
#include <chatwire/http/head.hpp>
#include <chatwire/mcp/reporter.hpp>
#include <chatwire/mcp/version.hpp>

#include <functional>
#include <string>

namespace chatwire::mcp {

/// A call of a tool, as the tool sees it.
struct tool_call {
    std::string name{};
    /// Always an object; it has what the input schema requires, and its members have the types that the schema says.
    /// What the schema says beyond that is the tool's to check.
    raw_json arguments = raw_json::trusted("{}");
    /// Of the HTTP request it came in: `Authorization`. Over stdio, what the program that serves put there.
    http::request_head head{};
    std::string request_id{}; ///< what `x-request-id` of the answer says; empty over stdio
    mcp::version version = mcp::version::of_2026_07_28;
    mcp::reporter reporter{};
    std::function<void()> wake{}; ///< wakes whatever drives this call; thread-safe, and never dangles
};

} // namespace chatwire::mcp
#endif
