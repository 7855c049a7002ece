// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_JSON_VALUE_IPP
#define CHATWIRE_IMPL_JSON_VALUE_IPP

#include <chatwire/json/append.hpp>
#include <chatwire/json/cursor.hpp>
#include <chatwire/json/scan.hpp>
#include <chatwire/json/value.hpp>

#include <charconv>
#include <cstdint>

namespace chatwire::json {
namespace detail {

// Not Boost.JSON's parser: the options that make its numbers exact, and let a lone surrogate pass, differ by version.
inline bool read_value(cursor& in, boost::json::value& out)
{
    switch (in.peek()) {
    case '{': {
        auto& object = out.emplace_object();
        if (!in.enter_object())
            return false;
        std::string_view name;
        while (in.member(name))
            if (!read_value(in, object[boost::json::string_view(name.data(), name.size())]))
                return false;
        return in.good();
    }
    case '[': {
        auto& array = out.emplace_array();
        if (!in.enter_array())
            return false;
        while (in.element())
            if (!read_value(in, array.emplace_back(nullptr)))
                return false;
        return in.good();
    }
    case '"': {
        std::string_view text;
        if (!in.string_view(text))
            return false;
        out.emplace_string().assign(text.data(), text.size());
        return true;
    }
    case 't':
    case 'f': return in.boolean(out.emplace_bool());
    case 'n': out = nullptr; return in.null();
    default: break;
    }
    auto const text = in.rest();
    bool integer = false;
    auto const* const end = skip_number(text.data(), text.data() + text.size(), integer);
    if (!end || !integer)
        return in.number(out.emplace_double());
    auto const fits = [&](auto& number) { return std::from_chars(text.data(), end, number).ec == std::errc(); };
    if (std::int64_t number = 0; fits(number))
        out = number;
    else if (std::uint64_t natural = 0; fits(natural))
        out = natural;
    else
        return in.number(out.emplace_double());
    return in.skip();
}

inline result<boost::json::value> parse_value(std::string_view text)
{
    read_options o;
    o.limits = {static_cast<std::size_t>(-1), limits::hard_depth, static_cast<std::size_t>(-1)};
    cursor in(text, nullptr, o);
    boost::json::value value;
    if (!read_value(in, value) || !in.finish())
        return in.error();
    return value;
}

inline std::string_view view(boost::json::string_view text) noexcept { return {text.data(), text.size()}; }

inline void append_value(std::string& out, boost::json::value const& value)
{
    switch (value.kind()) {
    case boost::json::kind::null: out += "null"; return;
    case boost::json::kind::bool_: out += value.get_bool() ? "true" : "false"; return;
    case boost::json::kind::int64: append_number(out, value.get_int64()); return;
    case boost::json::kind::uint64: out += std::to_string(value.get_uint64()); return;
    case boost::json::kind::double_: append_number(out, value.get_double()); return;
    case boost::json::kind::string: append_string(out, view(value.get_string())); return;
    case boost::json::kind::array: {
        char before = '[';
        if (value.get_array().empty())
            out += before;
        for (auto const& element : value.get_array()) {
            out += before;
            append_value(out, element);
            before = ',';
        }
        out += ']';
        return;
    }
    case boost::json::kind::object: {
        char before = '{';
        if (value.get_object().empty())
            out += before;
        for (auto const& member : value.get_object()) {
            out += before;
            append_string(out, view(member.key()));
            out += ':';
            append_value(out, member.value());
            before = ',';
        }
        out += '}';
        return;
    }
    }
}

} // namespace detail

CHATWIRE_DECL result<boost::json::value> to_value(raw_json const& raw) { return detail::parse_value(raw.text()); }

CHATWIRE_DECL result<boost::json::value> to_value(raw_members const& members)
{
    std::string text;
    append_members(text, members);
    return detail::parse_value(text);
}

CHATWIRE_DECL raw_json to_raw(boost::json::object const& value) { return to_raw(boost::json::value(value)); }

CHATWIRE_DECL raw_json to_raw(boost::json::value const& value)
{
    std::string text;
    detail::append_value(text, value);
    return raw_json::trusted(std::move(text));
}

CHATWIRE_DECL raw_members to_members(boost::json::value const& value)
{
    raw_members out;
    if (auto const* object = value.if_object())
        for (auto const& member : *object)
            out.append(std::string(detail::view(member.key())), to_raw(member.value()));
    return out;
}

} // namespace chatwire::json
#endif
