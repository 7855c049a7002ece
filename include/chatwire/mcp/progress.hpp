// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_MCP_PROGRESS_HPP
#define CHATWIRE_MCP_PROGRESS_HPP

#include <optional>
#include <string>

namespace chatwire::mcp {

/// How far a call has come.
struct progress {
    double done = 0;               ///< in the tool's own unit; more each time
    std::optional<double> total{}; ///< where it is known
    std::string message{};         ///< for people; may be empty

    friend bool operator==(progress const&, progress const&) = default;
};

} // namespace chatwire::mcp
#endif
