// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CHAT_TOOL_CALL_HPP
#define CHATWIRE_CHAT_TOOL_CALL_HPP

#include <chatwire/chat/function_call.hpp>
#include <chatwire/chat/raw_members.hpp>
#include <chatwire/chat/tool_type.hpp>

#include <string>

namespace chatwire {

/// A call of a tool in an assistant's message. The answer is a `tool` message with the same id.
struct tool_call {
    std::string id{};
    open_enum<tool_type> type{};
    /// Not written while it is empty: a call of another type has its own member, kept in `extra`.
    function_call function{};
    /// A service's own members, such as a signature it wants back.
    raw_members extra{};

    friend bool operator==(tool_call const&, tool_call const&) = default;
};

} // namespace chatwire
#endif
