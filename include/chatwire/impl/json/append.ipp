// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_JSON_APPEND_IPP
#define CHATWIRE_IMPL_JSON_APPEND_IPP

#include <chatwire/json/append.hpp>
#include <chatwire/json/escapes.hpp>
#include <chatwire/json/scan.hpp>
#include <chatwire/json/utf8.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>

namespace chatwire::json {
namespace detail {

// Writes at most six bytes. Returns their end.
inline char* put_escaped(char* to, unsigned char c) noexcept
{
    to[0] = '\\';
    if (char const letter = escape_letters[c]) {
        to[1] = letter;
        return to + 2;
    }
    constexpr char hex[] = "0123456789abcdef";
    to[1] = 'u';
    to[2] = to[3] = '0';
    to[4] = hex[c >> 4];
    to[5] = hex[c & 15];
    return to + 6;
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
    // beyond what is left of the text: quotes, an escape, and what is copied of a block behind its plain bytes
    constexpr std::size_t most = 8 + 2 * detail::text_block::size;
    auto const bytes_for = [](std::size_t left) { return left + left / 8 + most; };
    auto const* const begin = text.data();
    auto const* const end = begin + text.size();
    auto const* p = begin;
    auto bytes = bytes_for(text.size());
    char* to = out.room(bytes);
    char const* full = to + bytes - most;
    *to++ = '"';
    for (;;) {
        detail::copy_all_plain(begin, p, end, to);
        if (p == end)
            break;
        auto const c = static_cast<unsigned char>(*p);
        if (c < 0x80) {
            to = detail::put_escaped(to, c);
            ++p;
        } else if (auto const n = detail::multibyte_length(p, end)) {
            for (std::size_t i = 0; i < n; ++i)
                to[i] = p[i];
            p += n;
            to += n;
        } else {
            to = std::copy(replacement_character.begin(), replacement_character.end(), to);
            p += utf8_bad_length(p, end);
        }
        if (full - to < end - p) {
            out.taken(to);
            bytes = bytes_for(static_cast<std::size_t>(end - p));
            to = out.room(bytes);
            full = to + bytes - most;
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
