// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CHAT_AUDIO_FORMAT_HPP
#define CHATWIRE_CHAT_AUDIO_FORMAT_HPP

#include <chatwire/chat/open_enum.hpp>

#include <span>
#include <string_view>

namespace chatwire {

/// How sound is encoded.
enum class audio_format : unsigned char {
    wav,
    mp3,
    aac,
    flac,
    opus,
    pcm16,
};

namespace detail {
inline constexpr std::string_view audio_format_names[] = {"wav", "mp3", "aac", "flac", "opus", "pcm16"};
} // namespace detail

/// The spellings, for @ref open_enum.
constexpr std::span<std::string_view const> enum_names(audio_format) noexcept { return detail::audio_format_names; }

} // namespace chatwire
#endif
