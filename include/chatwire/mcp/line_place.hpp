// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_MCP_LINE_PLACE_HPP
#define CHATWIRE_MCP_LINE_PLACE_HPP

#include <chatwire/mcp/line_task.hpp>

#include <functional>

namespace chatwire::mcp {

/// Where a tool can work beside others: a driver of its own, with its ports.
struct line_place {
    std::function<void()> wake{};           ///< wakes that driver; from any thread, also when it is gone
    std::function<void()> cancel{};         ///< cancels what it runs; the same
    std::function<void(line_task)> start{}; ///< has it run an operation, and does not wait for that; called once
};

} // namespace chatwire::mcp
#endif
