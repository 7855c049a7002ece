// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CHAT_TOOL_HPP
#define CHATWIRE_CHAT_TOOL_HPP

#include <chatwire/chat/custom_tool.hpp>
#include <chatwire/chat/nullable.hpp>
#include <chatwire/chat/raw_json.hpp>
#include <chatwire/chat/raw_members.hpp>
#include <chatwire/chat/tool_type.hpp>

#include <optional>
#include <string>

namespace chatwire {

/// A function the model may call.
struct function_definition {
    std::string name{};
    std::optional<std::string> description{};
    /// A JSON Schema of the arguments; absent: no arguments.
    std::optional<raw_json> parameters{};
    /// Whether the arguments follow the schema to the letter.
    nullable<bool> strict{};
    raw_members extra{};

    friend bool operator==(function_definition const&, function_definition const&) = default;
};

/// A tool the model may call.
struct tool {
    open_enum<tool_type> type{};
    /// With the type `function`; not written while it is empty.
    function_definition function{};
    /// With the type `custom`; not written while it is empty. A tool of another type has its own member, in `extra`.
    custom_tool custom{};
    raw_members extra{};

    friend bool operator==(tool const&, tool const&) = default;
};

} // namespace chatwire
#endif
