// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CHAT_FINISH_REASON_HPP
#define CHATWIRE_CHAT_FINISH_REASON_HPP

#include <chatwire/chat/open_enum.hpp>

#include <span>
#include <string_view>

namespace chatwire {

/// Why the model stopped.
enum class finish_reason : unsigned char {
    stop,
    length,
    tool_calls,
    content_filter,
    function_call,
};

namespace detail {
inline constexpr std::string_view finish_reason_names[] = {"stop", "length", "tool_calls", "content_filter",
                                                           "function_call"};
} // namespace detail

/// The spellings, for @ref open_enum.
constexpr std::span<std::string_view const> enum_names(finish_reason) noexcept { return detail::finish_reason_names; }

} // namespace chatwire
#endif
