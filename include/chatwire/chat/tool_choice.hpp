// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CHAT_TOOL_CHOICE_HPP
#define CHATWIRE_CHAT_TOOL_CHOICE_HPP

#include <chatwire/chat/raw_json.hpp>
#include <chatwire/chat/tool_choice_mode.hpp>

#include <string>
#include <utility>
#include <variant>

namespace chatwire {

/// The one function the model must call.
struct named_tool {
    std::string name{};

    friend bool operator==(named_tool const&, named_tool const&) = default;
};

/// Which tools the model is to call: a mode, one function by name, or a service's own object as JSON.
struct tool_choice {
    std::variant<open_enum<tool_choice_mode>, named_tool, raw_json> value{};

    tool_choice() = default;
    tool_choice(tool_choice_mode mode) : value(open_enum<tool_choice_mode>(mode)) {}
    tool_choice(open_enum<tool_choice_mode> mode) : value(std::move(mode)) {}
    tool_choice(named_tool tool) : value(std::move(tool)) {}
    tool_choice(raw_json other) : value(std::move(other)) {}

    friend bool operator==(tool_choice const&, tool_choice const&) = default;
};

} // namespace chatwire
#endif
