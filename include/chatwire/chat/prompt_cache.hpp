// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CHAT_PROMPT_CACHE_HPP
#define CHATWIRE_CHAT_PROMPT_CACHE_HPP

#include <chatwire/chat/prompt_cache_mode.hpp>
#include <chatwire/chat/raw_members.hpp>

#include <optional>
#include <string>

namespace chatwire {

/// Marks the end of what of a prompt later requests will begin with, too.
struct prompt_cache_breakpoint {
    open_enum<prompt_cache_mode> mode{prompt_cache_mode::explicit_};
    std::optional<std::string> ttl{}; ///< how long to keep it at least, such as `30m`; absent: as the request says
    raw_members extra{};

    friend bool operator==(prompt_cache_breakpoint const&, prompt_cache_breakpoint const&) = default;
};

/// How what a prompt begins with is kept for later requests.
struct prompt_cache_options {
    std::optional<open_enum<prompt_cache_mode>> mode{}; ///< `explicit`: only up to the breakpoints
    std::optional<std::string> ttl{};                   ///< how long to keep it at least, such as `30m`
    raw_members extra{};

    friend bool operator==(prompt_cache_options const&, prompt_cache_options const&) = default;
};

} // namespace chatwire
#endif
