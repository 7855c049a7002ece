// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CHAT_TOOL_CALL_HPP
#define CHATWIRE_CHAT_TOOL_CALL_HPP

#include <chatwire/chat/custom_call.hpp>
#include <chatwire/chat/function_call.hpp>
#include <chatwire/chat/raw_members.hpp>
#include <chatwire/chat/tool_type.hpp>

#include <string>

namespace chatwire {

/// A call of a tool in an assistant's message. The answer is a `tool` message with the same id.
struct tool_call {
    std::string id{};
    open_enum<tool_type> type{};
    /// With the type `function`; not written while it is empty.
    function_call function{};
    /// With the type `custom`; not written while it is empty. A call of another type has its own member, in `extra`.
    custom_call custom{};
    /// A service's own members, such as a signature it wants back.
    raw_members extra{};

    friend bool operator==(tool_call const&, tool_call const&) = default;
};

} // namespace chatwire
#endif
