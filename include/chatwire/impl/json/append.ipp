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

inline void append_escaped(std::string& out, char c)
{
    switch (c) {
    case '"': out += "\\\""; return;
    case '\\': out += "\\\\"; return;
    case '\b': out += "\\b"; return;
    case '\f': out += "\\f"; return;
    case '\n': out += "\\n"; return;
    case '\r': out += "\\r"; return;
    case '\t': out += "\\t"; return;
    default: break;
    }
    constexpr char hex[] = "0123456789abcdef";
    out += "\\u00";
    out += hex[static_cast<unsigned char>(c) >> 4];
    out += hex[static_cast<unsigned char>(c) & 15];
}

inline void append_unknown(std::string& out, raw_members const& members)
{
    for (auto const& m : members) {
        if (out.back() != '{')
            out += ',';
        append_string(out, m.name);
        out += ':';
        out += m.value.text();
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

CHATWIRE_DECL void write_constant(std::string& out, field const& f, void const*)
{
    append_key(out, f.name);
    append_string(out, f.text);
}

} // namespace detail

CHATWIRE_DECL void append_string(std::string& out, std::string_view text)
{
    auto const* p = text.data();
    auto const* const end = p + text.size();
    auto const* from = p; // not yet copied
    out += '"';
    while ((p = detail::skip_plain(p, end)) != end) {
        if (auto const n = static_cast<unsigned char>(*p) < 0x80 ? 0 : utf8_length(p, end)) {
            p += n;
            continue;
        }
        out.append(from, p);
        if (static_cast<unsigned char>(*p) < 0x80) {
            detail::append_escaped(out, *p++);
        } else {
            out += replacement_character;
            p += utf8_bad_length(p, end);
        }
        from = p;
    }
    out.append(from, end);
    out += '"';
}

CHATWIRE_DECL void append_number(std::string& out, std::int64_t value)
{
    char text[24];
    out.append(text, std::to_chars(text, text + sizeof text, value).ptr);
}

CHATWIRE_DECL void append_number(std::string& out, double value)
{
    if (!std::isfinite(value)) {
        out += "null";
        return;
    }
    if (value == 0 && std::signbit(value)) {
        out += "-0.0"; // `-0` is an integer, which has no sign
        return;
    }
    char text[32];
    out.append(text, std::to_chars(text, text + sizeof text, value).ptr);
}

CHATWIRE_DECL void append_object(std::string& out, object_info const& info, void const* object)
{
    out += '{';
    for (auto const& f : info.own)
        f.write(out, f, object);
    // the accessors of a table give writable access for the reader's sake; nothing is changed through them here
    auto* const writable = const_cast<void*>(object);
    if (!info.added.empty()) {
        void const* const extension = info.extension(writable);
        for (auto const& f : info.added)
            f.write(out, f, extension);
    }
    if (info.unknown)
        detail::append_unknown(out, *info.unknown(writable));
    out += '}';
}

CHATWIRE_DECL void append_members(std::string& out, raw_members const& members)
{
    out += '{';
    detail::append_unknown(out, members);
    out += '}';
}

} // namespace chatwire::json
#endif
