// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_JSON_PATTERN_IPP
#define CHATWIRE_IMPL_JSON_PATTERN_IPP

#include <chatwire/chat/raw_json.hpp>
#include <chatwire/json/cursor.hpp>
#include <chatwire/json/escapes.hpp>
#include <chatwire/json/pattern.hpp>
#include <chatwire/json/scan.hpp>
#include <chatwire/json/utf8.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <cstring>
#include <utility>

namespace chatwire::json {
namespace detail {

// Takes the text of a string, up to its closing quote, as cursor::string takes one in which there is nothing to
// tolerate; null: there may be.
CHATWIRE_DECL char const* read_long_string(char const* p, char const* end, std::string& out)
{
    auto const* from = p; // not yet copied
    p = skip_plain(p, end);
    char room[256]; // what stands between escapes is short
    std::size_t n = 0;
    auto const put = [&](char const* bytes, std::size_t size) {
        if (size > sizeof room - n) {
            out.append(room, std::exchange(n, 0));
            if (size > sizeof room) {
                out.append(bytes, size);
                return;
            }
        }
        std::memcpy(room + n, bytes, size);
        n += size;
    };
    for (; p != end; p = skip_plain(p, end)) {
        if (static_cast<unsigned char>(*p) >= 0x80) {
            auto const length = utf8_length(p, end);
            if (length == 0)
                return nullptr;
            p += length;
            continue;
        }
        put(from, static_cast<std::size_t>(p - from));
        if (*p == '"') {
            out.append(room, n);
            return p;
        }
        if (*p != '\\' || end - p < 2)
            return nullptr;
        if (char const c = simple_escapes[static_cast<unsigned char>(p[1])]) {
            put(&c, 1);
            p += 2;
        } else {
            auto const e = read_unicode_escape(p, end);
            if (e.length == 0 || e.lone)
                return nullptr;
            char utf8[4];
            put(utf8, static_cast<std::size_t>(put_utf8(utf8, e.character) - utf8));
            p += e.length;
        }
        from = p;
    }
    return nullptr;
}

inline char const* read_string(char const* p, char const* end, std::string& out)
{
    out.clear(); // and appended to: that is less work than assigning
    if (static_cast<std::size_t>(end - p) >= text_block::size)
        if (auto const marks = text_block::others(text_block::load(p)))
            if (auto const n = text_block::first(marks); p[n] == '"') {
                // how short it is nobody can guess, so that decides no branch: a block is copied, and then cut
                out.append(p, text_block::size - 1);
                out.resize(n);
                return p + n;
            }
    return read_long_string(p, end, out);
}

// Takes an integer as cursor::integer takes one that is by the book; null: it is none, or may not fit.
inline char const* read_integer(char const* p, char const* end, std::int64_t& out) noexcept
{
    bool integer = false;
    auto const* const to = skip_number(p, end, integer);
    return to && integer && std::from_chars(p, to, out).ec == std::errc() ? to : nullptr;
}

inline bool one_line(std::string_view text) noexcept
{
    return text.find('\n') == text.npos && text.find('\r') == text.npos;
}

// Takes any value in which there is nothing to tolerate.
inline char const* read_raw(char const* p, char const* end, std::size_t depth, read_options o, std::string& out)
{
    if (p == end || *p == ' ' || *p == '\t' || *p == '\r' || *p == '\n' ||
        depth >= std::min(o.limits.max_depth, limits::hard_depth))
        return nullptr;
    o.strict = true;
    o.limits.max_depth = std::min(o.limits.max_depth, limits::hard_depth) - depth;
    cursor in({p, static_cast<std::size_t>(end - p)}, nullptr, o);
    if (!in.skip())
        return nullptr;
    out.assign(p, in.offset());
    // a line end may be white space here, but not in what is one line
    return one_line(out) ? p + in.offset() : nullptr;
}

} // namespace detail

CHATWIRE_DECL void pattern::forget() noexcept
{
    text_.clear();
    steps_.clear();
    places_.clear();
    varies_.clear();
    rest_ = 0;
}

CHATWIRE_DECL void pattern::learn(std::string_view text, tape const& t)
{
    forget();
    if (!detail::one_line(text))
        return;
    steps_.reserve(max_steps);
    notes_ = t.notes;
    places_ = t.places;
    varies_.assign(places_.size(), false);
    text_ = text;
    make_steps();
}

CHATWIRE_DECL void pattern::make_steps()
{
    steps_.clear();
    std::size_t from = 0;
    for (std::size_t i = 0; i < places_.size(); ++i) {
        auto const& p = places_[i];
        if (!varies_[i])
            continue;
        steps_.push_back({p.begin - from, p.end, p.depth, p.target, p.what});
        from = p.end;
    }
    rest_ = text_.size() - from;
}

CHATWIRE_DECL char const* pattern::read(step const& s, char const* p, char const* end, read_options const& o) const
{
    switch (s.what) {
    case tape::place::type::string: return detail::read_string(p, end, *static_cast<std::string*>(s.target));
    case tape::place::type::integer: return detail::read_integer(p, end, *static_cast<std::int64_t*>(s.target));
    default: break;
    }
    auto& raw = *static_cast<raw_json*>(s.target);
    auto text = std::move(raw).take();
    auto const* const to = detail::read_raw(p, end, s.depth, o, text);
    raw = raw_json::trusted(std::move(text));
    return to;
}

CHATWIRE_DECL std::size_t pattern::match(std::string_view bytes, read_options const& o)
{
    auto const* p = bytes.data();
    auto const* const end = p + bytes.size();
    std::size_t from = 0;
    for (auto& s : steps_) {
        auto const left = static_cast<std::size_t>(end - p);
        if (left < s.same || !detail::same(p, text_.data() + from, s.same)) {
            other_ = {from, s.same, {p, left}};
            return 0;
        }
        p = read(s, p + s.same, end, o);
        if (!p) {
            other_ = {};
            return 0;
        }
        from = s.end;
        s.read_to = static_cast<std::size_t>(p - bytes.data());
    }
    auto const left = static_cast<std::size_t>(end - p);
    if (left < rest_ || !detail::same(p, text_.data() + from, rest_)) {
        other_ = {from, rest_, {p, left}};
        return 0;
    }
    other_ = {};
    return static_cast<std::size_t>(p - bytes.data()) + rest_;
}

// The place where the last text differed first, which is to vary from now on; none: the number of places.
CHATWIRE_DECL std::size_t pattern::vary()
{
    auto const none = places_.size();
    if (other_.length == 0 || steps_.size() == max_steps)
        return none;
    auto const known = std::string_view(text_).substr(other_.from, other_.length);
    auto const& bytes = other_.bytes;
    auto const differs = std::mismatch(known.begin(), known.end(), bytes.begin(), bytes.end()).first;
    auto const at = other_.from + static_cast<std::size_t>(differs - known.begin());
    for (std::size_t i = 0; i < none; ++i)
        if (!varies_[i] && places_[i].begin <= at && at <= places_[i].end) {
            varies_[i] = true;
            make_steps();
            return i;
        }
    return none;
}

CHATWIRE_DECL bool pattern::widen(std::string_view text, read_options const& o)
{
    std::array<std::size_t, max_steps> more;
    std::size_t n = 0;
    for (;;) {
        if (match(text, o) == text.size())
            return !text.empty();
        auto const place = vary();
        if (place == places_.size())
            break;
        more[n++] = place;
    }
    if (n > 0) {
        match(text_, o); // what must not vary is again what it was
        while (n > 0)
            varies_[more[--n]] = false;
        make_steps();
    }
    return false;
}

CHATWIRE_DECL void pattern::tell(diagnostics& log, std::string_view text, std::uint64_t offset) const
{
    for (auto const& n : notes_) {
        auto at = n.at;
        for (auto const& s : steps_)
            if (s.end <= n.at)
                at = s.read_to + (n.at - s.end);
        log.add(n.code, offset + at, text.substr(at));
    }
}

} // namespace chatwire::json
#endif
