// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_JSON_APPEND_IPP
#define CHATWIRE_IMPL_JSON_APPEND_IPP

#include <chatwire/json/append.hpp>
#include <chatwire/json/scan.hpp>
#include <chatwire/json/utf8.hpp>

#include <charconv>
#include <cmath>

namespace chatwire::json {
namespace detail {

// What a byte is escaped as: the letter behind the backslash; 0: by its number.
inline char escape_letter(char c) noexcept
{
    switch (c) {
    case '"': return '"';
    case '\\': return '\\';
    case '\b': return 'b';
    case '\f': return 'f';
    case '\n': return 'n';
    case '\r': return 'r';
    case '\t': return 't';
    default: return 0;
    }
}

// Writes at most six bytes. Returns their end.
inline char* put_escaped(char* to, char c) noexcept
{
    *to++ = '\\';
    if (char const letter = escape_letter(c)) {
        *to++ = letter;
        return to;
    }
    constexpr char hex[] = "0123456789abcdef";
    for (char const d :
         {'u', '0', '0', hex[static_cast<unsigned char>(c) >> 4], hex[static_cast<unsigned char>(c) & 15]})
        *to++ = d;
    return to;
}

inline void append_unknown(appender& out, raw_members const& members)
{
    for (auto const& m : members) {
        if (out.room(1)[-1] != '{')
            out.put(',');
        append_string(out, m.name);
        out.put(':');
        out.put(m.value.text());
    }
}

CHATWIRE_DECL void append_key(std::string& out, std::string_view name)
{
    // only a new object ends in a brace: values before this one end in a quote, a digit, a letter, ] or }
    if (out.back() != '{')
        out += ',';
    out += '"';
    out += name; // of a table: nothing in it to escape
    out += "\":";
}

CHATWIRE_DECL void append_long_key(appender& out, std::string_view name)
{
    append_key(out.settle(), name);
    out.attach();
}

CHATWIRE_DECL void write_constant(appender& out, field const& f, void const*)
{
    append_key(out, f);
    append_string(out, f.text);
}

} // namespace detail

CHATWIRE_DECL void append_string(appender& out, std::string_view text)
{
    constexpr std::size_t most = 8 + 2 * detail::text_block::size; // beyond what is left of the text
    auto const* p = text.data();
    auto const* const end = p + text.size();
    char* to = nullptr;
    char const* full = nullptr;
    auto const make_room = [&] {
        auto const left = static_cast<std::size_t>(end - p);
        auto const bytes = left + left / 8 + most;
        to = out.room(bytes);
        full = to + bytes - most;
    };
    make_room();
    *to++ = '"';
    for (;;) {
        detail::copy_all_plain(text.data(), p, end, to);
        if (p == end)
            break;
        if (static_cast<unsigned char>(*p) < 0x80) {
            to = detail::put_escaped(to, *p++);
        } else if (auto const n = detail::multibyte_length(p, end)) {
            for (std::size_t i = 0; i < n; ++i)
                to[i] = p[i];
            p += n;
            to += n;
        } else {
            for (char const c : replacement_character)
                *to++ = c;
            p += utf8_bad_length(p, end);
        }
        if (full - to < end - p) {
            out.taken(to);
            make_room();
        }
    }
    *to++ = '"';
    out.taken(to);
}

CHATWIRE_DECL void append_string(std::string& out, std::string_view text)
{
    auto const* const end = text.data() + text.size();
    if (detail::skip_plain(text.data(), end) != end) {
        appender to(out);
        append_string(to, text);
        return;
    }
    out += '"';
    out += text;
    out += '"';
}

CHATWIRE_DECL void append_number(std::string& out, std::int64_t value)
{
    char text[24];
    out.append(text, std::to_chars(text, text + sizeof text, value).ptr);
}

CHATWIRE_DECL void append_number(appender& out, std::int64_t value)
{
    constexpr std::size_t most = 24;
    char* const to = out.room(most);
    out.taken(std::to_chars(to, to + most, value).ptr);
}

CHATWIRE_DECL void append_number(std::string& out, double value)
{
    appender to(out);
    append_number(to, value);
}

CHATWIRE_DECL void append_number(appender& out, double value)
{
    if (!std::isfinite(value)) {
        out.put("null");
        return;
    }
    if (value == 0 && std::signbit(value)) {
        out.put("-0.0"); // `-0` is an integer, which has no sign
        return;
    }
    constexpr std::size_t most = 32;
    char* const to = out.room(most);
    out.taken(std::to_chars(to, to + most, value).ptr);
}

CHATWIRE_DECL void append_object(std::string& out, object_info const& info, void const* object)
{
    appender to(out);
    append_object(to, info, object);
}

CHATWIRE_DECL void append_object(appender& out, object_info const& info, void const* object)
{
    out.put('{');
    info.write(out, object);
    // the accessor of a table gives writable access for the reader's sake; nothing is changed through it here
    if (info.unknown)
        if (auto const& members = *info.unknown(const_cast<void*>(object)); !members.empty())
            detail::append_unknown(out, members);
    out.put('}');
}

CHATWIRE_DECL void append_members(std::string& out, raw_members const& members)
{
    appender to(out);
    append_members(to, members);
}

CHATWIRE_DECL void append_members(appender& out, raw_members const& members)
{
    out.put('{');
    detail::append_unknown(out, members);
    out.put('}');
}

} // namespace chatwire::json
#endif
