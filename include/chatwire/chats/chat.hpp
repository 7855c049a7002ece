// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CHATS_CHAT_HPP
#define CHATWIRE_CHATS_CHAT_HPP

#include <chatwire/json/codec.hpp>

#include <optional>
#include <string>

namespace chatwire::chats {

/// A Chat: what completions are made with, so that callers need only bring the conversation.
///
/// @par Specification
/// The Chats module, "Chat Resource"; SPEC, 4
struct chat {
    std::string id{};             ///< `cht_` and 16 characters
    std::string project_id{};     ///< whose it is
    std::string ai_provider_id{}; ///< who answers
    std::optional<std::string> name{};
    std::optional<std::string> system_message{}; ///< said first, unless a call brings system messages of its own
    std::optional<std::string> model{};          ///< none: the provider's default
    std::string created_at{};                    ///< ISO 8601, UTC
    std::string updated_at{};                    ///< ISO 8601, UTC

    friend bool operator==(chat const&, chat const&) = default;
};

} // namespace chatwire::chats

namespace chatwire::json {

template <>
struct table<chats::chat> {
    using c = chats::chat;
    static constexpr field fields[] = {
        member<&c::id>("id"),
        member<&c::project_id>("projectId"),
        member<&c::ai_provider_id>("aiProviderId"),
        member<&c::name>("name", presence::written),
        member<&c::system_message>("systemMessage", presence::written),
        member<&c::model>("model", presence::written),
        member<&c::created_at>("createdAt"),
        member<&c::updated_at>("updatedAt"),
    };
};

} // namespace chatwire::json
#endif
