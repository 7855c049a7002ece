// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CHAT_CHUNK_CHOICE_HPP
#define CHATWIRE_CHAT_CHUNK_CHOICE_HPP

#include <chatwire/chat/delta.hpp>
#include <chatwire/chat/finish_reason.hpp>
#include <chatwire/chat/logprobs.hpp>

#include <cstdint>
#include <optional>

namespace chatwire {

/// What a chunk adds to one choice.
struct chunk_choice {
    std::int64_t index = 0;
    chatwire::delta delta{};
    std::optional<open_enum<chatwire::finish_reason>> finish_reason{}; ///< written as null until the last one
    nullable<chatwire::logprobs> logprobs{};
    raw_members extra{};

    friend bool operator==(chunk_choice const&, chunk_choice const&) = default;
};

} // namespace chatwire
#endif
