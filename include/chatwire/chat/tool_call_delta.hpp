// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CHAT_TOOL_CALL_DELTA_HPP
#define CHATWIRE_CHAT_TOOL_CALL_DELTA_HPP

#include <chatwire/chat/raw_members.hpp>
#include <chatwire/chat/tool_type.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace chatwire {

/// A piece of a function call: the name comes once, the arguments in fragments cut anywhere.
struct function_call_delta {
    std::optional<std::string> name{};
    std::optional<std::string> arguments{};
    raw_members extra{};

    friend bool operator==(function_call_delta const&, function_call_delta const&) = default;
};

/// A piece of a custom tool's call: the name comes once, the input in fragments cut anywhere.
struct custom_call_delta {
    std::optional<std::string> name{};
    std::optional<std::string> input{};
    raw_members extra{};

    friend bool operator==(custom_call_delta const&, custom_call_delta const&) = default;
};

/// A piece of a tool call.
struct tool_call_delta {
    std::optional<std::int64_t> index{}; ///< which call of the message; absent where a service leaves it out
    std::optional<std::string> id{};
    std::optional<open_enum<tool_type>> type{};
    std::optional<function_call_delta> function{};
    std::optional<custom_call_delta> custom{};
    raw_members extra{};

    friend bool operator==(tool_call_delta const&, tool_call_delta const&) = default;
};

} // namespace chatwire
#endif
