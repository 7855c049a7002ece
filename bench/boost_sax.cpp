// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)

// Boost.JSON's basic_parser: no document; a handler puts what the parser finds where it belongs.

#include "fields.hpp"
#include "peer.hpp"

#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/serialize.hpp>

#include <array>
#include <stdexcept>

namespace bench {
namespace {

namespace json = boost::json;

std::string_view view(json::string_view s) { return {s.data(), s.size()}; }

// How a type takes what the parser finds; what is missing it cannot take.
struct taker {
    // A value that is not null comes: makes one in an optional, and says where and of which type.
    void* (*open)(void*) = [](void* where) { return where; };
    taker const* inner = nullptr; // of what open() returns; null: this
    void (*null)(void*) = nullptr;
    void (*text)(void*, std::string_view) = nullptr;
    void (*integer)(void*, std::int64_t) = nullptr;
    void (*real)(void*, double) = nullptr;
    void (*boolean)(void*, bool) = nullptr;
    // An object or array begins: what it is, and how it takes its values.
    void* (*begin)(void*, taker const*&) = nullptr;
    // The place of a member, or null; the bit of those seen.
    void* (*member)(void*, std::string_view, std::uint32_t&, taker const*&) = nullptr;
    void* (*element)(void*, std::uint32_t, taker const*&) = nullptr;
    void (*end)(void*, std::uint32_t seen) = nullptr; // those seen, or the number of elements
    bool raw = false;                                 // an open shape: its text is kept
};

template <class T>
struct takes;

template <class T>
constexpr taker taker_of = takes<T>::make();

template <class T>
T& as(void* where)
{
    return *static_cast<T*>(where);
}

template <>
struct takes<std::string> {
    static constexpr taker make()
    {
        taker t;
        t.text = [](void* w, std::string_view s) { as<std::string>(w) = s; };
        return t;
    }
};
template <>
struct takes<std::int64_t> {
    static constexpr taker make()
    {
        taker t;
        t.integer = [](void* w, std::int64_t n) { as<std::int64_t>(w) = n; };
        return t;
    }
};
template <>
struct takes<double> {
    static constexpr taker make()
    {
        taker t;
        t.integer = [](void* w, std::int64_t n) { as<double>(w) = static_cast<double>(n); };
        t.real = [](void* w, double n) { as<double>(w) = n; };
        return t;
    }
};
template <>
struct takes<bool> {
    static constexpr taker make()
    {
        taker t;
        t.boolean = [](void* w, bool b) { as<bool>(w) = b; };
        return t;
    }
};
template <class E>
struct takes<chatwire::open_enum<E>> {
    static constexpr taker make()
    {
        taker t;
        t.text = [](void* w, std::string_view s) { as<chatwire::open_enum<E>>(w).assign(s); };
        return t;
    }
};
template <class T>
struct takes<std::optional<T>> {
    static constexpr taker make()
    {
        taker t;
        t.inner = &taker_of<T>;
        t.open = [](void* w) -> void* {
            auto& o = as<std::optional<T>>(w);
            return o ? &*o : &o.emplace();
        };
        t.null = [](void* w) { as<std::optional<T>>(w).reset(); };
        return t;
    }
};
template <class T>
struct takes<chatwire::nullable<T>> {
    static constexpr taker make()
    {
        taker t;
        t.inner = &taker_of<T>;
        t.open = [](void* w) -> void* { return &as<chatwire::nullable<T>>(w).ensure(); };
        t.null = [](void* w) { as<chatwire::nullable<T>>(w) = nullptr; };
        return t;
    }
};
template <class T>
struct takes<std::vector<T>> {
    static constexpr taker make()
    {
        taker t;
        t.begin = [](void* w, taker const*&) { return w; };
        t.element = [](void* w, std::uint32_t n, taker const*& how) -> void* {
            auto& list = as<std::vector<T>>(w);
            if (n == list.size())
                list.emplace_back();
            how = &taker_of<T>;
            return &list[n];
        };
        t.end = [](void* w, std::uint32_t n) { as<std::vector<T>>(w).resize(n); };
        return t;
    }
};
template <class T>
struct takes<chatwire::string_map<T>> {
    static constexpr taker make()
    {
        taker t;
        t.begin = [](void* w, taker const*&) {
            as<chatwire::string_map<T>>(w).clear();
            return w;
        };
        t.member = [](void* w, std::string_view name, std::uint32_t&, taker const*& how) -> void* {
            how = &taker_of<T>;
            return &as<chatwire::string_map<T>>(w).append(std::string(name));
        };
        t.end = [](void*, std::uint32_t) {};
        return t;
    }
};
template <described T>
struct takes<T> {
    static constexpr taker make()
    {
        taker t;
        t.begin = [](void* w, taker const*&) { return w; };
        t.member = [](void* w, std::string_view name, std::uint32_t& seen, taker const*& how) {
            void* found = nullptr;
            unsigned i = 0;
            fields(
                as<T>(w), [&](std::string_view field, auto& member, auto...) __attribute__((always_inline)) {
                    if (!found && equal(name, field)) {
                        found = &member;
                        seen |= 1U << i;
                        how = &taker_of<std::remove_cvref_t<decltype(member)>>;
                    }
                    ++i;
                });
            return found;
        };
        t.end = [](void* w, std::uint32_t seen) {
            unsigned i = 0;
            fields(
                as<T>(w), [&](std::string_view, auto& member, auto...) __attribute__((always_inline)) {
                    if (!(seen >> i & 1))
                        clear(member);
                    ++i;
                });
        };
        return t;
    }
};
template <>
struct takes<chatwire::content_part> {
    static constexpr taker make()
    {
        taker t;
        t.begin = [](void* w, taker const*& how) -> void* {
            how = &taker_of<chatwire::text_part>;
            auto& part = as<chatwire::content_part>(w);
            auto* text = std::get_if<chatwire::text_part>(&part);
            return text ? text : &part.emplace<chatwire::text_part>();
        };
        return t;
    }
};
template <>
struct takes<chatwire::content> {
    static constexpr taker make()
    {
        taker t;
        t.text = [](void* w, std::string_view s) { as<chatwire::content>(w).make_string() = s; };
        t.begin = [](void* w, taker const*& how) -> void* {
            how = &taker_of<std::vector<chatwire::content_part>>;
            return &as<chatwire::content>(w).make_parts();
        };
        return t;
    }
};
template <>
struct takes<chatwire::tool_choice> {
    static constexpr taker make()
    {
        taker t;
        t.text = [](void* w, std::string_view s) {
            as<chatwire::tool_choice>(w) = chatwire::open_enum<chatwire::tool_choice_mode>(s);
        };
        return t;
    }
};
template <>
struct takes<chatwire::raw_json> {
    static constexpr taker make()
    {
        taker t;
        t.raw = true;
        return t;
    }
};

class handler {
public:
    static constexpr std::size_t max_object_size = std::size_t(-1);
    static constexpr std::size_t max_array_size = std::size_t(-1);
    static constexpr std::size_t max_key_size = std::size_t(-1);
    static constexpr std::size_t max_string_size = std::size_t(-1);

