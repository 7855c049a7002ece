// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CHAT_MESSAGE_AUDIO_HPP
#define CHATWIRE_CHAT_MESSAGE_AUDIO_HPP

#include <chatwire/chat/raw_members.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace chatwire {

/// What the assistant said aloud. In a request the id of an earlier answer's is enough.
struct message_audio {
    std::string id{};
    std::optional<std::string> data{};        ///< base64, in the format the request asked for
    std::optional<std::int64_t> expires_at{}; ///< seconds since 1970-01-01 UTC; no request can use the id after it
    std::optional<std::string> transcript{};
    raw_members extra{};

    friend bool operator==(message_audio const&, message_audio const&) = default;
};

} // namespace chatwire
#endif
