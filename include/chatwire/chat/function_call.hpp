// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CHAT_FUNCTION_CALL_HPP
#define CHATWIRE_CHAT_FUNCTION_CALL_HPP

#include <chatwire/chat/raw_members.hpp>

#include <string>
#include <string_view>

namespace chatwire {

/// A call the model wants made: the function and its arguments.
struct function_call {
    std::string name{};
    /// JSON text as the model wrote it. It may be no valid JSON: check before use.
    std::string arguments{};
    raw_members extra{};

    /// The arguments, `{}` where the model gave none.
    std::string_view arguments_or_empty() const noexcept
    {
        return arguments.find_first_not_of(" \t\r\n") == std::string::npos ? std::string_view("{}") : arguments;
    }

    friend bool operator==(function_call const&, function_call const&) = default;
};

} // namespace chatwire
#endif
