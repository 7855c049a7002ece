// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CHAT_TOOL_FORMAT_TYPE_HPP
#define CHATWIRE_CHAT_TOOL_FORMAT_TYPE_HPP

#include <chatwire/chat/open_enum.hpp>

#include <span>
#include <string_view>

namespace chatwire {

/// How the input of a custom tool is constrained.
enum class tool_format_type : unsigned char {
    text,
    grammar,
};

namespace detail {
inline constexpr std::string_view tool_format_type_names[] = {"text", "grammar"};
} // namespace detail

/// The spellings, for @ref open_enum.
constexpr std::span<std::string_view const> enum_names(tool_format_type) noexcept
{
    return detail::tool_format_type_names;
}

} // namespace chatwire
#endif
