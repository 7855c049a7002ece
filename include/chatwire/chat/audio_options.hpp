// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CHAT_AUDIO_OPTIONS_HPP
#define CHATWIRE_CHAT_AUDIO_OPTIONS_HPP

#include <chatwire/chat/audio_format.hpp>
#include <chatwire/chat/raw_members.hpp>

#include <string>
#include <utility>
#include <variant>

namespace chatwire {

/// A voice of the caller's own.
struct custom_voice {
    std::string id{};
    raw_members extra{};

    friend bool operator==(custom_voice const&, custom_voice const&) = default;
};

/// Who speaks: one of the service's voices by name, or one of the caller's by id.
struct voice {
    std::variant<std::string, custom_voice> value{};

    voice() = default;
    voice(char const* name) : value(std::in_place_type<std::string>, name) {}
    voice(std::string name) : value(std::move(name)) {}
    voice(custom_voice own) : value(std::move(own)) {}

    friend bool operator==(voice const&, voice const&) = default;
};

/// How an answer is spoken. To get one, `modalities` must have audio.
struct audio_options {
    chatwire::voice voice{};
    open_enum<audio_format> format{};
    raw_members extra{};

    friend bool operator==(audio_options const&, audio_options const&) = default;
};

} // namespace chatwire
#endif
