// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CHAT_CONTENT_PART_HPP
#define CHATWIRE_CHAT_CONTENT_PART_HPP

#include <chatwire/chat/image_url.hpp>
#include <chatwire/chat/input_audio.hpp>
#include <chatwire/chat/input_file.hpp>
#include <chatwire/chat/prompt_cache.hpp>
#include <chatwire/chat/raw_json.hpp>
#include <chatwire/chat/raw_members.hpp>

#include <optional>
#include <string>
#include <variant>

namespace chatwire {

/// A part of type `text`.
struct text_part {
    std::string text{};
    std::optional<chatwire::prompt_cache_breakpoint> prompt_cache_breakpoint{};
    raw_members extra{};

    friend bool operator==(text_part const&, text_part const&) = default;
};

/// A part of type `image_url`.
struct image_part {
    chatwire::image_url image_url{};
    std::optional<chatwire::prompt_cache_breakpoint> prompt_cache_breakpoint{};
    raw_members extra{};

    friend bool operator==(image_part const&, image_part const&) = default;
};

/// A part of type `input_audio`.
struct audio_part {
    chatwire::input_audio input_audio{};
    std::optional<chatwire::prompt_cache_breakpoint> prompt_cache_breakpoint{};
    raw_members extra{};

    friend bool operator==(audio_part const&, audio_part const&) = default;
};

/// A part of type `file`.
struct file_part {
    input_file file{};
    std::optional<chatwire::prompt_cache_breakpoint> prompt_cache_breakpoint{};
    raw_members extra{};

    friend bool operator==(file_part const&, file_part const&) = default;
};

/// A part of type `refusal`: the model's words when it declines.
struct refusal_part {
    std::string refusal{};
    raw_members extra{};

    friend bool operator==(refusal_part const&, refusal_part const&) = default;
};

/// One part of a message's content. A part of any other type (a service's own) is the whole part as JSON.
using content_part = std::variant<text_part, image_part, audio_part, file_part, refusal_part, raw_json>;

} // namespace chatwire
#endif
