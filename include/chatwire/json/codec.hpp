// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_JSON_CODEC_HPP
#define CHATWIRE_JSON_CODEC_HPP

#include <chatwire/chat/nullable.hpp>
#include <chatwire/chat/open_enum.hpp>
#include <chatwire/chat/raw_json.hpp>
#include <chatwire/chat/raw_members.hpp>
#include <chatwire/chat/string_map.hpp>
#include <chatwire/json/append.hpp>
#include <chatwire/json/appender.hpp>
#include <chatwire/json/cursor.hpp>
#include <chatwire/json/field.hpp>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace chatwire::json {

/// The members of every codec that most codecs have alike. A codec that derives from it writes with a function
/// `append(appender&, T const&)`, or has its own `write`.
template <class T>
struct codec_base {
    static constexpr bool takes_null = false; ///< null is a value of the type
    /// Whether there is nothing to write, where the table allows that.
    static bool absent(T const&) noexcept { return false; }
    static void clear(T& value) { value = T{}; }
    static void write(std::string& out, T const& value)
    {
        appender to(out);
        codec<T>::append(to, value);
    }
};

namespace detail {

// How many elements a list that is full gets memory for next, when so many bytes of text gave what it has, and so many
// are left. The first are most of the lists there are; where there are more, moving them costs more than memory.
inline std::size_t next_capacity(std::size_t elements, std::size_t read, std::size_t left) noexcept
{
    if (elements >= 32)
        return 2 * elements;
    return std::min<std::size_t>(elements < 8 ? 8 : 32, elements + 1 + left / (read / elements + 1));
}

} // namespace detail

/// A type with a field table is an object.
template <class T>
struct codec : codec_base<T> {
    static_assert(described<T>, "this type has no field table and no codec: specialise chatwire::json::table");
    static bool absent(T const& value)
    {
        if constexpr (std::equality_comparable<T>)
            return value == T{};
        else
            return false;
    }
    static constexpr json::shape shape() noexcept
    {
        return {.what = json::shape::type::object, .name = detail::type_name<T>(), .object = &info_of<T>};
    }
    static bool read(cursor& in, T& out) { return in.object(info_of<T>, &out); }
    static void append(appender& out, T const& value) { append_object(out, info_of<T>, &value); }
};

template <>
struct codec<bool> : codec_base<bool> {
    static constexpr json::shape shape() noexcept { return {.what = json::shape::type::boolean}; }
    static bool read(cursor& in, bool& out) { return in.boolean(out); }
    static void append(appender& out, bool value) { out.put(std::string_view(value ? "true" : "false")); }
};

template <>
struct codec<std::int64_t> : codec_base<std::int64_t> {
    static constexpr json::shape shape() noexcept { return {.what = json::shape::type::integer}; }
    static bool read(cursor& in, std::int64_t& out) { return in.integer(out); }
    static void append(appender& out, std::int64_t value) { append_number(out, value); }
};

template <>
struct codec<double> : codec_base<double> {
    static constexpr json::shape shape() noexcept { return {.what = json::shape::type::number}; }
    static bool read(cursor& in, double& out) { return in.number(out); }
    static void append(appender& out, double value) { append_number(out, value); }
};

template <>
struct codec<std::string> : codec_base<std::string> {
    static constexpr json::shape shape() noexcept { return {.what = json::shape::type::string}; }
    static bool absent(std::string const& value) noexcept { return value.empty(); }
    static void clear(std::string& value) noexcept { value.clear(); }
    static bool read(cursor& in, std::string& out) { return in.string(out); }
    static bool read_text_or_raw(cursor& in, std::string& out) { return in.text_or_raw(out); }
    static void write(std::string& out, std::string const& value) { append_string(out, value); }
    static void append(appender& out, std::string const& value) { append_string(out, value); }
};

template <class E>
struct codec<open_enum<E>> : codec_base<open_enum<E>> {
    static constexpr json::shape shape() noexcept
    {
        return {.what = json::shape::type::string, .words = enum_names(E{})};
    }
    static bool read(cursor& in, open_enum<E>& out)
    {
        std::string_view text;
        if (!in.string_view(text))
            return false;
        out.assign(text);
        return true;
    }
    static void append(appender& out, open_enum<E> const& value) { append_string(out, value.text()); }
};

template <>
struct codec<raw_json> : codec_base<raw_json> {
    static constexpr json::shape shape() noexcept { return {}; }
    static constexpr bool takes_null = true;
    static bool read(cursor& in, raw_json& out) { return in.raw(out); }
    static void write(std::string& out, raw_json const& value) { out += value.text(); }
    static void append(appender& out, raw_json const& value) { out.put(value.text()); }
};

