// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_PATHORS_SUBSTITUTE_IPP
#define CHATWIRE_IMPL_PATHORS_SUBSTITUTE_IPP

#include <chatwire/pathors/substitute.hpp>

#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include <charconv>
#include <cmath>

namespace chatwire::pathors {
namespace detail {

inline boost::json::value const* find_variable(boost::json::object const& variables, std::string_view name)
{
    auto const at = [](boost::json::object const& o, std::string_view key) {
        return o.if_contains({key.data(), key.size()});
    };
    if (auto const* whole = at(variables, name))
        return whole;
    auto const* in = &variables;
    for (;;) {
        auto const dot = name.find('.');
        auto const* v = at(*in, name.substr(0, dot));
        if (!v || dot == name.npos)
            return v;
        in = v->if_object();
        if (!in)
            return nullptr;
        name.remove_prefix(dot + 1);
    }
}

inline void append_json(std::string& out, boost::json::value const& v)
{
    char sep = 0;
    auto const comma = [&] {
        if (sep)
            out += sep;
        sep = ',';
    };
    if (auto const* d = v.if_double()) {
        // people read this: 2.5, where Boost.JSON writes 2.5E0
        char buffer[32];
        auto const end = std::to_chars(buffer, buffer + sizeof(buffer), *d).ptr;
        out += std::isfinite(*d) ? std::string_view(buffer, static_cast<std::size_t>(end - buffer)) : "null";
    } else if (auto const* array = v.if_array()) {
        out += '[';
        for (auto const& item : *array) {
            comma();
            append_json(out, item);
        }
        out += ']';
    } else if (auto const* object = v.if_object()) {
        out += '{';
        for (auto const& [key, member] : *object) {
            comma();
            out += boost::json::serialize(key);
            out += ':';
            append_json(out, member);
        }
        out += '}';
    } else {
        out += boost::json::serialize(v);
    }
}

inline std::string_view trim_blanks(std::string_view s)
{
    constexpr std::string_view blanks = " \t\r\n";
    auto const first = s.find_first_not_of(blanks);
    return first == s.npos ? std::string_view() : s.substr(first, s.find_last_not_of(blanks) - first + 1);
}

} // namespace detail

CHATWIRE_DECL std::string substitute(std::string_view text, boost::json::object const& variables)
{
    std::string out;
    out.reserve(text.size());
    for (;;) {
        // The name stands between a `}}` and the last `{{` before it. Each byte is looked at a fixed number of times.
        auto const open = text.find("{{");
        auto const close = open == text.npos ? text.npos : text.find("}}", open + 2);
        if (close == text.npos) {
            out += text;
            return out;
        }
        auto const start = text.rfind("{{", close - 2);
        out += text.substr(0, start);
        auto const name = detail::trim_blanks(text.substr(start + 2, close - start - 2));
        if (auto const* v = detail::find_variable(variables, name)) {
            if (auto const* s = v->if_string())
                out.append(s->data(), s->size());
            else
                detail::append_json(out, *v);
        }
        text.remove_prefix(close + 2);
    }
}

} // namespace chatwire::pathors
#endif
