// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_JSON_REQUEST_IPP
#define CHATWIRE_IMPL_JSON_REQUEST_IPP

#include <chatwire/json/request.hpp>

namespace chatwire::json {
namespace detail {

// An object into the first alternative that can hold all of it: a named tool, or the whole as JSON.
template <class V>
bool read_named_tool(cursor& in, V& out)
{
    auto const type = in.look_ahead("type");
    bool const function = type == "function", custom = type == "custom";
    if (!function && !custom)
        return in.raw(out.template emplace<raw_json>());
    auto const before = in;
    named_tool_object o;
    if (!codec<named_tool_object>::read(in, o))
        return false;
    auto const& named = function ? o.function : o.custom;
    if (!named)
        return in.fail(errc::missing_member, "missing") || in.inside(o.type);
    if (o.extra.empty() && named->extra.empty() && !(o.function && o.custom)) {
        out = named_tool{.name = named->name, .type = custom ? tool_type::custom : tool_type::function};
        return true;
    }
    in = before; // there is more to it
    return in.raw(out.template emplace<raw_json>());
}

inline void append_named_tool(appender& out, named_tool const& tool)
{
    named_tool_object o{.type = std::string(to_string(tool.type))};
    (tool.type == tool_type::custom ? o.custom : o.function) = named_function{.name = tool.name};
    codec<named_tool_object>::append(out, o);
}

} // namespace detail

CHATWIRE_DECL bool codec<allowed_tool>::read(cursor& in, allowed_tool& out)
{
    return in.peek() == '{' ? detail::read_named_tool(in, out) : in.wrong_type("an object");
}

CHATWIRE_DECL void codec<allowed_tool>::append(appender& out, allowed_tool const& value)
{
    if (auto const* named = std::get_if<named_tool>(&value))
        detail::append_named_tool(out, *named);
    else
        codec<raw_json>::append(out, std::get<raw_json>(value));
}

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
    if (in.look_ahead("type") != "allowed_tools")
        return detail::read_named_tool(in, out.value);
    auto const before = in;
    detail::allowed_tool_choice allowed;
    if (!codec<detail::allowed_tool_choice>::read(in, allowed))
        return false;
    if (allowed.extra.empty()) {
        out.value = std::move(allowed.allowed_tools);
        return true;
    }
    in = before; // there is more to it
    return in.raw(out.value.emplace<raw_json>());
}

CHATWIRE_DECL void codec<tool_choice>::append(appender& out, tool_choice const& value)
{
    if (auto const* mode = std::get_if<open_enum<tool_choice_mode>>(&value.value))
        append_string(out, mode->text());
    else if (auto const* named = std::get_if<named_tool>(&value.value))
        detail::append_named_tool(out, *named);
    else if (auto const* allowed = std::get_if<allowed_tools>(&value.value))
        codec<detail::allowed_tool_choice>::append(out, {.allowed_tools = *allowed});
    else
        codec<raw_json>::append(out, std::get<raw_json>(value.value));
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

CHATWIRE_DECL void codec<function_choice>::append(appender& out, function_choice const& value)
{
    if (auto const* mode = std::get_if<0>(&value.value))
        append_string(out, mode->text());
    else
        codec<named_function>::append(out, std::get<1>(value.value));
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

CHATWIRE_DECL void codec<voice>::append(appender& out, voice const& value)
{
    if (auto const* name = std::get_if<0>(&value.value))
        append_string(out, *name);
    else
        codec<custom_voice>::append(out, std::get<1>(value.value));
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

CHATWIRE_DECL void codec<stop_sequences>::append(appender& out, stop_sequences const& value)
{
    if (auto const* one = std::get_if<0>(&value.value))
        append_string(out, *one);
    else
        codec<std::vector<std::string>>::append(out, std::get<1>(value.value));
}

} // namespace chatwire::json
#endif
