// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_JSON_REQUEST_IPP
#define CHATWIRE_IMPL_JSON_REQUEST_IPP

#include <chatwire/json/request.hpp>

namespace chatwire::json {
CHATWIRE_DECL bool codec<tool_choice>::read(cursor& in, tool_choice& out)
{
    char const c = in.peek();
    if (c == '"') {
        open_enum<tool_choice_mode> mode;
        if (!codec<open_enum<tool_choice_mode>>::read(in, mode))
            return false;
        out.value = std::move(mode);
        return true;
    }
    if (c != '{')
        return in.wrong_type("a string or an object");
    auto const type = in.look_ahead("type");
    bool const function = type == "function", custom = type == "custom", allowed = type == "allowed_tools";
    auto const before = in;
    if (function || custom || allowed) {
        detail::tool_choice_object o;
        if (!codec<detail::tool_choice_object>::read(in, o))
            return false;
        auto const& named = function ? o.function : o.custom;
        if (allowed ? !o.allowed_tools : !named)
            return in.fail(errc::missing_member, "missing") || in.inside(o.type);
        bool const whole = o.extra.empty() && o.function.has_value() == function && o.custom.has_value() == custom &&
                           o.allowed_tools.has_value() == allowed && (allowed || named->extra.empty());
        if (whole && allowed)
            out.value = *std::move(o.allowed_tools);
        else if (whole)
            out.value = named_tool{.name = named->name, .type = custom ? tool_type::custom : tool_type::function};
        if (whole)
            return true;
        in = before; // there is more to it: kept whole
    }
    return in.raw(out.value.emplace<raw_json>());
}

CHATWIRE_DECL void codec<tool_choice>::write(std::string& out, tool_choice const& value)
{
    if (auto const* mode = std::get_if<open_enum<tool_choice_mode>>(&value.value))
        return append_string(out, mode->text());
    if (auto const* other = std::get_if<raw_json>(&value.value))
        return codec<raw_json>::write(out, *other);
    detail::tool_choice_object o;
    if (auto const* allowed = std::get_if<allowed_tools>(&value.value)) {
        o.type = "allowed_tools";
        o.allowed_tools = *allowed;
    } else {
        auto const& named = std::get<named_tool>(value.value);
        o.type = to_string(named.type);
        (named.type == tool_type::custom ? o.custom : o.function) = named_function{.name = named.name};
    }
    codec<detail::tool_choice_object>::write(out, o);
}

CHATWIRE_DECL bool codec<function_choice>::read(cursor& in, function_choice& out)
{
    char const c = in.peek();
    if (c == '"') {
        open_enum<tool_choice_mode> mode;
        if (!codec<open_enum<tool_choice_mode>>::read(in, mode))
            return false;
        out.value = std::move(mode);
        return true;
    }
    if (c == '{')
        return codec<named_function>::read(in, out.value.emplace<named_function>());
    return in.wrong_type("a string or an object");
}

CHATWIRE_DECL void codec<function_choice>::write(std::string& out, function_choice const& value)
{
    if (auto const* mode = std::get_if<0>(&value.value))
        append_string(out, mode->text());
    else
        codec<named_function>::write(out, std::get<1>(value.value));
}

CHATWIRE_DECL bool codec<voice>::read(cursor& in, voice& out)
{
    char const c = in.peek();
    if (c == '"')
        return in.string(out.value.emplace<0>());
    if (c == '{')
        return codec<custom_voice>::read(in, out.value.emplace<1>());
    return in.wrong_type("a string or an object");
}

CHATWIRE_DECL void codec<voice>::write(std::string& out, voice const& value)
{
    if (auto const* name = std::get_if<0>(&value.value))
        append_string(out, *name);
    else
        codec<custom_voice>::write(out, std::get<1>(value.value));
}

CHATWIRE_DECL bool codec<stop_sequences>::read(cursor& in, stop_sequences& out)
{
    char const c = in.peek();
    if (c == '"')
        return in.string(out.value.emplace<0>());
    if (c == '[')
        return codec<std::vector<std::string>>::read(in, out.value.emplace<1>());
    return in.wrong_type("a string or an array");
}

CHATWIRE_DECL void codec<stop_sequences>::write(std::string& out, stop_sequences const& value)
{
    if (auto const* one = std::get_if<0>(&value.value))
        append_string(out, *one);
    else
        codec<std::vector<std::string>>::write(out, std::get<1>(value.value));
}

} // namespace chatwire::json
#endif
