// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CHAT_STREAM_OPTIONS_HPP
#define CHATWIRE_CHAT_STREAM_OPTIONS_HPP

#include <chatwire/chat/raw_members.hpp>

#include <optional>

namespace chatwire {

/// Options of a streamed answer.
struct stream_options {
    std::optional<bool> include_usage{};       ///< one more chunk, before the end, with the usage
    std::optional<bool> include_obfuscation{}; ///< padding against traffic analysis
    raw_members extra{};

    friend bool operator==(stream_options const&, stream_options const&) = default;
};

} // namespace chatwire
#endif
