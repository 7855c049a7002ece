// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_JSON_USAGE_HPP
#define CHATWIRE_JSON_USAGE_HPP

#include <chatwire/chat/usage.hpp>
#include <chatwire/json/codec.hpp>

namespace chatwire::json {

template <>
struct table<prompt_tokens_details> {
    using d = prompt_tokens_details;
    static constexpr field fields[] = {
        member<&d::cached_tokens>("cached_tokens", presence::optional),
        member<&d::cache_write_tokens>("cache_write_tokens", presence::optional),
        member<&d::text_tokens>("text_tokens", presence::optional),
        member<&d::audio_tokens>("audio_tokens", presence::optional),
        member<&d::image_tokens>("image_tokens", presence::optional),
    };
};

template <>
struct table<completion_tokens_details> {
    using d = completion_tokens_details;
    static constexpr field fields[] = {
        member<&d::reasoning_tokens>("reasoning_tokens", presence::optional),
        member<&d::text_tokens>("text_tokens", presence::optional),
        member<&d::audio_tokens>("audio_tokens", presence::optional),
        member<&d::accepted_prediction_tokens>("accepted_prediction_tokens", presence::optional),
        member<&d::rejected_prediction_tokens>("rejected_prediction_tokens", presence::optional),
    };
};

template <>
struct table<usage> {
    static constexpr field fields[] = {
        member<&usage::prompt_tokens>("prompt_tokens"),
        member<&usage::completion_tokens>("completion_tokens"),
        member<&usage::total_tokens>("total_tokens"),
        member<&usage::prompt_tokens_details>("prompt_tokens_details", presence::optional),
        member<&usage::completion_tokens_details>("completion_tokens_details", presence::optional),
    };
};

} // namespace chatwire::json
#endif
