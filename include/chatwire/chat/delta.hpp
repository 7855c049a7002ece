// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CHAT_DELTA_HPP
#define CHATWIRE_CHAT_DELTA_HPP

#include <chatwire/chat/annotation.hpp>
#include <chatwire/chat/audio_delta.hpp>
#include <chatwire/chat/content.hpp>
#include <chatwire/chat/nullable.hpp>
#include <chatwire/chat/raw_members.hpp>
#include <chatwire/chat/role.hpp>
#include <chatwire/chat/tool_call_delta.hpp>

#include <optional>
#include <string>
#include <vector>

namespace chatwire {

/// What a chunk adds to a message.
struct delta {
    std::optional<open_enum<chatwire::role>> role{};
    nullable<chatwire::content> content{}; ///< nearly always a string
    std::vector<tool_call_delta> tool_calls{};
    nullable<std::string> refusal{};
    nullable<std::string> reasoning_content{};
    nullable<std::string> reasoning{};
    std::optional<function_call_delta> function_call{}; ///< superseded by `tool_calls`
    std::optional<audio_delta> audio{};
    std::optional<std::vector<annotation>> annotations{}; ///< more of them; services send them though none is published
    raw_members extra{};

    /// The content's text; empty where there is none.
    std::string text() const { return content ? content->text() : std::string(); }

    friend bool operator==(delta const&, delta const&) = default;
};

} // namespace chatwire
#endif
