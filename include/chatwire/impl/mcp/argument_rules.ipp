// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_MCP_ARGUMENT_RULES_IPP
#define CHATWIRE_IMPL_MCP_ARGUMENT_RULES_IPP

#include <chatwire/http/grammar.hpp>
#include <chatwire/json/reader.hpp>
#include <chatwire/json/value.hpp>
#include <chatwire/mcp/argument_rules.hpp>
#include <chatwire/mcp/header_value.hpp>

#include <boost/json/value.hpp>

#include <algorithm>
#include <cmath>
#include <string_view>
#include <utility>

namespace chatwire::mcp {
namespace detail {

inline std::string to_std(boost::json::string_view s) { return {s.data(), s.size()}; }

// A string, or the strings of an array.
inline std::vector<std::string> words_of(boost::json::value const* v)
{
    std::vector<std::string> out;
    if (v && v->is_string())
        out.push_back(to_std(v->get_string()));
    else if (v && v->is_array())
        for (auto const& one : v->get_array())
            if (one.is_string())
                out.push_back(to_std(one.get_string()));
    return out;
}

inline bool is_integer(raw_json const& v)
{
    double d = 0;
    json::cursor in(v.text(), nullptr, {});
    return v.is_number() && in.number(d) && std::floor(d) == d;
}

inline bool has_type(raw_json const& v, std::string_view type)
{
    return type == "string"    ? v.is_string()
           : type == "integer" ? is_integer(v)
           : type == "number"  ? v.is_number()
           : type == "boolean" ? v.is_bool()
           : type == "object"  ? v.is_object()
           : type == "array"   ? v.is_array()
           : type == "null"    ? v.is_null()
                               : true; // no type of JSON Schema
}

// The members that are repeated in header fields, with the ways to them, through `properties` only.
template <class F>
result<void> find_repeated(boost::json::object const& schema, std::vector<std::string>& way, F const& add)
{
    auto const* properties = schema.if_contains("properties");
    if (!properties || !properties->is_object())
        return {};
    for (auto const& [name, property] : properties->get_object()) {
        if (!property.is_object())
            continue;
        way.push_back(to_std(name));
        if (auto const* field = property.get_object().if_contains("x-mcp-header"))
            if (auto added = add(way, *field, property.get_object()); !added)
                return added;
        if (auto inner = find_repeated(property.get_object(), way, add); !inner)
            return inner;
        way.pop_back();
    }
    return {};
}

} // namespace detail

CHATWIRE_DECL result<argument_rules> argument_rules::of(raw_json const& schema)
{
    auto const v = json::to_value(schema);
    if (!v)
        return v.error();
    auto const refuse = [](std::string why) { return failure(errc::invalid_argument, std::move(why)); };
    auto const* o = v->if_object();
    auto const* type = o ? o->if_contains("type") : nullptr;
    if (!type || *type != "object")
        return refuse("an input schema has to be one of an object");
    argument_rules out;
    if (auto const* properties = o->if_contains("properties"); properties && properties->is_object())
        for (auto const& [name, property] : properties->get_object())
            out.members_.push_back({detail::to_std(name),
                                    property.is_object() ? detail::words_of(property.get_object().if_contains("type"))
                                                         : std::vector<std::string>{}});
    if (auto const* required = o->if_contains("required"))
        out.required_ = detail::words_of(required);
    auto const* others = o->if_contains("additionalProperties");
    out.closed_ = others && *others == false && !o->if_contains("patternProperties");

    auto const add = [&](std::vector<std::string> const& way, boost::json::value const& field,
                         boost::json::object const& property) -> result<void> {
        auto const types = detail::words_of(property.if_contains("type"));
        auto const name = field.is_string() ? "Mcp-Param-" + detail::to_std(field.get_string()) : std::string();
        if (name.size() <= 10 || !http::valid_field_name(name))
            return refuse("x-mcp-header: not the name of a header field");
        if (types.size() != 1 || (types[0] != "string" && types[0] != "integer" && types[0] != "boolean"))
            return refuse("x-mcp-header: " + name + " is of no type that a header field can have");
        if (std::any_of(out.repeated_.begin(), out.repeated_.end(),
                        [&](repeated const& r) { return http::iequals(r.field, name); }))
            return refuse("x-mcp-header: " + name + " stands for two members");
        out.repeated_.push_back({way, name});
        return {};
    };
    std::vector<std::string> way;
    if (auto const found = detail::find_repeated(*o, way, add); !found)
        return found.error();
    return out;
}

CHATWIRE_DECL std::optional<std::string> argument_rules::check(raw_json const& arguments) const
{
    auto const given = json::read<raw_members>(arguments.text());
    if (!given)
        return given.error().message;
    for (auto const& name : required_)
        if (!given->find(name))
            return "'" + name + "' is missing";
    for (auto const& [name, value] : *given) {
        auto const rule =
            std::find_if(members_.begin(), members_.end(), [&n = name](auto const& m) { return m.name == n; });
        if (rule == members_.end()) {
            if (closed_)
                return "'" + name + "' is not known";
            continue;
        }
        auto const& types = rule->types;
        if (!types.empty() && std::none_of(types.begin(), types.end(),
                                           [&v = value](auto const& type) { return detail::has_type(v, type); })) {
            std::string expected;
            for (auto const& type : types)
                expected += (expected.empty() ? "" : " or ") + type;
            return "'" + name + "': expected " + expected;
        }
    }
    return std::nullopt;
}

CHATWIRE_DECL std::optional<std::string> argument_rules::check_fields(raw_json const& arguments,
                                                                      http::fields const& fields) const
{
    for (auto const& r : repeated_) {
        raw_json value = arguments;
        for (auto const& name : r.way) {
            auto const inside = value.is_object() ? json::read<raw_members>(value.text()) : result<raw_members>{};
            auto const* found = inside ? inside->find(name) : nullptr;
            value = found ? *found : raw_json();
        }
        if (value.is_null())
            continue; // then no field is expected, and one that is there says nothing
        auto const field = fields.find(r.field);
        if (!field || fields.count(r.field) > 1)
            return r.field + " is missing, or there are several";
        auto const said = decode_header_value(*field);
        if (!said)
            return r.field + " has characters that it must not have";
        bool same = false;
        if (value.is_string()) {
            auto const text = json::read<std::string>(value.text());
            same = text && *text == *said;
        } else if (value.is_number()) {
            auto const a = json::read<double>(value.text());
            auto const b = json::read<double>(*said);
            same = a && b && *a == *b;
        } else {
            same = value.text() == *said;
        }
        if (!same)
            return r.field + " says something else than the arguments";
    }
    return std::nullopt;
}

} // namespace chatwire::mcp
#endif
