// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CHAT_IMAGE_URL_HPP
#define CHATWIRE_CHAT_IMAGE_URL_HPP

#include <chatwire/chat/image_detail.hpp>
#include <chatwire/chat/raw_members.hpp>

#include <optional>
#include <string>

namespace chatwire {

/// An image, by URL or as a `data:` URL with base64 content.
struct image_url {
    std::string url{};
    std::optional<open_enum<image_detail>> detail{};
    raw_members extra{};

    friend bool operator==(image_url const&, image_url const&) = default;
};

} // namespace chatwire
#endif
