// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CHAT_TOOL_CHOICE_HPP
#define CHATWIRE_CHAT_TOOL_CHOICE_HPP

#include <chatwire/chat/raw_json.hpp>
#include <chatwire/chat/raw_members.hpp>
#include <chatwire/chat/tool_choice_mode.hpp>
#include <chatwire/chat/tool_type.hpp>

#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace chatwire {

/// The one tool the model must call.
struct named_tool {
    std::string name{};
    tool_type type = tool_type::function;

    friend bool operator==(named_tool const&, named_tool const&) = default;
};

/// One of the tools the model may choose from; what is not just a name is the whole object as JSON.
using allowed_tool = std::variant<named_tool, raw_json>;

/// The tools the model may choose from: a part of the request's, which stay the same for the prompt's cache.
struct allowed_tools {
    open_enum<tool_choice_mode> mode{tool_choice_mode::auto_}; ///< `auto` or `required`
    std::vector<allowed_tool> tools{std::allocator<allowed_tool>()};
    raw_members extra{};

    friend bool operator==(allowed_tools const&, allowed_tools const&) = default;
};

/// Which tools the model is to call: a mode, one tool by name, some of the tools, or a service's own object as JSON.
struct tool_choice {
    std::variant<open_enum<tool_choice_mode>, named_tool, allowed_tools, raw_json> value{};

    tool_choice() = default;
    tool_choice(tool_choice_mode mode) : value(open_enum<tool_choice_mode>(mode)) {}
    tool_choice(open_enum<tool_choice_mode> mode) : value(std::move(mode)) {}
    tool_choice(named_tool tool) : value(std::move(tool)) {}
    tool_choice(allowed_tools tools) : value(std::move(tools)) {}
    tool_choice(raw_json other) : value(std::move(other)) {}

    friend bool operator==(tool_choice const&, tool_choice const&) = default;
};

} // namespace chatwire
#endif
