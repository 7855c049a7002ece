// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_SERVER_OFFLINE_DETAIL_JSON_HPP
#define CHATWIRE_SERVER_OFFLINE_DETAIL_JSON_HPP

#include <chatwire/json/reader.hpp>
#include <chatwire/json/value.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace chatwire::offline::detail {

// The value of a text that is one JSON value; nothing for any other text.
inline std::optional<boost::json::value> parse_json(std::string_view text)
{
    auto raw = json::parse_raw(text);
    if (!raw)
        return std::nullopt;
    auto v = json::to_value(*raw);
    if (!v)
        return std::nullopt;
    return std::move(*v);
}

inline std::string write_json(boost::json::value const& v) { return std::string(json::to_raw(v).text()); }

inline std::string_view view(boost::json::string const& s) noexcept { return {s.data(), s.size()}; }

// A value for people: a string as it is, anything else as JSON.
inline std::string say_json(boost::json::value const& v)
{
    return v.is_string() ? std::string(view(v.get_string())) : write_json(v);
}

// Calls f(path, value) for everything in `v` that is no object, 64 values at most; a path has dots between the names.
template <class F>
void for_each_leaf(boost::json::value const& v, F const& f)
{
    int left = 64;
    auto const walk = [&](auto const& self, std::string const& path, boost::json::value const& at) -> void {
        if (auto const* o = at.if_object()) {
            for (auto const& [name, member] : *o)
                self(self, path + (path.empty() ? "" : ".") + std::string(name.data(), name.size()), member);
        } else if (left-- > 0) {
            f(path, at);
        }
    };
    walk(walk, {}, v);
}

// The first object in a text, braces inside strings not counted; empty if there is none. Gives up after a few tries, so
// that a text of nothing but braces costs no more than one look at each.
inline std::string_view first_object(std::string_view text)
{
    for (int tries = 0; tries != 4; ++tries) {
        auto const open = text.find('{');
        if (open == text.npos)
            return {};
        text.remove_prefix(open);
        std::size_t depth = 0, i = 0;
        bool quoted = false;
        for (; i != text.size(); ++i) {
            if (text[i] == '\\' && quoted && i + 1 != text.size())
                ++i;
            else if (text[i] == '"')
                quoted = !quoted;
            else if (!quoted && text[i] == '{')
                ++depth;
            else if (!quoted && text[i] == '}' && --depth == 0)
                break;
        }
        if (i != text.size() && parse_json(text.substr(0, i + 1)))
            return text.substr(0, i + 1);
        text.remove_prefix(1);
    }
    return {};
}

} // namespace chatwire::offline::detail
#endif
