// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CHAT_VERBOSITY_HPP
#define CHATWIRE_CHAT_VERBOSITY_HPP

#include <chatwire/chat/open_enum.hpp>

#include <span>
#include <string_view>

namespace chatwire {

/// How long an answer is wanted.
enum class verbosity : unsigned char {
    low,
    medium,
    high,
};

namespace detail {
inline constexpr std::string_view verbosity_names[] = {"low", "medium", "high"};
} // namespace detail

/// The spellings, for @ref open_enum.
constexpr std::span<std::string_view const> enum_names(verbosity) noexcept { return detail::verbosity_names; }

} // namespace chatwire
#endif
