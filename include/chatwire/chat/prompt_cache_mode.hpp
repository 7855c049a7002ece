// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CHAT_PROMPT_CACHE_MODE_HPP
#define CHATWIRE_CHAT_PROMPT_CACHE_MODE_HPP

#include <chatwire/chat/open_enum.hpp>

#include <span>
#include <string_view>

namespace chatwire {

/// Who chooses what of a prompt is kept for later requests.
enum class prompt_cache_mode : unsigned char {
    implicit,
    explicit_,
};

namespace detail {
inline constexpr std::string_view prompt_cache_mode_names[] = {"implicit", "explicit"};
} // namespace detail

/// The spellings, for @ref open_enum.
constexpr std::span<std::string_view const> enum_names(prompt_cache_mode) noexcept
{
    return detail::prompt_cache_mode_names;
}

} // namespace chatwire
#endif
