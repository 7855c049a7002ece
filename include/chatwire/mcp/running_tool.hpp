// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_MCP_RUNNING_TOOL_HPP
#define CHATWIRE_MCP_RUNNING_TOOL_HPP

#include <chatwire/io/operation.hpp>
#include <chatwire/mcp/tool_result.hpp>

#include <utility>

namespace chatwire::mcp {

/// A tool at work: an operation, as a @ref plan is.
///
/// It may wait, hand work to other threads and use `port::upstream`, which it closes before it is done. Told
/// `caller_gone` or `cancelled`, it has nobody to answer any more: it gives its resources back and finishes. What it
/// throws is a result that says it has failed; of a @ref chatwire::exception its message is told.
class running_tool {
public:
    virtual ~running_tool() = default;

    virtual io::action resume(io::outcome const& o) = 0;

    /// What it gave. After it is done.
    tool_result take() { return std::move(result_); }

protected:
    tool_result result_{};
};

} // namespace chatwire::mcp
#endif
