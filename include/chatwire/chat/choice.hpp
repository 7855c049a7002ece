// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CHAT_CHOICE_HPP
#define CHATWIRE_CHAT_CHOICE_HPP

#include <chatwire/chat/finish_reason.hpp>
#include <chatwire/chat/logprobs.hpp>
#include <chatwire/chat/message.hpp>

#include <cstdint>
#include <optional>

namespace chatwire {

/// One of the answers a completion holds.
struct choice {
    std::int64_t index = 0;
    chatwire::message message{.role = role::assistant};
    /// Absent where the service gave none, or the stream ended before it came. Written as null then.
    std::optional<open_enum<chatwire::finish_reason>> finish_reason{};
    nullable<chatwire::logprobs> logprobs{}; ///< always written, null where there is none
    raw_members extra{};

    friend bool operator==(choice const&, choice const&) = default;
};

} // namespace chatwire
#endif
