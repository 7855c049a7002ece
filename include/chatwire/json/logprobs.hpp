// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_JSON_LOGPROBS_HPP
#define CHATWIRE_JSON_LOGPROBS_HPP

#include <chatwire/chat/logprobs.hpp>
#include <chatwire/json/codec.hpp>

namespace chatwire::json {

template <>
struct table<top_logprob> {
    static constexpr field fields[] = {
        member<&top_logprob::token>("token"),
        member<&top_logprob::logprob>("logprob"),
        member<&top_logprob::bytes>("bytes", presence::nullable),
    };
};

template <>
struct table<token_logprob> {
    static constexpr field fields[] = {
        member<&token_logprob::token>("token"),
        member<&token_logprob::logprob>("logprob"),
        member<&token_logprob::bytes>("bytes", presence::nullable),
        member<&token_logprob::top_logprobs>("top_logprobs"),
    };
};

template <>
struct table<logprobs> {
    static constexpr field fields[] = {
        member<&logprobs::content>("content", presence::nullable),
        member<&logprobs::refusal>("refusal", presence::nullable),
    };
};

} // namespace chatwire::json
#endif
