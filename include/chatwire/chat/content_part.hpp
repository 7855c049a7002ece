// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CHAT_CONTENT_PART_HPP
#define CHATWIRE_CHAT_CONTENT_PART_HPP

#include <chatwire/chat/image_url.hpp>
#include <chatwire/chat/raw_json.hpp>
#include <chatwire/chat/raw_members.hpp>

#include <string>
#include <variant>

namespace chatwire {

/// A part of type `text`.
struct text_part {
    std::string text{};
    raw_members extra{};

    friend bool operator==(text_part const&, text_part const&) = default;
};

/// A part of type `image_url`.
struct image_part {
    chatwire::image_url image_url{};
    raw_members extra{};

    friend bool operator==(image_part const&, image_part const&) = default;
};

/// A part of type `refusal`: the model's words when it declines.
struct refusal_part {
    std::string refusal{};
    raw_members extra{};

    friend bool operator==(refusal_part const&, refusal_part const&) = default;
};

/// One part of a message's content. A part of any other type (audio, files, a service's own) is the whole part as JSON.
using content_part = std::variant<text_part, image_part, refusal_part, raw_json>;

} // namespace chatwire
#endif