    std::vector<std::string> kept{};

    template <class T>
    void start(T& value)
    {
        where_ = &value;
        how_ = &taker_of<T>;
        depth_ = 0;
        skipped_ = 0;
        kept.clear();
    }

    using error = json::error_code;

    bool on_document_begin(error&) { return true; }
    bool on_document_end(error&) { return true; }

    bool on_object_begin(error&) { return begin('{'); }
    bool on_array_begin(error&) { return begin('['); }
    bool on_object_end(std::size_t, error&) { return end('}'); }
    bool on_array_end(std::size_t, error&) { return end(']'); }

    bool on_key_part(json::string_view s, std::size_t, error&) { return part(s); }
    bool on_key(json::string_view s, std::size_t, error&)
    {
        auto const name = whole(s);
        if (raw_) {
            if (kept.back().back() != '{')
                kept.back() += ',';
            quote(name);
            kept.back() += ':';
        } else if (!skipped_) {
            auto& f = frames_[depth_ - 1];
            where_ = f.how->member(f.where, name, f.seen, how_);
        }
        part_.clear();
        return true;
    }
    bool on_string_part(json::string_view s, std::size_t, error&) { return part(s); }
    bool on_string(json::string_view s, std::size_t, error&)
    {
        auto const text = whole(s);
        if (raw_) {
            separate();
            quote(text);
        } else if (next())
            how_->text(where_, text);
        part_.clear();
        return true;
    }
    bool on_number_part(json::string_view s, error&) { return part(s); }
    bool on_int64(std::int64_t n, json::string_view s, error&)
    {
        if (keep_text(s) && next())
            how_->integer(where_, n);
        part_.clear();
        return true;
    }
    bool on_uint64(std::uint64_t n, json::string_view s, error& e)
    {
        return on_int64(static_cast<std::int64_t>(n), s, e);
    }
    bool on_double(double n, json::string_view s, error&)
    {
        if (keep_text(s) && next())
            how_->real(where_, n);
        part_.clear();
        return true;
    }
    bool on_bool(bool b, error&)
    {
        if (keep_text(b ? "true" : "false") && next())
            how_->boolean(where_, b);
        return true;
    }
    bool on_null(error&)
    {
        if (!keep_text("null") || skipped_)
            return true;
        place();
        if (where_)
            how_->null(where_);
        return true;
    }
    bool on_comment_part(json::string_view, error&) { return true; }
    bool on_comment(json::string_view, error&) { return true; }

private:
    struct frame {
        void* where = nullptr;
        taker const* how = nullptr;
        std::uint32_t seen = 0;
    };

