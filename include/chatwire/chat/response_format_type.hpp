// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CHAT_RESPONSE_FORMAT_TYPE_HPP
#define CHATWIRE_CHAT_RESPONSE_FORMAT_TYPE_HPP

#include <chatwire/chat/open_enum.hpp>

#include <span>
#include <string_view>

namespace chatwire {

/// What form an answer is to take.
enum class response_format_type : unsigned char {
    text,
    json_object,
    json_schema,
};

namespace detail {
inline constexpr std::string_view response_format_type_names[] = {"text", "json_object", "json_schema"};
} // namespace detail

/// The spellings, for @ref open_enum.
constexpr std::span<std::string_view const> enum_names(response_format_type) noexcept
{
    return detail::response_format_type_names;
}

} // namespace chatwire
#endif
