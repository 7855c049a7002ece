// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_JSON_REQUEST_HPP
#define CHATWIRE_JSON_REQUEST_HPP

#include <chatwire/chat/request.hpp>
#include <chatwire/json/message.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

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
struct table<tool_grammar> {
    static constexpr field fields[] = {
        member<&tool_grammar::definition>("definition"),
        member<&tool_grammar::syntax>("syntax"),
    };
};

template <>
struct table<tool_format> {
    static constexpr field fields[] = {
        member<&tool_format::type>("type"),
        member<&tool_format::grammar>("grammar", presence::optional),
    };
};

template <>
struct table<custom_tool> {
    static constexpr field fields[] = {
        member<&custom_tool::name>("name"),
        member<&custom_tool::description>("description", presence::optional),
        member<&custom_tool::format>("format", presence::optional),
    };
};

template <>
struct table<tool> {
    static constexpr field fields[] = {
        member<&tool::type>("type"),
        member<&tool::function>("function", presence::optional),
        member<&tool::custom>("custom", presence::optional),
    };
};

template <>
struct table<named_function> {
    static constexpr field fields[] = {member<&named_function::name>("name")};
};

namespace detail {

// What a named_tool is written as: `type`, and the member of that name.
struct named_tool_object {
    std::string type{};
    std::optional<named_function> function{};
    std::optional<named_function> custom{};
    raw_members extra{};
};

constexpr field stored_as(field f, std::string_view member)
{
    f.member = member;
    return f;
}

} // namespace detail

template <>
struct table<detail::named_tool_object> {
    using o = detail::named_tool_object;
    static constexpr field fields[] = {
        member<&o::type>("type"),
        detail::stored_as(member<&o::function>("function", presence::optional), "name"),
        detail::stored_as(member<&o::custom>("custom", presence::optional), "name"),
    };
};

namespace detail {

inline constexpr shape named_tool_shape{
    .what = shape::type::object, .name = "named_tool", .object = &info_of<named_tool_object>};
inline constexpr shape const* allowed_tool_shapes[] = {&named_tool_shape, &shape_of<raw_json>};

} // namespace detail

/// An object; `named_tool` where it says no more than that.
template <>
struct codec<allowed_tool> : codec_base<allowed_tool> {
    static constexpr json::shape shape() noexcept
    {
        return {.what = json::shape::type::one_of, .of = detail::allowed_tool_shapes};
    }
    CHATWIRE_DECL static bool read(cursor& in, allowed_tool& out);
    CHATWIRE_DECL static void append(appender& out, allowed_tool const& value);
};

template <>
struct table<allowed_tools> {
    static constexpr field fields[] = {
        member<&allowed_tools::mode>("mode"),
        member<&allowed_tools::tools>("tools"),
    };
};

namespace detail {

// A tool_choice that is allowed_tools.
struct allowed_tool_choice {
    chatwire::allowed_tools allowed_tools{};
    raw_members extra{};
};

} // namespace detail

template <>
struct table<detail::allowed_tool_choice> {
    static constexpr field fields[] = {
        constant("type", "allowed_tools"),
        member<&detail::allowed_tool_choice::allowed_tools>("allowed_tools"),
    };
};

namespace detail {

inline constexpr shape const* tool_choice_shapes[] = {&shape_of<open_enum<tool_choice_mode>>, &named_tool_shape,
                                                      &shape_of<allowed_tool_choice>, &shape_of<raw_json>};

} // namespace detail

/// A string, or an object; what has members beyond the published ones is kept whole.
template <>
struct codec<tool_choice> : codec_base<tool_choice> {
    static constexpr json::shape shape() noexcept
    {
        return {.what = json::shape::type::one_of, .of = detail::tool_choice_shapes};
    }
    CHATWIRE_DECL static bool read(cursor& in, tool_choice& out);
    CHATWIRE_DECL static void append(appender& out, tool_choice const& value);
};

