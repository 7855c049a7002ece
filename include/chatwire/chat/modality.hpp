// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CHAT_MODALITY_HPP
#define CHATWIRE_CHAT_MODALITY_HPP

#include <chatwire/chat/open_enum.hpp>

#include <span>
#include <string_view>

namespace chatwire {

/// A form in which a model answers.
enum class modality : unsigned char {
    text,
    audio,
};

namespace detail {
inline constexpr std::string_view modality_names[] = {"text", "audio"};
} // namespace detail

/// The spellings, for @ref open_enum.
constexpr std::span<std::string_view const> enum_names(modality) noexcept { return detail::modality_names; }

} // namespace chatwire
#endif
