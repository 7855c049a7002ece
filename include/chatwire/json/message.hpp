// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_JSON_MESSAGE_HPP
#define CHATWIRE_JSON_MESSAGE_HPP

#include <chatwire/chat/message.hpp>
#include <chatwire/json/tagged.hpp>

namespace chatwire::json {

template <>
struct table<image_url> {
    static constexpr field fields[] = {
        member<&image_url::url>("url"),
        member<&image_url::detail>("detail", presence::optional),
    };
};

template <>
struct table<input_audio> {
    static constexpr field fields[] = {
        member<&input_audio::data>("data"),
        member<&input_audio::format>("format"),
    };
};

template <>
struct table<input_file> {
    static constexpr field fields[] = {
        member<&input_file::file_id>("file_id", presence::optional),
        member<&input_file::file_data>("file_data", presence::optional),
        member<&input_file::filename>("filename", presence::optional),
    };
};

template <>
struct table<prompt_cache_breakpoint> {
    using b = prompt_cache_breakpoint;
    static constexpr field fields[] = {
        member<&b::mode>("mode"),
        member<&b::ttl>("ttl", presence::optional),
    };
};

template <>
struct table<text_part> {
    using p = text_part;
    static constexpr field fields[] = {
        constant("type", "text"),
        member<&p::text>("text"),
        member<&p::prompt_cache_breakpoint>("prompt_cache_breakpoint", presence::optional),
    };
};

template <>
struct table<image_part> {
    using p = image_part;
    static constexpr field fields[] = {
        constant("type", "image_url"),
        member<&p::image_url>("image_url"),
        member<&p::prompt_cache_breakpoint>("prompt_cache_breakpoint", presence::optional),
    };
};

template <>
struct table<audio_part> {
    using p = audio_part;
    static constexpr field fields[] = {
        constant("type", "input_audio"),
        member<&p::input_audio>("input_audio"),
        member<&p::prompt_cache_breakpoint>("prompt_cache_breakpoint", presence::optional),
    };
};

template <>
struct table<file_part> {
    using p = file_part;
    static constexpr field fields[] = {
        constant("type", "file"),
        member<&p::file>("file"),
        member<&p::prompt_cache_breakpoint>("prompt_cache_breakpoint", presence::optional),
    };
};

template <>
struct table<refusal_part> {
    static constexpr field fields[] = {constant("type", "refusal"), member<&refusal_part::refusal>("refusal")};
};

/// An object whose `type` decides; a bare string counts as text, with the diagnostic `string_part`.
template <>
struct codec<content_part> : codec_base<content_part> {
    static constexpr json::shape shape() noexcept
    {
        return {.what = json::shape::type::one_of,
                .of = shapes_of<text_part, image_part, audio_part, file_part, refusal_part, raw_json>};
    }
    CHATWIRE_DECL static bool read(cursor& in, content_part& out);
    CHATWIRE_DECL static void append(appender& out, content_part const& value);
};

/// A string or an array.
template <>
struct codec<content> : codec_base<content> {
    static constexpr json::shape shape() noexcept
    {
        return {.what = json::shape::type::one_of, .of = shapes_of<std::string, std::vector<content_part>>};
    }
    CHATWIRE_DECL static bool read(cursor& in, content& out);
    CHATWIRE_DECL static void append(appender& out, content const& value);
};

template <>
struct table<function_call> {
    static constexpr field fields[] = {
        member<&function_call::name>("name"),
        text_or_raw<&function_call::arguments>("arguments", presence::required),
    };
};

template <>
struct table<custom_call> {
    static constexpr field fields[] = {
        member<&custom_call::name>("name"),
        member<&custom_call::input>("input"),
    };
};

template <>
struct table<tool_call> {
    static constexpr field fields[] = {
        member<&tool_call::id>("id"),
        member<&tool_call::type>("type"),
        member<&tool_call::function>("function", presence::optional),
        member<&tool_call::custom>("custom", presence::optional),
    };
};

template <>
struct table<url_citation> {
    static constexpr field fields[] = {
        member<&url_citation::start_index>("start_index"),
        member<&url_citation::end_index>("end_index"),
        member<&url_citation::url>("url"),
        member<&url_citation::title>("title"),
    };
};

template <>
struct table<annotation> {
    static constexpr field fields[] = {
        member<&annotation::type>("type"),
        member<&annotation::url_citation>("url_citation", presence::optional),
    };
};

template <>
struct table<message_audio> {
    using a = message_audio;
    static constexpr field fields[] = {
        member<&a::id>("id"),
        member<&a::data>("data", presence::optional),
        member<&a::expires_at>("expires_at", presence::optional),
        member<&a::transcript>("transcript", presence::optional),
    };
};

template <class X>
struct table<basic_message<X>> {
    using m = basic_message<X>;
    static constexpr field fields[] = {
        member<&m::role>("role"),
        member<&m::content>("content", presence::optional),
        member<&m::name>("name", presence::optional),
        member<&m::tool_calls>("tool_calls", presence::optional),
        member<&m::tool_call_id>("tool_call_id", presence::optional),
        member<&m::refusal>("refusal", presence::optional),
        or_extra<&m::reasoning_content>("reasoning_content", presence::optional),
        or_extra<&m::reasoning>("reasoning", presence::optional),
        member<&m::function_call>("function_call", presence::optional),
        or_extra<&m::annotations>("annotations", presence::optional),
        or_extra<&m::audio>("audio", presence::optional),
    };
};

} // namespace chatwire::json

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/json/message.ipp>
#endif
#endif
