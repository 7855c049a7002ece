// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_MCP_IMPLEMENTATION_HPP
#define CHATWIRE_MCP_IMPLEMENTATION_HPP

#include <chatwire/json/codec.hpp>

#include <string>

namespace chatwire::mcp {

/// What a server or a client says of itself. For people and logs: nobody has checked it.
struct implementation {
    std::string name{};
    std::string title{}; ///< how people call it
    std::string version{};

    friend bool operator==(implementation const&, implementation const&) = default;
};

} // namespace chatwire::mcp

namespace chatwire::json {

template <>
struct table<mcp::implementation> {
    using i = mcp::implementation;
    static constexpr field fields[] = {
        member<&i::name>("name"),
        member<&i::title>("title", presence::optional),
        member<&i::version>("version"),
    };
};

} // namespace chatwire::json
#endif
