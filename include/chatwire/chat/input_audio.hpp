// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CHAT_INPUT_AUDIO_HPP
#define CHATWIRE_CHAT_INPUT_AUDIO_HPP

#include <chatwire/chat/audio_format.hpp>
#include <chatwire/chat/raw_members.hpp>

#include <string>

namespace chatwire {

/// A recording for the model to hear.
struct input_audio {
    std::string data{}; ///< base64
    open_enum<audio_format> format{};
    raw_members extra{};

    friend bool operator==(input_audio const&, input_audio const&) = default;
};

} // namespace chatwire
#endif
