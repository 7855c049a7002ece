// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_MCP_DETAIL_FAILED_HPP
#define CHATWIRE_MCP_DETAIL_FAILED_HPP

#include <chatwire/error.hpp>
#include <chatwire/mcp/tool_result.hpp>
#include <chatwire/server/answer.hpp>

#include <exception>

namespace chatwire::mcp::detail {

// The result of a tool that did not give one. Exceptions that the tool did not mean to be read are not told.
inline tool_result failed(failure const& f)
{
    if (f.code == errc::unexpected_exception)
        return tool_result::error("The tool has failed");
    return tool_result::error(f.message.empty() ? f.code.message() : f.message);
}

} // namespace chatwire::mcp::detail
#endif
