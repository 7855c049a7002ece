// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_JSON_REQUEST_IPP
#define CHATWIRE_IMPL_JSON_REQUEST_IPP

#include <chatwire/json/request.hpp>

namespace chatwire::json {
namespace detail {

// {"type":"function","function":{"name":...}}
struct named_function {
    std::string name{};
    raw_members extra{};
};

struct named_choice {
    named_function function{};
    raw_members extra{};
};

} // namespace detail

template <>
struct table<detail::named_function> {
    static constexpr field fields[] = {member<&detail::named_function::name>("name")};
};

template <>
struct table<detail::named_choice> {
    static constexpr field fields[] = {constant("type", "function"),
                                       member<&detail::named_choice::function>("function")};
};

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
    bool const function = in.look_ahead("type") == "function";
    auto const before = in;
    if (function) {
        detail::named_choice named;
        if (!codec<detail::named_choice>::read(in, named))
            return false;
        if (named.extra.empty() && named.function.extra.empty()) {
            out.value = named_tool{std::move(named.function.name)};
            return true;
        }
        in = before; // more than the name: kept whole
    }
    return in.raw(out.value.emplace<raw_json>());
}

CHATWIRE_DECL void codec<tool_choice>::write(std::string& out, tool_choice const& value)
{
    if (auto const* mode = std::get_if<0>(&value.value)) {
        append_string(out, mode->text());
    } else if (auto const* named = std::get_if<1>(&value.value)) {
        out += R"({"type":"function","function":{"name":)";
        append_string(out, named->name);
        out += "}}";
    } else {
        out += std::get<2>(value.value).text();
    }
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
