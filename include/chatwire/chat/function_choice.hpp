// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CHAT_FUNCTION_CHOICE_HPP
#define CHATWIRE_CHAT_FUNCTION_CHOICE_HPP

#include <chatwire/chat/raw_members.hpp>
#include <chatwire/chat/tool_choice_mode.hpp>

#include <string>
#include <utility>
#include <variant>

namespace chatwire {

/// A function by its name.
struct named_function {
    std::string name{};
    raw_members extra{};

    friend bool operator==(named_function const&, named_function const&) = default;
};

/// Which of the superseded `functions` the model is to call: a mode, or one by name.
struct function_choice {
    std::variant<open_enum<tool_choice_mode>, named_function> value{};

    function_choice() = default;
    function_choice(tool_choice_mode mode) : value(open_enum<tool_choice_mode>(mode)) {}
    function_choice(open_enum<tool_choice_mode> mode) : value(std::move(mode)) {}
    function_choice(named_function function) : value(std::move(function)) {}

    friend bool operator==(function_choice const&, function_choice const&) = default;
};

} // namespace chatwire
#endif
