// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CHAT_IMAGE_DETAIL_HPP
#define CHATWIRE_CHAT_IMAGE_DETAIL_HPP

#include <chatwire/chat/open_enum.hpp>

#include <span>
#include <string_view>

namespace chatwire {

/// How closely the model looks at an image.
enum class image_detail : unsigned char {
    auto_,
    low,
    high,
    original,
};

namespace detail {
inline constexpr std::string_view image_detail_names[] = {"auto", "low", "high", "original"};
} // namespace detail

/// The spellings, for @ref open_enum.
constexpr std::span<std::string_view const> enum_names(image_detail) noexcept { return detail::image_detail_names; }

} // namespace chatwire
#endif
