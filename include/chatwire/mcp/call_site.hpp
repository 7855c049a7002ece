// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_MCP_CALL_SITE_HPP
#define CHATWIRE_MCP_CALL_SITE_HPP

#include <chatwire/http/head.hpp>
#include <chatwire/mcp/version.hpp>

#include <functional>
#include <string>

namespace chatwire::mcp {

/// Where a request comes from, and what was settled about it.
struct call_site {
    mcp::version version = mcp::version::of_2026_07_28;
    http::request_head head{};    ///< see @ref tool_call::head
    std::string request_id{};     ///< see @ref tool_call::request_id
    std::function<void()> wake{}; ///< wakes what will drive the answer; thread-safe
    bool notifiable = true;       ///< there is a way for notifications before the answer
};

} // namespace chatwire::mcp
#endif
