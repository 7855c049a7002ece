// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_JSON_CHUNK_HPP
#define CHATWIRE_JSON_CHUNK_HPP

#include <chatwire/chat/chunk.hpp>
#include <chatwire/json/finish_reason.hpp>
#include <chatwire/json/logprobs.hpp>
#include <chatwire/json/message.hpp>
#include <chatwire/json/moderation.hpp>
#include <chatwire/json/usage.hpp>

namespace chatwire::json {

template <>
struct table<function_call_delta> {
    using f = function_call_delta;
    static constexpr field fields[] = {
        member<&f::name>("name", presence::optional),
        text_or_raw<&f::arguments>("arguments", presence::optional),
    };
};

template <>
struct table<custom_call_delta> {
    using c = custom_call_delta;
    static constexpr field fields[] = {
        member<&c::name>("name", presence::optional),
        member<&c::input>("input", presence::optional),
    };
};

template <>
struct table<tool_call_delta> {
    using t = tool_call_delta;
    static constexpr field fields[] = {
        member<&t::index>("index"),
        member<&t::id>("id", presence::optional),
        member<&t::type>("type", presence::optional),
        member<&t::function>("function", presence::optional),
        member<&t::custom>("custom", presence::optional),
    };
};

template <>
struct table<audio_delta> {
    using a = audio_delta;
    static constexpr field fields[] = {
        member<&a::id>("id", presence::optional),
        member<&a::data>("data", presence::optional),
        member<&a::expires_at>("expires_at", presence::optional),
        member<&a::transcript>("transcript", presence::optional),
    };
};

template <>
struct table<delta> {
    static constexpr field fields[] = {
        member<&delta::role>("role", presence::optional),
        member<&delta::content>("content", presence::optional),
        member<&delta::refusal>("refusal", presence::optional),
        or_extra<&delta::reasoning_content>("reasoning_content", presence::optional),
        or_extra<&delta::reasoning>("reasoning", presence::optional),
        member<&delta::tool_calls>("tool_calls", presence::optional),
        member<&delta::function_call>("function_call", presence::optional),
        or_extra<&delta::audio>("audio", presence::optional),
        or_extra<&delta::annotations>("annotations", presence::optional),
    };
};

template <>
struct table<chunk_choice> {
    static constexpr field fields[] = {
        member<&chunk_choice::index>("index"),
        member<&chunk_choice::delta>("delta"),
        member<&chunk_choice::logprobs>("logprobs", presence::optional),
        member<&chunk_choice::finish_reason>("finish_reason", presence::nullable),
        alias<&chunk_choice::finish_reason>("finishReason"),
    };
};

template <class D>
struct table<basic_chunk<D>> {
    using c = basic_chunk<D>;
    static constexpr field fields[] = {
        member<&c::id>("id"),
        member<&c::object>("object"),
        member<&c::created>("created"),
        member<&c::model>("model"),
        member<&c::choices>("choices"),
        member<&c::usage>("usage", presence::optional),
        member<&c::service_tier>("service_tier", presence::optional),
        member<&c::system_fingerprint>("system_fingerprint", presence::optional),
        or_extra<&c::moderation>("moderation", presence::optional),
        member<&c::obfuscation>("obfuscation", presence::optional),
    };
};

} // namespace chatwire::json
#endif
