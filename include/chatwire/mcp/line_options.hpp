// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_MCP_LINE_OPTIONS_HPP
#define CHATWIRE_MCP_LINE_OPTIONS_HPP

#include <chatwire/http/head.hpp>

#include <chrono>
#include <cstddef>

namespace chatwire::mcp {

/// How messages are served that come as lines.
struct line_options {
    /// What tools see as the head of the request: credentials, which there is no other place for.
    http::request_head head{};
    std::size_t max_line = std::size_t{16} << 20;  ///< bytes of a message
    std::size_t max_calls = 64;                    ///< tools at work at once; while there are more, nothing is read
    std::size_t max_unsent = std::size_t{1} << 20; ///< bytes that wait to be sent, beyond which reports are left out
    /// After the end of the input, for tools that are at work; 0: no limit.
    std::chrono::milliseconds drain_timeout{30'000};
};

} // namespace chatwire::mcp
#endif
