// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CHAT_TOOL_CHOICE_MODE_HPP
#define CHATWIRE_CHAT_TOOL_CHOICE_MODE_HPP

#include <chatwire/chat/open_enum.hpp>

#include <span>
#include <string_view>

namespace chatwire {

/// Whether the model is to call tools.
enum class tool_choice_mode : unsigned char {
    none,
    auto_,
    required,
};

namespace detail {
inline constexpr std::string_view tool_choice_mode_names[] = {"none", "auto", "required"};
} // namespace detail

/// The spellings, for @ref open_enum.
constexpr std::span<std::string_view const> enum_names(tool_choice_mode) noexcept
{
    return detail::tool_choice_mode_names;
}

} // namespace chatwire
#endif
