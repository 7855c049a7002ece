// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CHAT_CUSTOM_TOOL_HPP
#define CHATWIRE_CHAT_CUSTOM_TOOL_HPP

#include <chatwire/chat/raw_members.hpp>
#include <chatwire/chat/tool_format.hpp>

#include <optional>
#include <string>

namespace chatwire {

/// A tool that takes text instead of arguments.
struct custom_tool {
    std::string name{};
    std::optional<std::string> description{};
    std::optional<tool_format> format{}; ///< absent: any text
    raw_members extra{};

    friend bool operator==(custom_tool const&, custom_tool const&) = default;
};

} // namespace chatwire
#endif
