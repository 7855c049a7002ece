// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CHAT_ROLE_HPP
#define CHATWIRE_CHAT_ROLE_HPP

#include <chatwire/chat/open_enum.hpp>

#include <span>
#include <string_view>

namespace chatwire {

/// Who said a message.
enum class role : unsigned char {
    system,
    developer,
    user,
    assistant,
    tool,
    function,
};

namespace detail {
inline constexpr std::string_view role_names[] = {"system", "developer", "user", "assistant", "tool", "function"};
} // namespace detail

/// The spellings, for @ref open_enum.
constexpr std::span<std::string_view const> enum_names(role) noexcept { return detail::role_names; }

} // namespace chatwire
#endif
