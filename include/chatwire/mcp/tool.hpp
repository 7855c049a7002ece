// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_MCP_TOOL_HPP
#define CHATWIRE_MCP_TOOL_HPP

#include <chatwire/chat/raw_json.hpp>
#include <chatwire/json/codec.hpp>
#include <chatwire/mcp/running_tool.hpp>
#include <chatwire/mcp/tool_call.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace chatwire::mcp {

/// Hints for those who decide whether a tool may be called. Clients must not rely on them.
struct tool_annotations {
    std::optional<std::string> title{};
    std::optional<bool> read_only{};   ///< changes nothing
    std::optional<bool> destructive{}; ///< what it changes may be lost
    std::optional<bool> idempotent{};  ///< called again, it changes nothing more
    std::optional<bool> open_world{};  ///< it deals with more than a closed set of things: the web, say

    friend bool operator==(tool_annotations const&, tool_annotations const&) = default;
};

/// A tool: what is told of it, and how a call of it begins.
struct tool {
    std::string name{}; ///< letters, digits, `_`, `-` and `.`; up to 128
    std::string title{};
    std::string description{};
    raw_json input_schema = raw_json::trusted(R"({"type":"object"})"); ///< JSON Schema 2020-12, of an object
    /// Of @ref tool_result::structured. Before 2026-07-28 only one of an object is told of.
    std::optional<raw_json> output_schema{};
    std::optional<tool_annotations> annotations{};
    /// Capabilities that a client must have declared, by name: `sampling`. Asked for where requests declare them.
    std::vector<std::string> needs{};
    /// Begins a call. Called on every thread that serves.
    std::function<std::unique_ptr<running_tool>(tool_call)> begin{};
};

} // namespace chatwire::mcp

namespace chatwire::json {

template <>
struct table<mcp::tool_annotations> {
    using a = mcp::tool_annotations;
    static constexpr field fields[] = {
        member<&a::title>("title", presence::optional),
        member<&a::read_only>("readOnlyHint", presence::optional),
        member<&a::destructive>("destructiveHint", presence::optional),
        member<&a::idempotent>("idempotentHint", presence::optional),
        member<&a::open_world>("openWorldHint", presence::optional),
    };
};

/// What is told of a tool.
template <>
struct table<mcp::tool> {
    using t = mcp::tool;
    static constexpr field fields[] = {
        member<&t::name>("name"),
        member<&t::title>("title", presence::optional),
        member<&t::description>("description", presence::optional),
        member<&t::input_schema>("inputSchema"),
        member<&t::output_schema>("outputSchema", presence::optional),
        member<&t::annotations>("annotations", presence::optional),
    };
};

} // namespace chatwire::json
#endif
