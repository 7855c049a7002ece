// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_CHAT_VALIDATE_IPP
#define CHATWIRE_IMPL_CHAT_VALIDATE_IPP

#include <chatwire/chat/validate.hpp>

namespace chatwire::detail {

CHATWIRE_DECL failure invalid_request(errc code, std::string param, std::string_view what)
{
    failure f(code, param + ' ' + std::string(what));
    f.type = "invalid_request_error";
    f.param = std::move(param);
    return f;
}

// The member at fault, a space, and what is wrong with it; empty: nothing is.
CHATWIRE_DECL std::string_view fault_of(open_enum<role> const& who, bool has_content, bool has_calls, bool has_call_id,
                                        validate_options const& o) noexcept
{
    if (!who.known())
        return o.known_roles ? "role must be one of system, developer, user, assistant, tool, function" : "";
    if (who == role::tool && !has_call_id)
        return "tool_call_id is required with the role tool";
    if (who == role::assistant)
        return has_content || has_calls ? "" : "content is required, or tool_calls";
    return has_content || who == role::function ? "" : "content is required";
}

CHATWIRE_DECL std::string_view fault_of(content_part const& part) noexcept
{
    if (auto const* image = std::get_if<image_part>(&part))
        return image->image_url.url.empty() ? "image_url.url is required" : "";
    if (auto const* sound = std::get_if<audio_part>(&part))
        return sound->input_audio.data.empty() ? "input_audio.data is required" : "";
    if (auto const* file = std::get_if<file_part>(&part))
        return file->file.file_id || file->file.file_data || !file->file.extra.empty()
                   ? ""
                   : "file must have a file_id or file_data";
    return "";
}

CHATWIRE_DECL std::string_view fault_of(tool const& t) noexcept
{
    if (t.type == tool_type::function)
        return t.function.name.empty() ? "function.name is required" : "";
    if (t.type != tool_type::custom)
        return "";
    if (t.custom.name.empty())
        return "custom.name is required";
    auto const& format = t.custom.format;
    return format && format->type == tool_format_type::grammar && !format->grammar
               ? "custom.format.grammar is required with the type grammar"
               : "";
}

CHATWIRE_DECL std::string_view fault_of(tool_choice const& choice) noexcept
{
    if (auto const* named = std::get_if<named_tool>(&choice.value); named && named->name.empty())
        return named->type == tool_type::custom ? "custom.name is required" : "function.name is required";
    auto const* const allowed = std::get_if<allowed_tools>(&choice.value);
    if (!allowed)
        return "";
    if (allowed->mode == tool_choice_mode::none)
        return "allowed_tools.mode must be auto or required";
    return allowed->tools.empty() ? "allowed_tools.tools must be a non-empty array" : "";
}

CHATWIRE_DECL bool in_range(nullable<double> const& value, double low, double high) noexcept
{
    return !value || (*value >= low && *value <= high);
}

} // namespace chatwire::detail
#endif