/// A string, or an array of strings.
template <>
struct codec<stop_sequences> : codec_base<stop_sequences> {
    static constexpr json::shape shape() noexcept
    {
        return {.what = json::shape::type::one_of, .of = shapes_of<std::string, std::vector<std::string>>};
    }
    CHATWIRE_DECL static bool read(cursor& in, stop_sequences& out);
    CHATWIRE_DECL static void append(appender& out, stop_sequences const& value);
};

/// A string, or an object.
template <>
struct codec<function_choice> : codec_base<function_choice> {
    static constexpr json::shape shape() noexcept
    {
        return {.what = json::shape::type::one_of, .of = shapes_of<open_enum<tool_choice_mode>, named_function>};
    }
    CHATWIRE_DECL static bool read(cursor& in, function_choice& out);
    CHATWIRE_DECL static void append(appender& out, function_choice const& value);
};

template <>
struct table<custom_voice> {
    static constexpr field fields[] = {member<&custom_voice::id>("id")};
};

/// A string, or an object.
template <>
struct codec<voice> : codec_base<voice> {
    static constexpr json::shape shape() noexcept
    {
        return {.what = json::shape::type::one_of, .of = shapes_of<std::string, custom_voice>};
    }
    CHATWIRE_DECL static bool read(cursor& in, voice& out);
    CHATWIRE_DECL static void append(appender& out, voice const& value);
};

template <>
struct table<audio_options> {
    static constexpr field fields[] = {
        member<&audio_options::voice>("voice"),
        member<&audio_options::format>("format"),
    };
};

template <>
struct table<prediction> {
    static constexpr field fields[] = {
        member<&prediction::type>("type"),
        member<&prediction::content>("content", presence::optional),
    };
};

template <>
struct table<approximate_location> {
    using l = approximate_location;
    static constexpr field fields[] = {
        member<&l::city>("city", presence::optional),
        member<&l::country>("country", presence::optional),
        member<&l::region>("region", presence::optional),
        member<&l::timezone>("timezone", presence::optional),
    };
};

template <>
struct table<user_location> {
    static constexpr field fields[] = {
        member<&user_location::type>("type"),
        member<&user_location::approximate>("approximate", presence::optional),
    };
};

template <>
struct table<web_search_options> {
    using o = web_search_options;
    static constexpr field fields[] = {
        member<&o::search_context_size>("search_context_size", presence::optional),
        member<&o::user_location>("user_location", presence::optional),
    };
};

template <>
struct table<moderation_rule> {
    static constexpr field fields[] = {member<&moderation_rule::mode>("mode")};
};

template <>
struct table<moderation_policy> {
    static constexpr field fields[] = {
        member<&moderation_policy::input>("input", presence::optional),
        member<&moderation_policy::output>("output", presence::optional),
    };
};

template <>
struct table<moderation_options> {
    static constexpr field fields[] = {
        member<&moderation_options::model>("model"),
        member<&moderation_options::policy>("policy", presence::optional),
    };
};

template <>
struct table<prompt_cache_options> {
    using o = prompt_cache_options;
    static constexpr field fields[] = {
        member<&o::mode>("mode", presence::optional),
        member<&o::ttl>("ttl", presence::optional),
    };
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
        member<&r::moderation>("moderation", presence::optional),
        member<&r::functions>("functions", presence::optional),
        member<&r::function_call>("function_call", presence::optional),
        member<&r::metadata>("metadata", presence::optional),
        member<&r::store>("store", presence::optional),
        member<&r::service_tier>("service_tier", presence::optional),
        member<&r::user>("user", presence::optional),
        member<&r::safety_identifier>("safety_identifier", presence::optional),
        member<&r::prompt_cache_key>("prompt_cache_key", presence::optional),
        member<&r::prompt_cache_retention>("prompt_cache_retention", presence::optional),
        member<&r::prompt_cache_options>("prompt_cache_options", presence::optional),
        member<&r::stream>("stream", presence::optional),
        member<&r::stream_options>("stream_options", presence::optional),
    };
};

} // namespace chatwire::json

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/json/request.ipp>
#endif
#endif
