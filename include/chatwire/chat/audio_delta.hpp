// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CHAT_AUDIO_DELTA_HPP
#define CHATWIRE_CHAT_AUDIO_DELTA_HPP

#include <chatwire/chat/raw_members.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace chatwire {

/// A piece of what the assistant says aloud.
struct audio_delta {
    std::optional<std::string> id{};
    std::optional<std::string> data{};        ///< base64
    std::optional<std::int64_t> expires_at{}; ///< seconds since 1970-01-01 UTC
    std::optional<std::string> transcript{};
    raw_members extra{};

    friend bool operator==(audio_delta const&, audio_delta const&) = default;
};

} // namespace chatwire
#endif
