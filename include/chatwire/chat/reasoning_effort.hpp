// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CHAT_REASONING_EFFORT_HPP
#define CHATWIRE_CHAT_REASONING_EFFORT_HPP

#include <chatwire/chat/open_enum.hpp>

#include <span>
#include <string_view>

namespace chatwire {

/// How much a reasoning model is to think.
enum class reasoning_effort : unsigned char {
    none,
    minimal,
    low,
    medium,
    high,
    xhigh,
    max,
};

namespace detail {
inline constexpr std::string_view reasoning_effort_names[] = {"none", "minimal", "low", "medium",
                                                              "high", "xhigh",   "max"};
} // namespace detail

/// The spellings, for @ref open_enum.
constexpr std::span<std::string_view const> enum_names(reasoning_effort) noexcept
{
    return detail::reasoning_effort_names;
}

} // namespace chatwire
#endif
