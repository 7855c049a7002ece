// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_MCP_STDIO_HPP
#define CHATWIRE_MCP_STDIO_HPP

#include <chatwire/mcp/serve_lines.hpp>
#include <chatwire/transport/blocking.hpp>
#include <chatwire/transport/descriptor_pair.hpp>

#include <memory>

namespace chatwire::mcp {

/// Serves tools to the program that has started this one, over standard input and output, until it closes our input.
/// Blocks; nobody else may write to standard output meanwhile.
///
/// @param secure how the connections of tools are secured that go elsewhere
/// @see examples/mcp_tools.cpp
CHATWIRE_DECL result<void> serve_stdio(tool_server const& server, line_options o = {},
                                       transport::securer secure = transport::options().secure);

/// The same over another stream.
CHATWIRE_DECL result<void> serve_stream(tool_server const& server, std::unique_ptr<transport::stream> caller,
                                        line_options o = {}, transport::securer secure = transport::options().secure);

} // namespace chatwire::mcp

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/mcp_stdio.ipp>
#endif
#endif
