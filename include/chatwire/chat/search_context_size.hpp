// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CHAT_SEARCH_CONTEXT_SIZE_HPP
#define CHATWIRE_CHAT_SEARCH_CONTEXT_SIZE_HPP

#include <chatwire/chat/open_enum.hpp>

#include <span>
#include <string_view>

namespace chatwire {

/// How much of what a search found the model is given.
enum class search_context_size : unsigned char {
    low,
    medium,
    high,
};

namespace detail {
inline constexpr std::string_view search_context_size_names[] = {"low", "medium", "high"};
} // namespace detail

/// The spellings, for @ref open_enum.
constexpr std::span<std::string_view const> enum_names(search_context_size) noexcept
{
    return detail::search_context_size_names;
}

} // namespace chatwire
#endif
