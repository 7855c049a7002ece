// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_BENCH_FIELDS_HPP
#define CHATWIRE_BENCH_FIELDS_HPP

#include "contender.hpp"

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

/// What the peers know of the types: what a program writes with its library's macros or by hand. Nothing here is
/// used by chatwire.
namespace bench {

/// Marks a member that is written as null where there is none.
struct always {};

/// fields(object, f) calls `f(name, member)` or `f(name, member, always())` for each member of the object.
template <class C, class T>
concept is = std::same_as<std::remove_const_t<C>, T>;

template <class F>
[[gnu::always_inline]] inline void fields(is<chatwire::function_call_delta> auto& f, F&& with)
{
    with("name", f.name);
    with("arguments", f.arguments);
}

template <class F>
[[gnu::always_inline]] inline void fields(is<chatwire::tool_call_delta> auto& t, F&& with)
{
    with("index", t.index);
    with("id", t.id);
    with("type", t.type);
    with("function", t.function);
}

template <class F>
[[gnu::always_inline]] inline void fields(is<chatwire::delta> auto& d, F&& with)
{
    with("role", d.role);
    with("content", d.content);
    with("refusal", d.refusal);
    with("reasoning_content", d.reasoning_content);
    with("reasoning", d.reasoning);
    with("tool_calls", d.tool_calls);
    with("function_call", d.function_call);
}

template <class F>
[[gnu::always_inline]] inline void fields(is<chatwire::top_logprob> auto& t, F&& with)
{
    with("token", t.token);
    with("logprob", t.logprob);
    with("bytes", t.bytes);
}

template <class F>
[[gnu::always_inline]] inline void fields(is<chatwire::token_logprob> auto& t, F&& with)
{
    with("token", t.token);
    with("logprob", t.logprob);
    with("bytes", t.bytes);
    with("top_logprobs", t.top_logprobs);
}

template <class F>
[[gnu::always_inline]] inline void fields(is<chatwire::logprobs> auto& l, F&& with)
{
    with("content", l.content);
    with("refusal", l.refusal);
}

template <class F>
[[gnu::always_inline]] inline void fields(is<chatwire::chunk_choice> auto& c, F&& with)
{
    with("index", c.index);
    with("delta", c.delta);
    with("logprobs", c.logprobs);
    with("finish_reason", c.finish_reason, always());
}

template <class F>
[[gnu::always_inline]] inline void fields(is<chatwire::prompt_tokens_details> auto& d, F&& with)
{
    with("cached_tokens", d.cached_tokens);
    with("cache_write_tokens", d.cache_write_tokens);
    with("text_tokens", d.text_tokens);
    with("audio_tokens", d.audio_tokens);
    with("image_tokens", d.image_tokens);
}

template <class F>
[[gnu::always_inline]] inline void fields(is<chatwire::completion_tokens_details> auto& d, F&& with)
{
    with("reasoning_tokens", d.reasoning_tokens);
    with("text_tokens", d.text_tokens);
    with("audio_tokens", d.audio_tokens);
    with("accepted_prediction_tokens", d.accepted_prediction_tokens);
    with("rejected_prediction_tokens", d.rejected_prediction_tokens);
}

template <class F>
[[gnu::always_inline]] inline void fields(is<chatwire::usage> auto& u, F&& with)
{
    with("prompt_tokens", u.prompt_tokens);
    with("completion_tokens", u.completion_tokens);
    with("total_tokens", u.total_tokens);
    with("prompt_tokens_details", u.prompt_tokens_details);
    with("completion_tokens_details", u.completion_tokens_details);
}

template <class F>
[[gnu::always_inline]] inline void fields(is<chunk> auto& c, F&& with)
{
    with("id", c.id);
    with("object", c.object);
    with("created", c.created);
    with("model", c.model);
    with("choices", c.choices, always());
    with("usage", c.usage);
    with("service_tier", c.service_tier);
    with("system_fingerprint", c.system_fingerprint);
    with("obfuscation", c.obfuscation);
}

template <class F>
[[gnu::always_inline]] inline void fields(is<chatwire::function_call> auto& f, F&& with)
{
    with("name", f.name);
    with("arguments", f.arguments);
}

template <class F>
[[gnu::always_inline]] inline void fields(is<chatwire::tool_call> auto& t, F&& with)
{
    with("id", t.id);
    with("type", t.type);
    with("function", t.function);
}

template <class F>
[[gnu::always_inline]] inline void fields(is<chatwire::text_part> auto& p, F&& with)
{
    with("text", p.text);
}

template <class F>
[[gnu::always_inline]] inline void fields(is<chatwire::message> auto& m, F&& with)
{
    with("role", m.role);
    with("content", m.content);
    with("name", m.name);
    with("tool_calls", m.tool_calls);
    with("tool_call_id", m.tool_call_id);
    with("refusal", m.refusal);
    with("reasoning_content", m.reasoning_content);
    with("reasoning", m.reasoning);
    with("function_call", m.function_call);
}

template <class F>
[[gnu::always_inline]] inline void fields(is<chatwire::choice> auto& c, F&& with)
{
    with("index", c.index);
    with("message", c.message);
    with("logprobs", c.logprobs);
    with("finish_reason", c.finish_reason, always());
}

template <class F>
[[gnu::always_inline]] inline void fields(is<completion> auto& c, F&& with)
{
    with("id", c.id);
    with("object", c.object);
    with("created", c.created);
    with("model", c.model);
    with("choices", c.choices, always());
    with("usage", c.usage);
    with("service_tier", c.service_tier);
    with("system_fingerprint", c.system_fingerprint);
    with("metadata", c.metadata);
}

template <class F>
[[gnu::always_inline]] inline void fields(is<chatwire::function_definition> auto& d, F&& with)
{
    with("name", d.name);
    with("description", d.description);
    with("parameters", d.parameters);
    with("strict", d.strict);
}

template <class F>
[[gnu::always_inline]] inline void fields(is<chatwire::tool> auto& t, F&& with)
{
    with("type", t.type);
    with("function", t.function);
}

template <class F>
[[gnu::always_inline]] inline void fields(is<chatwire::stream_options> auto& o, F&& with)
{
    with("include_usage", o.include_usage);
    with("include_obfuscation", o.include_obfuscation);
}

template <class F>
[[gnu::always_inline]] inline void fields(is<request> auto& r, F&& with)
{
    with("model", r.model);
    with("messages", r.messages, always());
    with("tools", r.tools);
    with("tool_choice", r.tool_choice);
    with("parallel_tool_calls", r.parallel_tool_calls);
    with("temperature", r.temperature);
    with("top_p", r.top_p);
    with("max_completion_tokens", r.max_completion_tokens);
    with("max_tokens", r.max_tokens);
    with("n", r.n);
    with("seed", r.seed);
    with("frequency_penalty", r.frequency_penalty);
    with("presence_penalty", r.presence_penalty);
    with("logprobs", r.logprobs);
    with("top_logprobs", r.top_logprobs);
    with("reasoning_effort", r.reasoning_effort);
    with("metadata", r.metadata);
    with("store", r.store);
    with("service_tier", r.service_tier);
    with("user", r.user);
    with("prompt_cache_key", r.prompt_cache_key);
    with("stream", r.stream);
    with("stream_options", r.stream_options);
}

template <class T>
concept described = requires(T& value)
{
    fields(value, [](auto&&...) {});
};

/// Whether a name is that of a field: with what is known when compiling, a comparison or two.
[[gnu::always_inline]] inline bool equal(std::string_view name, std::string_view field) noexcept
{
    return name.size() == field.size() && std::memcmp(name.data(), field.data(), field.size()) == 0;
}

/// Puts a member back that a document does not have.
template <class T>
void clear(T& value)
{
    if constexpr (requires { value.reset(); })
        value.reset();
    else if constexpr (requires { value.clear(); })
        value.clear();
    else
        value = T{};
}

/// Whether an encoder leaves the member out.
template <class T>
bool absent(T const& value)
{
    if constexpr (requires { value.is_absent(); })
        return value.is_absent();
    else if constexpr (requires { value.reset(); })
        return !value;
    else if constexpr (requires { value.push_back({}); } && !std::same_as<T, std::string>)
        return value.empty();
    else
        return false;
}

} // namespace bench

#endif
