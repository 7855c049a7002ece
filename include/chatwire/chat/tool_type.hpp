// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CHAT_TOOL_TYPE_HPP
#define CHATWIRE_CHAT_TOOL_TYPE_HPP

#include <chatwire/chat/open_enum.hpp>

#include <span>
#include <string_view>

namespace chatwire {

/// The kind of a tool, and of a call to one.
enum class tool_type : unsigned char {
    function,
    custom,
};

namespace detail {
inline constexpr std::string_view tool_type_names[] = {"function", "custom"};
} // namespace detail

/// The spellings, for @ref open_enum.
constexpr std::span<std::string_view const> enum_names(tool_type) noexcept { return detail::tool_type_names; }

} // namespace chatwire
#endif
