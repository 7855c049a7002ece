// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_MCP_FUNCTION_TOOL_HPP
#define CHATWIRE_MCP_FUNCTION_TOOL_HPP

#include <chatwire/json/reader.hpp>
#include <chatwire/json/schema.hpp>
#include <chatwire/mcp/tool.hpp>

#include <functional>
#include <utility>

namespace chatwire::mcp {

/// A tool that a function is. It runs on the driver's worker pool and may block there; what it reports goes out
/// meanwhile. What it throws is a result that says it has failed.
///
/// A call that nobody waits for any more goes on there: the function looks at `reporter.cancelled()`, or comes to its
/// end by itself.
///
/// @param about all but `begin`
CHATWIRE_DECL tool function_tool(tool about, std::function<tool_result(tool_call const&)> f);

/// The same, of a function whose arguments are an aggregate with a field table: from there the input schema comes, and
/// so does their reading. `f(Args const&, tool_call const&)` gives a @ref tool_result.
/// @param schema what the schema says beyond the table: descriptions of the members, for one
///
/// @par Example
/// @see examples/mcp_tools.cpp
template <json::described Args, class F>
tool function_tool(tool about, F f, json::schema_options const& schema = {.closed = true})
{
    about.input_schema = json::schema_of<Args>(schema);
    return function_tool(std::move(about), [f = std::move(f)](tool_call const& call) -> tool_result {
        auto const args = json::read<Args>(call.arguments.text());
        if (!args)
            return tool_result::error(args.error().message);
        return f(*args, call);
    });
}

} // namespace chatwire::mcp

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/mcp/function_tool.ipp>
#endif
#endif
