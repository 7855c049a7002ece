// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_JSON_CURSOR_IPP
#define CHATWIRE_IMPL_JSON_CURSOR_IPP

#include <chatwire/json/cursor.hpp>
#include <chatwire/json/escapes.hpp>
#include <chatwire/json/scan.hpp>
#include <chatwire/json/utf8.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstring>
#include <limits>
#include <vector>

namespace chatwire::json {
namespace detail {

inline bool parse_double(std::string_view text, double& out) noexcept
{
    auto const r = std::from_chars(text.data(), text.data() + text.size(), out);
    return r.ec == std::errc();
}

// Whether what is in the key from `skip` on stands at p, but for the last `less` bytes.
inline bool begins_with(char const* p, char const* end, member_key const& key, unsigned skip, unsigned less) noexcept
{
    static_assert(member_key::longest + 4 <= 32 && member_key::room > 32);
    if (key.size == 0)
        return false;
    char const* const text = key.text + skip;
#if defined(__SSE2__)
    if (end - p >= 32) {
        auto const same = [&](std::size_t i) {
            auto const a = _mm_loadu_si128(reinterpret_cast<__m128i const*>(p + i));
            auto const b = _mm_loadu_si128(reinterpret_cast<__m128i const*>(text + i));
            return static_cast<std::uint32_t>(_mm_movemask_epi8(_mm_cmpeq_epi8(a, b)));
        };
        return (~(same(0) | same(16) << 16) & key.bits >> (skip + less)) == 0;
    }
#endif
    auto const n = key.size - skip - less;
    return static_cast<std::size_t>(end - p) >= n && std::memcmp(p, text, n) == 0;
}

CHATWIRE_DECL bool read_constant(cursor& in, void*) { return in.skip(); }

} // namespace detail

CHATWIRE_DECL cursor::cursor(std::string_view text, diagnostics* log, read_options const& o)
    : begin_(text.data()), p_(begin_), end_(begin_ + text.size()), log_(log), options_(o),
      memory_left_(o.limits.max_memory)
{
    if (options_.limits.max_depth > limits::hard_depth)
        options_.limits.max_depth = limits::hard_depth;
    if (text.size() > o.limits.max_document) {
        ok_ = false;
        code_ = errc::body_limit;
        message_ = "the document is larger than " + std::to_string(o.limits.max_document) + " bytes";
        end_ = p_;
    } else if (text.starts_with("\xEF\xBB\xBF") && note("byte_order_mark", p_, errc::bad_json)) {
        p_ += 3;
    }
}

CHATWIRE_DECL char cursor::peek_behind_space() noexcept
{
    while (p_ != end_ && (*p_ == ' ' || *p_ == '\n' || *p_ == '\r' || *p_ == '\t'))
        ++p_;
    return p_ == end_ ? '\0' : *p_;
}

// ---- failing

CHATWIRE_DECL bool cursor::malformed(std::string_view text)
{
    if (!ok_)
        return false;
    ok_ = false;
    code_ = errc::bad_json;
    message_ = "malformed JSON at byte " + std::to_string(offset()) + ": ";
    message_ += text;
    return false;
}

CHATWIRE_DECL bool cursor::fail(errc code, std::string_view text)
{
    if (!ok_)
        return false;
    ok_ = false;
    code_ = code;
    with_path_ = true;
    message_ = text;
    return false;
}

CHATWIRE_DECL bool cursor::wrong_type(std::string_view expected)
{
    char const c = peek();
    std::string text = "expected ";
    text += expected;
    if (c != '"' && c != '{' && c != '[' && c != '-' && c != 't' && c != 'f' && c != 'n' && !detail::digit(c))
        return malformed(text);
    return fail(errc::wrong_type, text);
}

CHATWIRE_DECL bool cursor::out_of_memory()
{
    if (!ok_)
        return false;
    ok_ = false;
    code_ = errc::body_limit;
    message_ = "the document asks for more than " + std::to_string(options_.limits.max_memory) + " bytes of memory";
    return false;
}

CHATWIRE_DECL bool cursor::too_deep()
{
    if (!ok_)
        return false;
    ok_ = false;
    code_ = errc::depth_limit;
    message_ =
        "JSON nested deeper than " + std::to_string(options_.limits.max_depth) + " at byte " + std::to_string(offset());
    return false;
}

CHATWIRE_DECL bool cursor::note(std::string_view code, char const* where, errc strict_code)
{
    auto const at = static_cast<std::size_t>(where - begin_);
    if (options_.strict) {
        std::string text(code);
        text += " at byte " + std::to_string(at);
        return fail(strict_code, text);
    }
    return tolerate(code, at, {where, static_cast<std::size_t>(end_ - where)});
}

CHATWIRE_DECL bool cursor::tolerate(std::string_view code, std::size_t at, std::string_view excerpt)
{
    ++tolerated_;
    if (record)
        record->notes.push_back({code, at});
    if (!log_)
        return true;
    log_->add(code, options_.offset + at, excerpt);
    return !log_->exhausted() || fail(errc::diagnostic_limit, "one deviation too many");
}

CHATWIRE_DECL bool cursor::inside(std::string_view member)
{
    std::string path(member);
    if (!path_.empty() && path_[0] != '[')
        path += '.';
    path_.insert(0, path);
    return false;
}

CHATWIRE_DECL bool cursor::inside(std::size_t element)
{
    std::string path = "[" + std::to_string(element) + "]";
    if (!path_.empty() && path_[0] != '[')
        path += '.';
    path_.insert(0, path);
    return false;
}

CHATWIRE_DECL failure cursor::error() const
{
    failure f(code_, message_);
    if (with_path_) {
        f.param = path_;
        if (!path_.empty())
            f.message = path_ + ": " + message_;
    }
    return f;
}

// ---- strings

// An invalid byte sequence at p_ is dealt with as asked for. `out` gets what takes its place; null: `sink` does, after
// the bytes since `copied`.
CHATWIRE_DECL bool cursor::bad_utf8(std::string* out, std::string& sink, char const*& copied)
{
    auto const how = options_.invalid_utf8;
    if (how == invalid_utf8::refuse || options_.strict) {
        if (ok_) {
            ok_ = false;
            code_ = errc::bad_utf8;
            message_ = "invalid UTF-8 at byte " + std::to_string(offset());
        }
        return false;
    }
    if (!note("bad_utf8", p_, errc::bad_utf8))
        return false;
    auto const n = utf8_bad_length(p_, end_);
    if (out) {
        if (how == invalid_utf8::keep)
            out->append(p_, n);
        else
            *out += replacement_character;
    } else {
        // raw text is promised to be UTF-8: there is no keeping here
        sink.append(copied, p_);
        sink += replacement_character;
        copied = p_ + n;
    }
    p_ += n;
    return true;
}

// At a backslash; writes at most four bytes.
CHATWIRE_DECL bool cursor::escape(char*& to)
{
    if (end_ - p_ < 2)
        return ++p_, malformed("unterminated string");
    if (char const c = detail::simple_escapes[static_cast<unsigned char>(p_[1])]) {
        *to++ = c;
        p_ += 2;
        return true;
    }
    if (p_[1] != 'u')
        return malformed("unknown escape");
    auto const e = detail::read_unicode_escape(p_, end_);
    if (e.length == 0)
        return malformed("expected four hexadecimal digits after \\u");
    if (e.lone && !note("lone_surrogate", p_, errc::bad_utf8))
        return false;
    to = detail::put_utf8(to, e.character);
    p_ += e.length;
    return true;
}

// Inside a string that began at `from`, at its first byte that needs a closer look.
CHATWIRE_DECL bool cursor::string_rest(std::string& out, char const* from)
{
    // what was read is gathered here, so that the string does not grow by every word between two escapes
    char buffer[1024];
    constexpr std::size_t block = detail::text_block::size;
    auto const* const full = buffer + sizeof buffer - 2 * block - 4; // what is written before the next look at the room
    auto const* const end = end_;
    auto const* p = p_;
    auto* to = buffer;
    out.clear();
    if (p - from <= full - buffer)
        p = from; // its beginning is soon copied too
    else
        out.append(from, p);
    for (;;) {
        if (to >= full) {
            out.append(buffer, to);
            to = buffer;
        }
        std::size_t n;
        if (detail::copy_block(p, end, to, n)) {
            p += block;
            to += block;
            continue;
        }
        p += n;
        to += n;
        auto const c = p != end ? static_cast<unsigned char>(*p) : 0;
        if (c == '\\' && end - p >= 2 && detail::simple_escapes[static_cast<unsigned char>(p[1])]) {
            *to++ = detail::simple_escapes[static_cast<unsigned char>(p[1])];
            p += 2;
            continue;
        }
        if (c >= 0x80) {
            // seldom one alone
            std::size_t length = 1;
            while (to < full && p != end && static_cast<unsigned char>(*p) >= 0x80) {
                length = detail::multibyte_length(p, end);
                if (length == 0)
                    break;
                for (std::size_t i = 0; i < length; ++i)
                    to[i] = p[i];
                p += length;
                to += length;
            }
            if (length != 0)
                continue;
        }
        p_ = p;
        if (c == '\\') {
            auto* escaped = to;
            bool const read = escape(escaped);
            to = escaped;
            if (read) {
                p = p_;
                continue;
            }
        }
        out.append(buffer, to);
        to = buffer;
        if (p == end)
            return malformed("unterminated string");
        if (c == '"') {
            ++p_;
            return true;
        }
        if (c == '\\')
            return false;
        if (c < 0x20)
            return malformed("control character in a string");
        char const* none = nullptr;
        if (!bad_utf8(&out, out, none))
            return false;
        p = p_;
    }
}

CHATWIRE_DECL bool cursor::string(std::string& out)
{
    char const c = peek();
    if (c != '"') {
        if (!options_.answer || (!detail::digit(c) && c != '-'))
            return wrong_type("a string");
        std::string_view text;
        bool integer = false;
        if (!note("number_for_string", p_, errc::wrong_type) || !number_text(text, integer, "a string"))
            return false;
        out = text;
        return true;
    }
    auto const* const from = ++p_;
    p_ = detail::skip_plain(p_, end_);
    if (p_ == end_ || *p_ != '"') {
        if (!string_rest(out, from))
            return false;
    } else {
        auto const n = static_cast<std::size_t>(p_ - from);
        if (out.size() == n) // as of one event after another
            std::memcpy(out.data(), from, n);
        else
            out.assign(from, n);
        ++p_;
    }
    if (record && &out != &scratch_)
        place(tape::place::type::string, from, p_ - 1, &out);
    return true;
}

CHATWIRE_DECL bool cursor::text_or_raw(std::string& out)
{
    char const c = peek();
    if (c == '"')
        return string(out);
    raw_json value;
    if (!note("not_a_string", p_, errc::wrong_type) || !raw(value))
        return false;
    out = value.text();
    return true;
}

CHATWIRE_DECL bool cursor::string_view(std::string_view& out)
{
    if (peek() == '"') {
        auto const* const from = p_ + 1;
        auto const* const to = detail::skip_plain(from, end_);
        if (to != end_ && *to == '"') {
            out = {from, static_cast<std::size_t>(to - from)};
            p_ = to + 1;
            return true;
        }
    }
    if (!string(scratch_))
        return false;
    out = scratch_;
    return true;
}

// ---- numbers and words

CHATWIRE_DECL bool cursor::number_text(std::string_view& text, bool& integer, std::string_view expected)
{
    char const c = peek();
    if (c != '-' && !detail::digit(c))
        return wrong_type(expected);
    auto const* const to = detail::skip_number(p_, end_, integer);
    if (!to)
        return malformed("malformed number");
    text = {p_, static_cast<std::size_t>(to - p_)};
    p_ = to;
    return true;
}

CHATWIRE_DECL bool cursor::integer(std::int64_t& out)
{
    // mostly some digits, and no more of them than always fit
    peek();
    auto const* const from = p_;
    auto const* const most = from + std::min<std::ptrdiff_t>(end_ - from, 18);
    auto const* p = from;
    std::int64_t value = 0;
    while (p != most && detail::digit(*p))
        value = value * 10 + (*p++ - '0');
    bool const ends = p != from && p != most && (*p == ',' || *p == '}' || *p == ']');
    if (!ends || (*from == '0' && p - from > 1))
        return any_integer(out);
    out = value;
    p_ = p;
    if (record)
        place(tape::place::type::integer, from, p_, &out);
    return true;
}

CHATWIRE_DECL bool cursor::any_integer(std::int64_t& out)
{
    char const c = peek();
    auto const* const at = p_;
    std::string_view text;
    bool is_integer = false;
    if (c == '"') {
        // some clients and services quote their numbers
        std::string_view quoted;
        if (!string_view(quoted))
            return false;
        auto const* const to = detail::skip_number(quoted.data(), quoted.data() + quoted.size(), is_integer);
        if (!to || to != quoted.data() + quoted.size()) {
            p_ = at;
            return wrong_type("an integer");
        }
        if (!note("number_in_string", at, errc::wrong_type))
            return false;
        text = quoted;
    } else if (!number_text(text, is_integer, "an integer")) {
        return false;
    }
    if (is_integer) {
        if (std::from_chars(text.data(), text.data() + text.size(), out).ec != std::errc())
            return fail(errc::bad_value, "number out of range");
        if (record && c != '"')
            place(tape::place::type::integer, at, p_, &out);
        return true;
    }
    double d = 0;
    if (!detail::parse_double(text, d) || !(d >= -0x1p63 && d < 0x1p63))
        return fail(errc::bad_value, "number out of range");
    if (std::trunc(d) != d && !options_.answer) {
        p_ = at;
        return wrong_type("an integer");
    }
    if (!note("float_number", at, errc::wrong_type))
        return false;
    out = static_cast<std::int64_t>(d);
    return true;
}

CHATWIRE_DECL bool cursor::not_finite(double& out, bool& matched)
{
    matched = false;
    if (!options_.answer)
        return true;
    auto const left = rest();
    auto const infinity = std::numeric_limits<double>::infinity();
    std::size_t n = 0;
    if (left.starts_with("NaN")) {
        out = std::numeric_limits<double>::quiet_NaN();
        n = 3;
    } else if (left.starts_with("Infinity")) {
        out = infinity;
        n = 8;
    } else if (left.starts_with("-Infinity")) {
        out = -infinity;
        n = 9;
    } else {
        return true;
    }
    matched = true;
    if (!note("non_finite_number", p_, errc::bad_json))
        return false;
    p_ += n;
    return true;
}

CHATWIRE_DECL bool cursor::number(double& out)
{
    char const c = peek();
    auto const* const at = p_;
    std::string_view text;
    bool integer = false;
    if (c == 'N' || c == 'I' || c == '-') {
        bool matched = false;
        if (!not_finite(out, matched))
            return false;
        if (matched)
            return true;
    }
    if (c == '"') {
        std::string_view quoted;
        if (!string_view(quoted))
            return false;
        auto const* const to = detail::skip_number(quoted.data(), quoted.data() + quoted.size(), integer);
        if (!to || to != quoted.data() + quoted.size()) {
            p_ = at;
            return wrong_type("a number");
        }
        if (!note("number_in_string", at, errc::wrong_type))
            return false;
        text = quoted;
    } else if (!number_text(text, integer, "a number")) {
        return false;
    }
    if (!detail::parse_double(text, out)) {
        // what is too small for a double is zero; what is too large is nothing
        auto const exponent = text.find_first_of("eE");
        bool const small = exponent == std::string_view::npos ? text.starts_with("0.") || text.starts_with("-0.")
                                                              : text[exponent + 1] == '-';
        if (!small)
            return fail(errc::bad_value, "number out of range");
        out = 0;
    }
    return true;
}

CHATWIRE_DECL bool cursor::literal(std::string_view word)
{
    if (!rest().starts_with(word))
        return malformed("expected a value");
    p_ += word.size();
    return true;
}

CHATWIRE_DECL bool cursor::boolean(bool& out)
{
    char const c = peek();
    if (c != 't' && c != 'f')
        return wrong_type("true or false");
    out = c == 't';
    return literal(out ? "true" : "false");
}

CHATWIRE_DECL bool cursor::null()
{
    if (peek() != 'n')
        return wrong_type("null");
    return literal("null");
}

// ---- any value

CHATWIRE_DECL bool cursor::skip_string(std::string& sink, char const*& copied)
{
    ++p_;
    for (;;) {
        auto const* const p = detail::skip_plain(p_, end_);
        p_ = p;
        auto const c = p != end_ ? static_cast<unsigned char>(*p) : 0;
        if (c == '"') {
            ++p_;
            return true;
        }
        if (p == end_)
            return malformed("unterminated string");
        if (c == '\\') {
            unsigned unit = 0;
            if (end_ - p < 2)
                return ++p_, malformed("unterminated string");
            if (detail::simple_escapes[static_cast<unsigned char>(p[1])])
                p_ += 2;
            else if (p[1] != 'u')
                return malformed("unknown escape");
            else if (!detail::hex4(p + 2, end_, unit))
                return malformed("expected four hexadecimal digits after \\u");
            else
                p_ += 6;
        } else if (c < 0x20) {
            return malformed("control character in a string");
        } else if (auto const n = detail::multibyte_length(p, end_)) {
            p_ += n;
        } else if (!bad_utf8(nullptr, sink, copied)) {
            return false;
        }
    }
}

// A value that is no object or array.
CHATWIRE_DECL bool cursor::skip_scalar(std::string& sink, char const*& copied)
{
    char const c = peek();
    switch (c) {
    case '"': return skip_string(sink, copied);
    case 't': return literal("true");
    case 'f': return literal("false");
    case 'n': return literal("null");
    default: break;
    }
    auto const* const at = p_;
    if (c == 'N' || c == 'I' || c == '-') {
        double value = 0;
        bool matched = false;
        if (!not_finite(value, matched))
            return false;
        if (matched) {
            sink.append(copied, at);
            sink += "null"; // raw text is promised to be JSON
            copied = p_;
            return true;
        }
    }
    if (c != '-' && !detail::digit(c))
        return malformed("expected a value");
    bool integer = false;
    auto const* const to = detail::skip_number(p_, end_, integer);
    if (!to)
        return malformed("malformed number");
    p_ = to;
    return true;
}

// Takes a value of any depth without recursion. What had to be repaired is in `sink`, up to the text's `copied`.
CHATWIRE_DECL bool cursor::skip_value(std::string& sink, char const*& copied)
{
    std::array<std::uint64_t, limits::hard_depth / 64 + 1> objects; // of each level whether it is an object
    auto const outermost = depth_;
    auto const is_object = [&] { return (objects[depth_ / 64] >> depth_ % 64 & 1) != 0; };
    auto const name = [&] {
        if (peek() != '"')
            return malformed("expected a member name");
        if (!skip_string(sink, copied))
            return false;
        if (peek() != ':')
            return malformed("expected ':'");
        ++p_;
        return true;
    };
    for (;;) {
        // a value
        char const c = peek();
        if (c == '{' || c == '[') {
            if (!push())
                return false;
            ++p_;
            auto const bit = std::uint64_t{1} << depth_ % 64;
            auto& word = objects[depth_ / 64];
            word = c == '{' ? word | bit : word & ~bit;
            if (peek() == (c == '{' ? '}' : ']')) {
                ++p_;
                --depth_;
            } else if (c == '{') {
                if (!name())
                    return false;
                continue;
            } else {
                continue;
            }
        } else if (!skip_scalar(sink, copied)) {
            return false;
        }
        // after a value
        for (;;) {
            if (depth_ == outermost)
                return true;
            char const next = peek();
            if (next == ',') {
                ++p_;
                if (is_object() && !name())
                    return false;
                break;
            }
            if (next != (is_object() ? '}' : ']'))
                return malformed(is_object() ? "expected ',' or '}'" : "expected ',' or ']'");
            ++p_;
            --depth_;
        }
    }
}

CHATWIRE_DECL bool cursor::skip()
{
    peek();
    std::string sink;
    char const* copied = p_;
    return skip_value(sink, copied);
}

CHATWIRE_DECL bool cursor::raw(raw_json& out)
{
    peek();
    auto const* const from = p_;
    std::string sink;
    char const* copied = p_;
    if (!skip_value(sink, copied))
        return false;
    if (copied != from)
        sink.append(copied, p_);
    else
        sink.assign(from, p_);
    out = raw_json::trusted(std::move(sink));
    return true;
}

CHATWIRE_DECL std::string_view cursor::look_ahead(std::string_view name)
{
    cursor probe(rest(), nullptr, options_);
    probe.options_.strict = false;
    std::string_view found;
    if (probe.peek() != '{')
        return {};
    probe.each_member([&](std::string_view member, char const*) {
        if (member == name && probe.peek() == '"') {
            // without escapes it is a view of the text; with escapes it is none of the words that are looked for
            std::string_view value;
            if (!probe.string_view(value))
                return false;
            if (value.data() != probe.scratch_.data())
                found = value;
            return true;
        }
        return probe.skip();
    });
    return found;
}

// ---- arrays and objects

CHATWIRE_DECL bool cursor::enter_array()
{
    if (peek() != '[')
        return wrong_type("an array");
    if (!push())
        return false;
    ++p_;
    first_ = true;
    return true;
}

CHATWIRE_DECL bool cursor::enter_object()
{
    if (peek() != '{')
        return wrong_type("an object");
    if (!push())
        return false;
    ++p_;
    first_ = true;
    return true;
}

CHATWIRE_DECL bool cursor::member(std::string_view& name)
{
    if (!ok_)
        return false;
    char c = peek();
    bool const first = first_;
    first_ = false;
    if (c == '}') {
        ++p_;
        --depth_;
        return false;
    }
    if (!first) {
        if (c != ',')
            return malformed("expected ',' or '}'");
        ++p_;
        c = peek();
    }
    if (c != '"')
        return malformed("expected a member name");
    member_ = p_;
    if (!string_view(name))
        return false;
    if (peek() != ':')
        return malformed("expected ':'");
    ++p_;
    return true;
}

// Calls take(name, where the name stands) at the value of each member.
template <class F>
bool cursor::each_member(F take)
{
    if (!enter_object())
        return false;
    std::string_view name;
    while (member(name))
        if (!take(name, member_))
            return false;
    return ok_;
}

// Which field has the name that was read at that place.
CHATWIRE_DECL std::size_t cursor::find(object_info const& info, std::string_view name, char const* at)
{
    if (name.data() != at + 1) // it has escapes
        return info.find(name);
    auto i = info.names.first[detail::name_index::slot(name)];
    while (i != detail::name_index::none && !detail::begins_with(at, end_, info[i].key, 1, 1) && info[i].name != name)
        i = info.names.next[i];
    return i == detail::name_index::none ? info.size() : i;
}

// The next member of an object, up to its value: which field it is, its name, and where that stands. In place of a
// field there is info.size() for a member that has none, and more where the object ends.
CHATWIRE_DECL bool cursor::next_field(object_info const& info, bool first, std::size_t& i, std::string_view& name,
                                      char const*& at)
{
    char c = peek();
    if (c == '}') {
        ++p_;
        --depth_;
        i = info.size() + 1;
        return true;
    }
    if (!first) {
        if (c != ',')
            return malformed("expected ',' or '}'");
        ++p_;
        c = peek();
    }
    if (c != '"')
        return malformed("expected a member name");
    at = p_;
    if (!string_view(name))
        return false;
    if (peek() != ':')
        return malformed("expected ':'");
    ++p_;
    i = find(info, name, at);
    return true;
}

CHATWIRE_DECL bool cursor::object(object_info const& info, void* target)
{
    auto* const unknown = info.unknown ? info.unknown(target) : nullptr;
    if (unknown)
        unknown->clear();
    auto const own = info.own.size(), all = info.size();
    void* const extension = info.added.empty() ? nullptr : info.extension(target);
    std::uint64_t seen = 0;
    std::size_t expected = 0; // members mostly come in the table's order
    if (peek() != '{')
        return wrong_type("an object");
    if (!push())
        return false;
    ++p_;
    for (bool first = true;; first = false) {
        auto i = expected;
        std::string_view name;
        char const* at = p_ + !first;
        if (i < own && detail::begins_with(p_, end_, info.own[i].key, first, 0)) {
            p_ += info.own[i].key.size - first;
        } else {
            if (!next_field(info, first, i, name, at))
                return false;
            if (i >= all) {
                if (i > all)
                    break;
                if (!unknown_member(unknown, name, at))
                    return false;
                continue;
            }
        }
        auto const& f = info[i];
        if (i < own)
            expected = i + 1;
        auto const bit = std::uint64_t{1} << i;
        if ((seen & bit) && !note("duplicate_member", at, errc::duplicate_member))
            return false;
        seen |= bit;
        if (f.presence == presence::alias) {
            seen |= bit >> 1;
            if (!note("alias_member", at))
                return false;
        }
        if (!known(f, i < own ? target : extension, unknown, at))
            return inside(f.name);
    }
    if (unknown && unknown->size() > 32 && !drop_duplicates(*unknown))
        return false;
    return finish_object(info, target, seen);
}

CHATWIRE_DECL bool cursor::known(field const& f, void* object, raw_members* unknown, char const* at)
{
    char const c = peek();
    if (c == 'n' && !f.takes_null) {
        bool const silent = f.presence == presence::nullable || f.presence == presence::written;
        bool const must = f.presence == presence::required;
        if (!must || options_.answer) {
            if (!silent && !note("null_member", at, errc::wrong_type))
                return false;
            f.reset(object);
            return null();
        }
    }
    if (f.else_extra && unknown && c != 'n' && (c != '"' || f.shape->what != shape::type::string))
        return known_or_extra(f, object, *unknown, at);
    return f.read(*this, object);
}

CHATWIRE_DECL bool cursor::known_or_extra(field const& f, void* object, raw_members& unknown, char const* at)
{
    if (f.shape->what == shape::type::string) {
        if (!note("not_a_string", at, errc::wrong_type))
            return false;
    } else {
        auto const* const from = p_;
        auto const depth = depth_;
        auto const memory = memory_left_;
        if (f.read(*this, object))
            return true;
        if (!options_.answer || options_.strict || (code_ != errc::wrong_type && code_ != errc::bad_value))
            return false;
        // as if it had not been tried
        p_ = from;
        depth_ = depth;
        memory_left_ = memory;
        ok_ = true;
        first_ = with_path_ = false;
        path_.clear();
        if (!note("other_shape", at))
            return false;
    }
    f.reset(object);
    return unknown_member(&unknown, f.name, at);
}

CHATWIRE_DECL bool cursor::unknown_member(raw_members* out, std::string_view name, char const* at)
{
    if (!out)
        return note("unknown_member", at) && skip();
    std::string key(name);
    raw_json value;
    if (!charge(sizeof(raw_member)) || !raw(value))
        return inside(key);
    auto const size = value.text().size();
    // many members are looked through once, at the end
    if (out->size() <= 32 && out->find(key)) {
        if (!note("duplicate_member", at, errc::duplicate_member))
            return false;
        out->set(key, std::move(value));
    } else {
        out->append(std::move(key), std::move(value));
        if (record)
            place(tape::place::type::raw, p_ - size, p_, out->find(out->end()[-1].name));
    }
    return true;
}

CHATWIRE_DECL void cursor::place(tape::place::type what, char const* from, char const* to, void* target)
{
    record->places.push_back(
        {static_cast<std::size_t>(from - begin_), static_cast<std::size_t>(to - begin_), depth_, what, target});
}

// Which of the names come again later; leaves `drop` empty where none does.
CHATWIRE_DECL bool cursor::find_duplicates(std::vector<std::string_view> const& names, std::vector<bool>& drop)
{
    std::vector<std::pair<std::string_view, std::size_t>> order;
    order.reserve(names.size());
    for (auto const& name : names)
        order.emplace_back(name, order.size());
    std::sort(order.begin(), order.end());
    for (std::size_t i = 1; i < order.size(); ++i)
        if (order[i - 1].first == order[i].first) {
            if (!note("duplicate_member", p_, errc::duplicate_member))
                return false;
            drop.resize(names.size());
            drop[order[i - 1].second] = true;
        }
    return true;
}

CHATWIRE_DECL bool cursor::finish_object(object_info const& info, void* target, std::uint64_t seen)
{
    auto const all = info.size();
    auto const everything = all == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << all) - 1;
    if (auto const unseen = ~seen & everything)
        info.reset(target, unseen);
    auto const lacking = ~seen & info.must;
    if (!lacking)
        return true;
    if (missing && depth_ == 0) {
        *missing = lacking;
        return true;
    }
    return note_missing(info, lacking);
}

CHATWIRE_DECL bool cursor::note_missing(object_info const& info, std::uint64_t bits)
{
    for (; bits; bits &= bits - 1) {
        auto const i = static_cast<std::size_t>(std::countr_zero(bits));
        auto const& f = info[i];
        if (!options_.answer || options_.strict)
            return fail(errc::missing_member, "missing") || inside(f.name);
        if (!tolerate("missing_member", offset(), f.name))
            return inside(f.name);
    }
    return true;
}

CHATWIRE_DECL bool cursor::members(bool (*read)(cursor&, std::string_view name, void* into), void* into)
{
    return each_member([&](std::string_view name, char const*) { return read(*this, name, into); });
}

CHATWIRE_DECL bool cursor::members(raw_members& out)
{
    out.clear();
    auto const read = [](cursor& in, std::string_view name, void* into) {
        return in.unknown_member(static_cast<raw_members*>(into), name, in.member_);
    };
    return members(read, &out) && (out.size() <= 32 || drop_duplicates(out));
}

} // namespace chatwire::json
#endif