template <>
struct codec<raw_members> : codec_base<raw_members> {
    static constexpr json::shape shape() noexcept
    {
        return {.what = json::shape::type::map, .of = shapes_of<raw_json>};
    }
    static bool absent(raw_members const& value) noexcept { return value.empty(); }
    static void clear(raw_members& value) noexcept { value.clear(); }
    static bool read(cursor& in, raw_members& out) { return in.members(out); }
    static void append(appender& out, raw_members const& value) { append_members(out, value); }
};

template <class T>
struct codec<std::optional<T>> : codec_base<std::optional<T>> {
    static constexpr json::shape shape() noexcept { return codec<T>::shape(); }
    static bool absent(std::optional<T> const& value) noexcept { return !value; }
    static void clear(std::optional<T>& value) noexcept { value.reset(); }
    static bool read(cursor& in, std::optional<T>& out) { return codec<T>::read(in, out ? *out : out.emplace()); }
    static bool read_text_or_raw(cursor& in, std::optional<T>& out) requires requires { codec<T>::read_text_or_raw; }
    {
        return codec<T>::read_text_or_raw(in, out ? *out : out.emplace());
    }
    static void append(appender& out, std::optional<T> const& value)
    {
        if (value)
            detail::append_value(out, *value);
        else
            out.put("null");
    }
};

template <class T>
struct codec<nullable<T>> : codec_base<nullable<T>> {
    static constexpr json::shape shape() noexcept { return codec<T>::shape(); }
    static constexpr bool takes_null = true;
    static bool absent(nullable<T> const& value) noexcept { return value.is_absent(); }
    static void clear(nullable<T>& value) noexcept { value.reset(); }
    static bool read(cursor& in, nullable<T>& out)
    {
        if (in.peek() != 'n')
            return codec<T>::read(in, out.ensure());
        out = nullptr;
        return in.null();
    }
    static void append(appender& out, nullable<T> const& value)
    {
        if (value)
            detail::append_value(out, *value);
        else
            out.put("null");
    }
};

template <class T>
struct codec<std::vector<T>> : codec_base<std::vector<T>> {
    static constexpr json::shape shape() noexcept { return {.what = json::shape::type::array, .of = shapes_of<T>}; }
    static bool absent(std::vector<T> const& value) noexcept { return value.empty(); }
    static void clear(std::vector<T>& value) noexcept { value.clear(); }
    static bool read(cursor& in, std::vector<T>& out)
    {
        if (!in.enter_array())
            return false;
        std::size_t n = 0;
        auto const left = in.rest().size();
        for (; in.element(); ++n) {
            if (n == out.size()) {
                if (!in.charge(sizeof(T)))
                    return false;
                if (n != 0 && n == out.capacity())
                    out.reserve(detail::next_capacity(n, left - in.rest().size(), in.rest().size()));
                out.emplace_back();
            }
            if (!codec<T>::read(in, out[n]))
                return in.inside(n);
        }
        out.resize(n);
        return in.good();
    }
    static void append(appender& out, std::vector<T> const& value)
    {
        bool first = true;
        out.put('[');
        for (auto const& element : value) {
            if (!first)
                out.put(',');
            first = false;
            detail::append_value<T>(out, element);
        }
        out.put(']');
    }
};

template <class T>
struct codec<string_map<T>> : codec_base<string_map<T>> {
    static constexpr json::shape shape() noexcept { return {.what = json::shape::type::map, .of = shapes_of<T>}; }
    static bool absent(string_map<T> const& value) noexcept { return value.empty(); }
    static void clear(string_map<T>& value) noexcept { value.clear(); }
    static bool read(cursor& in, string_map<T>& out)
    {
        out.clear();
        auto const entry = [](cursor& c, std::string_view name, void* into) {
            std::string key(name);
            return c.charge(sizeof(typename string_map<T>::value_type)) &&
                   (codec<T>::read(c, static_cast<string_map<T>*>(into)->append(key)) || c.inside(key));
        };
        return in.members(entry, &out) && in.drop_duplicates(out);
    }
    static void append(appender& out, string_map<T> const& value)
    {
        bool first = true;
        out.put('{');
        for (auto const& [name, element] : value) {
            if (!first)
                out.put(',');
            first = false;
            append_string(out, name);
            out.put(':');
            detail::append_value<T>(out, element);
        }
        out.put('}');
    }
};

} // namespace chatwire::json
#endif
