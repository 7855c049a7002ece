// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CHAT_MESSAGE_HPP
#define CHATWIRE_CHAT_MESSAGE_HPP

#include <chatwire/chat/annotation.hpp>
#include <chatwire/chat/content.hpp>
#include <chatwire/chat/dialect.hpp>
#include <chatwire/chat/function_call.hpp>
#include <chatwire/chat/message_audio.hpp>
#include <chatwire/chat/nullable.hpp>
#include <chatwire/chat/raw_members.hpp>
#include <chatwire/chat/role.hpp>
#include <chatwire/chat/tool_call.hpp>

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace chatwire {

/// A message of a conversation, in a request or in an answer; `role` decides which members mean something.
///
/// @tparam Extension what a dialect adds to the messages of its requests
/// @par Specification
/// OpenAI API reference, chat completions: messages, and the completion's `message`.
template <class Extension = no_extension>
struct basic_message {
    open_enum<chatwire::role> role{chatwire::role::user};
    nullable<chatwire::content> content{};
    std::optional<std::string> name{}; ///< of a participant
    // {} would do, but g++ 12 forgets that constructor where the first object is made in a braced list
    std::vector<tool_call> tool_calls{std::allocator<tool_call>()}; ///< assistant: not written while empty
    std::optional<std::string> tool_call_id{};                      ///< tool: the call this answers
    nullable<std::string> refusal{};                                ///< assistant: its words when it declined
    /// The model's thoughts, in the two spellings services use. Each is kept as it came.
    nullable<std::string> reasoning_content{};
    nullable<std::string> reasoning{};
    nullable<chatwire::function_call> function_call{};    ///< superseded by `tool_calls`
    std::optional<std::vector<annotation>> annotations{}; ///< assistant, in an answer
    nullable<message_audio> audio{};                      ///< assistant
    [[no_unique_address]] Extension ext{};
    raw_members extra{};

    /// The content's text; empty where there is none.
    std::string text() const { return content ? content->text() : std::string(); }

    static basic_message system(chatwire::content said) { return make(chatwire::role::system, std::move(said)); }
    static basic_message developer(chatwire::content said) { return make(chatwire::role::developer, std::move(said)); }
    static basic_message user(chatwire::content said) { return make(chatwire::role::user, std::move(said)); }
    static basic_message assistant(chatwire::content said) { return make(chatwire::role::assistant, std::move(said)); }

    /// The result of a tool call, for the model.
    static basic_message tool(std::string tool_call_id, chatwire::content result)
    {
        auto m = make(chatwire::role::tool, std::move(result));
        m.tool_call_id = std::move(tool_call_id);
        return m;
    }

    friend bool operator==(basic_message const&, basic_message const&) = default;

private:
    static basic_message make(chatwire::role who, chatwire::content said)
    {
        basic_message m;
        m.role = who;
        m.content = std::move(said);
        return m;
    }
};

/// A message without additions.
using message = basic_message<>;

} // namespace chatwire
#endif
