// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_MCP_TOOL_SERVER_OPTIONS_HPP
#define CHATWIRE_MCP_TOOL_SERVER_OPTIONS_HPP

#include <chatwire/mcp/implementation.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>

namespace chatwire::mcp {

/// What a tool server is made with.
struct tool_server_options {
    implementation about{};     ///< name and version
    std::string instructions{}; ///< how a model is to use the tools; empty: nothing is said

    std::size_t page_size = 100;                      ///< tools in one list; 0: all
    std::chrono::milliseconds list_ttl{0};            ///< how long a client may believe what it was told of the tools
    bool list_is_public = false;                      ///< the same for everybody: caches may share it
    std::uint64_t max_body = std::uint64_t{16} << 20; ///< bytes of a message
    std::size_t max_batch = 50;                       ///< messages in a batch
};

} // namespace chatwire::mcp
#endif
