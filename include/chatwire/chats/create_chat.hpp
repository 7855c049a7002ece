// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CHATS_CREATE_CHAT_HPP
#define CHATWIRE_CHATS_CREATE_CHAT_HPP

#include <chatwire/chat/nullable.hpp>
#include <chatwire/json/codec.hpp>

#include <string>

namespace chatwire::chats {

/// The body of `POST /chats`. Null says the same as nothing.
struct create_chat {
    nullable<std::string> project_id{}; ///< may be left out by who has one project only
    std::string ai_provider_id{};
    nullable<std::string> name{};
    nullable<std::string> system_message{};
    nullable<std::string> model{};

    friend bool operator==(create_chat const&, create_chat const&) = default;
};

} // namespace chatwire::chats

namespace chatwire::json {

template <>
struct table<chats::create_chat> {
    using c = chats::create_chat;
    static constexpr field fields[] = {
        member<&c::project_id>("projectId", presence::optional),
        member<&c::ai_provider_id>("aiProviderId"),
        member<&c::name>("name", presence::optional),
        member<&c::system_message>("systemMessage", presence::optional),
        member<&c::model>("model", presence::optional),
    };
};

} // namespace chatwire::json
#endif
