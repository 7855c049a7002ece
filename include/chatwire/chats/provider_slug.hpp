// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CHATS_PROVIDER_SLUG_HPP
#define CHATWIRE_CHATS_PROVIDER_SLUG_HPP

#include <chatwire/chat/open_enum.hpp>

#include <span>
#include <string_view>

namespace chatwire::chats {

/// The kinds of AI providers.
enum class provider_slug : unsigned char {
    openai,
    anthropic,
    google,
    xai,
    groq,
    ollama,
    azure,
    bedrock,
    gateway, ///< any service of this protocol, another gateway of ours among them
    custom,  ///< the same
};

namespace detail {
inline constexpr std::string_view provider_slug_names[] = {"openai", "anthropic", "google",  "xai",     "groq",
                                                           "ollama", "azure",     "bedrock", "gateway", "custom"};
} // namespace detail

/// The spellings, for @ref open_enum.
constexpr std::span<std::string_view const> enum_names(provider_slug) noexcept { return detail::provider_slug_names; }

} // namespace chatwire::chats
#endif
