// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CHAT_MODERATION_MODE_HPP
#define CHATWIRE_CHAT_MODERATION_MODE_HPP

#include <chatwire/chat/open_enum.hpp>

#include <span>
#include <string_view>

namespace chatwire {

/// What becomes of the verdict of a moderation.
enum class moderation_mode : unsigned char {
    score,
    block,
};

namespace detail {
inline constexpr std::string_view moderation_mode_names[] = {"score", "block"};
} // namespace detail

/// The spellings, for @ref open_enum.
constexpr std::span<std::string_view const> enum_names(moderation_mode) noexcept
{
    return detail::moderation_mode_names;
}

} // namespace chatwire
#endif
