// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_JSON_REQUEST_HPP
#define CHATWIRE_JSON_REQUEST_HPP

#include <chatwire/chat/request.hpp>
#include <chatwire/json/message.hpp>

namespace chatwire::json {

template <>
struct table<function_definition> {
    static constexpr field fields[] = {
        member<&function_definition::name>("name"),
        member<&function_definition::description>("description", presence::optional),
        member<&function_definition::parameters>("parameters", presence::optional),
        member<&function_definition::strict>("strict", presence::optional),
    };
};

template <>
struct table<tool> {
    static constexpr field fields[] = {
        member<&tool::type>("type"),
        member<&tool::function>("function", presence::optional),
    };
};

/// A string, or an object.
template <>
struct codec<tool_choice> : codec_base<tool_choice> {
    CHATWIRE_DECL static bool read(cursor& in, tool_choice& out);
    CHATWIRE_DECL static void write(std::string& out, tool_choice const& value);
};

/// A string, or an array of strings.
template <>
struct codec<stop_sequences> : codec_base<stop_sequences> {
    CHATWIRE_DECL static bool read(cursor& in, stop_sequences& out);
    CHATWIRE_DECL static void write(std::string& out, stop_sequences const& value);
};

template <>
struct table<json_schema_format> {
    static constexpr field fields[] = {
        member<&json_schema_format::name>("name"),
        member<&json_schema_format::description>("description", presence::optional),
        member<&json_schema_format::schema>("schema", presence::optional),
        member<&json_schema_format::strict>("strict", presence::optional),
    };
};

template <>
struct table<response_format> {
    static constexpr field fields[] = {
        member<&response_format::type>("type"),
        member<&response_format::json_schema>("json_schema", presence::optional),
    };
};

template <>
struct table<stream_options> {
    static constexpr field fields[] = {
        member<&stream_options::include_usage>("include_usage", presence::optional),
        member<&stream_options::include_obfuscation>("include_obfuscation", presence::optional),
    };
};

template <class D>
struct table<basic_request<D>> {
    using r = basic_request<D>;
    static constexpr field fields[] = {
        member<&r::model>("model", presence::optional),
        member<&r::messages>("messages"),
        member<&r::tools>("tools", presence::optional),
        member<&r::tool_choice>("tool_choice", presence::optional),
        member<&r::parallel_tool_calls>("parallel_tool_calls", presence::optional),
        member<&r::response_format>("response_format", presence::optional),
        member<&r::temperature>("temperature", presence::optional),
        member<&r::top_p>("top_p", presence::optional),
        member<&r::max_completion_tokens>("max_completion_tokens", presence::optional),
        member<&r::max_tokens>("max_tokens", presence::optional),
        member<&r::n>("n", presence::optional),
        member<&r::stop>("stop", presence::optional),
        member<&r::seed>("seed", presence::optional),
        member<&r::frequency_penalty>("frequency_penalty", presence::optional),
        member<&r::presence_penalty>("presence_penalty", presence::optional),
        member<&r::logit_bias>("logit_bias", presence::optional),
        member<&r::logprobs>("logprobs", presence::optional),
        member<&r::top_logprobs>("top_logprobs", presence::optional),
        member<&r::reasoning_effort>("reasoning_effort", presence::optional),
        member<&r::verbosity>("verbosity", presence::optional),
        member<&r::modalities>("modalities", presence::optional),
        member<&r::audio>("audio", presence::optional),
        member<&r::prediction>("prediction", presence::optional),
        member<&r::web_search_options>("web_search_options", presence::optional),
        member<&r::functions>("functions", presence::optional),
        member<&r::function_call>("function_call", presence::optional),
        member<&r::metadata>("metadata", presence::optional),
        member<&r::store>("store", presence::optional),
        member<&r::service_tier>("service_tier", presence::optional),
        member<&r::user>("user", presence::optional),
        member<&r::safety_identifier>("safety_identifier", presence::optional),
        member<&r::prompt_cache_key>("prompt_cache_key", presence::optional),
        member<&r::prompt_cache_retention>("prompt_cache_retention", presence::optional),
        member<&r::stream>("stream", presence::optional),
        member<&r::stream_options>("stream_options", presence::optional),
    };
};

} // namespace chatwire::json

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/json/request.ipp>
#endif
#endif
