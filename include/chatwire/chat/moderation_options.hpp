// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CHAT_MODERATION_OPTIONS_HPP
#define CHATWIRE_CHAT_MODERATION_OPTIONS_HPP

#include <chatwire/chat/moderation_mode.hpp>
#include <chatwire/chat/nullable.hpp>
#include <chatwire/chat/raw_members.hpp>

#include <string>

namespace chatwire {

/// What is done about one side of a conversation.
struct moderation_rule {
    open_enum<moderation_mode> mode{};
    raw_members extra{};

    friend bool operator==(moderation_rule const&, moderation_rule const&) = default;
};

/// What is done about either side; absent or null: the service's own way.
struct moderation_policy {
    nullable<moderation_rule> input{};
    nullable<moderation_rule> output{};
    raw_members extra{};

    friend bool operator==(moderation_policy const&, moderation_policy const&) = default;
};

/// A moderation of the request and its answer, asked for with the request.
struct moderation_options {
    std::string model{}; ///< what judges
    nullable<moderation_policy> policy{};
    raw_members extra{};

    friend bool operator==(moderation_options const&, moderation_options const&) = default;
};

} // namespace chatwire
#endif
