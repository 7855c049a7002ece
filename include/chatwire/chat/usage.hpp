// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CHAT_USAGE_HPP
#define CHATWIRE_CHAT_USAGE_HPP

#include <chatwire/chat/raw_members.hpp>

#include <cstdint>
#include <optional>

namespace chatwire {

/// Where the tokens of a prompt come from. Counts, negative: unknown.
struct prompt_tokens_details {
    std::optional<std::int64_t> cached_tokens{};
    std::optional<std::int64_t> cache_write_tokens{};
    std::optional<std::int64_t> text_tokens{};
    std::optional<std::int64_t> audio_tokens{};
    std::optional<std::int64_t> image_tokens{};
    raw_members extra{};

    friend bool operator==(prompt_tokens_details const&, prompt_tokens_details const&) = default;
};

/// What the tokens of an answer were spent on. Counts, negative: unknown.
struct completion_tokens_details {
    std::optional<std::int64_t> reasoning_tokens{};
    std::optional<std::int64_t> text_tokens{};
    std::optional<std::int64_t> audio_tokens{};
    std::optional<std::int64_t> accepted_prediction_tokens{};
    std::optional<std::int64_t> rejected_prediction_tokens{};
    raw_members extra{};

    friend bool operator==(completion_tokens_details const&, completion_tokens_details const&) = default;
};

/// Tokens a completion took. A negative count is not known: never sum it, never hold it against a limit.
struct usage {
    std::int64_t prompt_tokens = -1;
    std::int64_t completion_tokens = -1;
    std::int64_t total_tokens = -1;
    std::optional<chatwire::prompt_tokens_details> prompt_tokens_details{};
    std::optional<chatwire::completion_tokens_details> completion_tokens_details{};
    raw_members extra{};

    /// Whether all three counts are known.
    bool known() const noexcept { return prompt_tokens >= 0 && completion_tokens >= 0 && total_tokens >= 0; }

    friend bool operator==(usage const&, usage const&) = default;
};

} // namespace chatwire
#endif
