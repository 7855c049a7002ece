// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CHAT_LOGPROBS_HPP
#define CHATWIRE_CHAT_LOGPROBS_HPP

#include <chatwire/chat/nullable.hpp>
#include <chatwire/chat/raw_members.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace chatwire {

/// A token that was likely at a place, and how likely.
struct top_logprob {
    std::string token{};
    double logprob = 0; ///< natural logarithm; written as null when it is not finite, and null is read as -infinity
    nullable<std::vector<std::int64_t>> bytes{};
    raw_members extra{};

    friend bool operator==(top_logprob const&, top_logprob const&) = default;
};

/// The token that was chosen, and what else was likely.
struct token_logprob {
    std::string token{};
    double logprob = 0; ///< natural logarithm; written as null when it is not finite, and null is read as -infinity
    nullable<std::vector<std::int64_t>> bytes{};
    std::vector<top_logprob> top_logprobs{};
    raw_members extra{};

    friend bool operator==(token_logprob const&, token_logprob const&) = default;
};

/// How likely the tokens of a choice were.
struct logprobs {
    nullable<std::vector<token_logprob>> content{};
    nullable<std::vector<token_logprob>> refusal{};
    raw_members extra{};

    friend bool operator==(logprobs const&, logprobs const&) = default;
};

} // namespace chatwire
#endif
