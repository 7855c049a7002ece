// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CHATS_TOOL_ARGUMENTS_HPP
#define CHATWIRE_CHATS_TOOL_ARGUMENTS_HPP

#include <chatwire/chat/raw_members.hpp>
#include <chatwire/json/codec.hpp>

#include <optional>
#include <string>
#include <vector>

/// What the tools of the Chats module are called with. Members that no table has are a completion's further ones:
/// `temperature`, say.
namespace chatwire::chats {

/// Of `list-chats`.
struct list_chats_arguments {
    std::optional<std::string> project_id{};
};

/// Of `get-chat` and `delete-chat`.
struct chat_arguments {
    std::string chat_id{};
};

/// A message: exactly one of `content` and `document_id`.
struct message_argument {
    std::string role{}; ///< `system`, `user` or `assistant`
    std::optional<std::string> content{};
    std::optional<std::string> document_id{};
    raw_members extra{};
};

/// Of `create-chat-completion-for-chat`.
struct completion_for_chat_arguments {
    std::string chat_id{};
    std::vector<message_argument> messages{};
    std::optional<std::string> model{};
    raw_members extra{};
};

/// Of `create-chat-completion`.
struct completion_arguments {
    std::string ai_provider_id{};
    std::optional<std::string> system_message{};
    std::vector<message_argument> messages{};
    std::optional<std::string> model{};
    raw_members extra{};
};

} // namespace chatwire::chats

namespace chatwire::json {

template <>
struct table<chats::list_chats_arguments> {
    using a = chats::list_chats_arguments;
    static constexpr field fields[] = {member<&a::project_id>("projectId", presence::optional)};
};

template <>
struct table<chats::chat_arguments> {
    static constexpr field fields[] = {member<&chats::chat_arguments::chat_id>("chatId")};
};

template <>
struct table<chats::message_argument> {
    using a = chats::message_argument;
    static constexpr field fields[] = {
        member<&a::role>("role"),
        member<&a::content>("content", presence::optional),
        member<&a::document_id>("documentId", presence::optional),
    };
};

template <>
struct table<chats::completion_for_chat_arguments> {
    using a = chats::completion_for_chat_arguments;
    static constexpr field fields[] = {
        member<&a::chat_id>("chatId"),
        member<&a::messages>("messages"),
        member<&a::model>("model", presence::optional),
    };
};

template <>
struct table<chats::completion_arguments> {
    using a = chats::completion_arguments;
    static constexpr field fields[] = {
        member<&a::ai_provider_id>("aiProviderId"),
        member<&a::system_message>("systemMessage", presence::optional),
        member<&a::messages>("messages"),
        member<&a::model>("model", presence::optional),
    };
};

} // namespace chatwire::json
#endif
