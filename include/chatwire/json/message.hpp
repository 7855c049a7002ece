// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_JSON_MESSAGE_HPP
#define CHATWIRE_JSON_MESSAGE_HPP

#include <chatwire/chat/message.hpp>
#include <chatwire/json/codec.hpp>

namespace chatwire::json {

template <>
struct table<image_url> {
    static constexpr field fields[] = {
        member<&image_url::url>("url"),
        member<&image_url::detail>("detail", presence::optional),
    };
};

template <>
struct table<text_part> {
    static constexpr field fields[] = {constant("type", "text"), member<&text_part::text>("text")};
};

template <>
struct table<image_part> {
    static constexpr field fields[] = {constant("type", "image_url"), member<&image_part::image_url>("image_url")};
};

template <>
struct table<refusal_part> {
    static constexpr field fields[] = {constant("type", "refusal"), member<&refusal_part::refusal>("refusal")};
};

/// An object whose `type` decides; a bare string counts as text, with the diagnostic `string_part`.
template <>
struct codec<content_part> : codec_base<content_part> {
    CHATWIRE_DECL static bool read(cursor& in, content_part& out);
    CHATWIRE_DECL static void write(std::string& out, content_part const& value);
};

/// A string or an array.
template <>
struct codec<content> : codec_base<content> {
    CHATWIRE_DECL static bool read(cursor& in, content& out);
    CHATWIRE_DECL static void write(std::string& out, content const& value);
};

template <>
struct table<function_call> {
    static constexpr field fields[] = {
        member<&function_call::name>("name"),
        text_or_raw<&function_call::arguments>("arguments", presence::required),
    };
};

template <>
struct table<tool_call> {
    static constexpr field fields[] = {
        member<&tool_call::id>("id"),
        member<&tool_call::type>("type"),
        member<&tool_call::function>("function", presence::optional),
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
        text_or_extra<&m::reasoning_content>("reasoning_content", presence::optional),
        text_or_extra<&m::reasoning>("reasoning", presence::optional),
        member<&m::function_call>("function_call", presence::optional),
        member<&m::annotations>("annotations", presence::optional),
        member<&m::audio>("audio", presence::optional),
    };
};

} // namespace chatwire::json

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/json/message.ipp>
#endif
#endif
