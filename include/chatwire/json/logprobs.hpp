// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_JSON_LOGPROBS_HPP
#define CHATWIRE_JSON_LOGPROBS_HPP

#include <chatwire/chat/logprobs.hpp>
#include <chatwire/json/codec.hpp>

#include <limits>

namespace chatwire::json {
namespace detail {

// One that is null, as those are written that are not finite, or is missing must not be read as certainty, which 0 is.
template <auto M>
constexpr field describe_logprob()
{
    auto f = member<M>("logprob");
    f.reset = [](void* object) {
        static_cast<typename member_of<decltype(M)>::object*>(object)->*M = -std::numeric_limits<double>::infinity();
    };
    return f;
}

} // namespace detail

template <>
struct table<top_logprob> {
    static constexpr field fields[] = {
        member<&top_logprob::token>("token"),
        detail::describe_logprob<&top_logprob::logprob>(),
        member<&top_logprob::bytes>("bytes", presence::nullable),
    };
};

template <>
struct table<token_logprob> {
    static constexpr field fields[] = {
        member<&token_logprob::token>("token"),
        detail::describe_logprob<&token_logprob::logprob>(),
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
