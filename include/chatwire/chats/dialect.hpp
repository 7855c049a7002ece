// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CHATS_DIALECT_HPP
#define CHATWIRE_CHATS_DIALECT_HPP

#include <chatwire/chat/chunk.hpp>
#include <chatwire/chat/completion.hpp>
#include <chatwire/chat/dialect.hpp>
#include <chatwire/chat/request.hpp>
#include <chatwire/json/codec.hpp>

#include <optional>
#include <string>

namespace chatwire::chats {

/// What the Chats module adds to a request that names no Chat.
struct request_members {
    std::optional<std::string> ai_provider_id{}; ///< who answers
    std::optional<std::string> system_message{}; ///< said first, unless a message has the role `system`

    friend bool operator==(request_members const&, request_members const&) = default;
};

/// What it adds to a message.
struct message_members {
    std::optional<std::string> document_id{}; ///< in place of `content`: the text of a document

    friend bool operator==(message_members const&, message_members const&) = default;
};

/// The Chats module: the plain protocol, with providers and documents.
///
/// @par Example
/// @code
/// chats::request r{.messages = {chats::message::user("Hi")}, .ext = {.ai_provider_id = "aip_abc123"}};
/// @endcode
struct dialect : openai {
    using request = request_members;
    using message = message_members;
};

using request = basic_request<dialect>;
using message = basic_message<message_members>;
using completion = basic_completion<dialect>;
using chunk = basic_chunk<dialect>;

/// A message whose text is a document's.
inline message from_document(std::string id, open_enum<role> who = role::user)
{
    message m;
    m.role = std::move(who);
    m.ext.document_id = std::move(id);
    return m;
}

} // namespace chatwire::chats

namespace chatwire::json {

template <>
struct table<chats::request_members> {
    using r = chats::request_members;
    static constexpr field fields[] = {
        member<&r::ai_provider_id>("aiProviderId", presence::optional),
        member<&r::system_message>("systemMessage", presence::optional),
    };
};

template <>
struct table<chats::message_members> {
    static constexpr field fields[] = {
        member<&chats::message_members::document_id>("documentId", presence::optional),
    };
};

} // namespace chatwire::json
#endif