    // where the next value goes, in an array
    void place()
    {
        if (depth_ == 0)
            return;
        auto& f = frames_[depth_ - 1];
        if (f.how->element)
            where_ = f.how->element(f.where, f.seen++, how_);
    }

    // a value that is not null comes: whether it is wanted
    bool next()
    {
        if (skipped_)
            return false;
        place();
        if (!where_)
            return false;
        while (how_->inner) {
            where_ = how_->open(where_);
            how_ = how_->inner;
        }
        return true;
    }

    bool begin(char bracket)
    {
        if (raw_) {
            separate();
            kept.back() += bracket;
            ++raw_;
        } else if (!next())
            ++skipped_;
        else if (how_->raw) {
            kept.emplace_back(1, bracket);
            raw_ = 1;
        } else {
            auto const* how = how_;
            auto* const where = how_->begin(where_, how);
            frames_.at(depth_++) = {where, how, 0};
        }
        return true;
    }

    bool end(char bracket)
    {
        if (raw_) {
            kept.back() += bracket;
            --raw_;
        } else if (skipped_)
            --skipped_;
        else {
            auto const& f = frames_[--depth_];
            f.how->end(f.where, f.seen);
        }
        return true;
    }

    bool part(json::string_view s)
    {
        part_ += view(s);
        return true;
    }
    std::string_view whole(json::string_view s)
    {
        if (part_.empty())
            return view(s);
        part_ += view(s);
        return part_;
    }

    // the text of an open shape
    void separate()
    {
        auto const last = kept.back().back();
        if (last != '[' && last != ':')
            kept.back() += ',';
    }
    void quote(std::string_view text) { kept.back() += json::serialize(json::string_view(text.data(), text.size())); }
    bool keep_text(json::string_view s)
    {
        if (!raw_)
            return true;
        separate();
        kept.back() += whole(s);
        return false;
    }

    void* where_ = nullptr;
    taker const* how_ = nullptr;
    std::array<frame, 16> frames_{};
    std::size_t depth_ = 0;
    std::size_t skipped_ = 0; // depth in what is not wanted
    std::size_t raw_ = 0;     // depth in an open shape
    std::string part_;
};

class library {
public:
    static constexpr std::string_view name = "Boost basic_parser";

    template <class T>
    void decode(T& value, std::string_view text)
    {
        parser_.reset();
        parser_.handler().start(value);
        json::error_code e;
        if (parser_.write_some(false, text.data(), text.size(), e) != text.size() || e)
            throw std::runtime_error("basic_parser cannot read it");
    }
    std::string parameters(std::size_t i) { return parser_.handler().kept.at(i); }

private:
    json::basic_parser<handler> parser_{json::parse_options()};
};

enlist const enlisted(31, &peer<library>::make);

} // namespace
} // namespace bench
