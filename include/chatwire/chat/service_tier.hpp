// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CHAT_SERVICE_TIER_HPP
#define CHATWIRE_CHAT_SERVICE_TIER_HPP

#include <chatwire/chat/open_enum.hpp>

#include <span>
#include <string_view>

namespace chatwire {

/// The processing tier asked for, or used.
enum class service_tier : unsigned char {
    auto_,
    default_,
    flex,
    scale,
    priority,
    fast,
};

namespace detail {
inline constexpr std::string_view service_tier_names[] = {"auto", "default", "flex", "scale", "priority", "fast"};
} // namespace detail

/// The spellings, for @ref open_enum.
constexpr std::span<std::string_view const> enum_names(service_tier) noexcept { return detail::service_tier_names; }

} // namespace chatwire
#endif
