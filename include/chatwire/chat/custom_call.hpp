// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CHAT_CUSTOM_CALL_HPP
#define CHATWIRE_CHAT_CUSTOM_CALL_HPP

#include <chatwire/chat/raw_members.hpp>

#include <string>

namespace chatwire {

/// A call of a custom tool: the tool and its input.
struct custom_call {
    std::string name{};
    std::string input{}; ///< text as the model wrote it
    raw_members extra{};

    friend bool operator==(custom_call const&, custom_call const&) = default;
};

} // namespace chatwire
#endif
