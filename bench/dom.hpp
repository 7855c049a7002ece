// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_BENCH_DOM_HPP
#define CHATWIRE_BENCH_DOM_HPP

#include "fields.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace bench {

/// Reads a document's values, each visited once in the order it stands, into the types.
///
/// `Library` is how that is done with one of the libraries: `members(v, f)` and `elements(v, f)`, which call `f(name,
/// v)` and `f(v)`; `is_null(v)`, `is_string(v)`; `text(v)`, `integer(v)`, `real(v)`, `boolean(v)`; `open(v,
/// raw_json&)`, which keeps a value of open shape. With `find(v, name)` members are looked for, as where objects are
/// trees.
template <class Library>
class reader {
public:
    Library library{};

    template <class V>
    void read(V&& v, std::string& out)
    {
        out = library.text(v);
    }
    template <class V>
    void read(V&& v, std::int64_t& out)
    {
        out = library.integer(v);
    }
    template <class V>
    void read(V&& v, double& out)
    {
        out = library.real(v);
    }
    template <class V>
    void read(V&& v, bool& out)
    {
        out = library.boolean(v);
    }
    template <class V, class E>
    void read(V&& v, chatwire::open_enum<E>& out)
    {
        out.assign(library.text(v));
    }
    template <class V>
    void read(V&& v, chatwire::raw_json& out)
    {
        library.open(v, out);
    }
    template <class V, class T>
    void read(V&& v, std::optional<T>& out)
    {
        if (library.is_null(v))
            out.reset();
        else
            read(v, out ? *out : out.emplace());
    }
    template <class V, class T>
    void read(V&& v, chatwire::nullable<T>& out)
    {
        if (library.is_null(v))
            out = nullptr;
        else
            read(v, out.ensure());
    }
    template <class V, class T>
    void read(V&& v, std::vector<T>& out)
    {
        std::size_t n = 0;
        library.elements(v, [&](auto&& element) {
            if (n == out.size())
                out.emplace_back();
            read(element, out[n++]);
        });
        out.resize(n);
    }
    template <class V, class T>
    void read(V&& v, chatwire::string_map<T>& out)
    {
        out.clear();
        library.members(v,
                        [&](std::string_view name, auto&& element) { read(element, out.append(std::string(name))); });
    }
    template <class V>
    void read(V&& v, chatwire::content& out)
    {
        if (library.is_string(v))
            out.make_string() = library.text(v);
        else
            read(v, out.make_parts());
    }
    template <class V>
    void read(V&& v, chatwire::content_part& out)
    {
        auto* text = std::get_if<chatwire::text_part>(&out);
        read(v, text ? *text : out.emplace<chatwire::text_part>());
    }
    template <class V>
    void read(V&& v, chatwire::tool_choice& out)
    {
        chatwire::open_enum<chatwire::tool_choice_mode> mode;
        read(v, mode);
        out = mode;
    }
    template <class V, described T>
    void read(V&& v, T& out)
    {
        if constexpr (requires { library.find(v, ""); })
            fields(
                out, [&](char const* field, auto& into, auto...) __attribute__((always_inline)) {
                    if (auto* member = library.find(v, field))
                        read(*member, into);
                    else
                        clear(into);
                });
        else
            visit(v, out);
    }

private:
    template <class V, class T>
    void visit(V& v, T& out)
    {
        std::uint32_t seen = 0;
        library.members(v, [&](std::string_view name, auto&& member) {
            unsigned i = 0;
            bool found = false;
            fields(
                out, [&](std::string_view field, auto& into, auto...) __attribute__((always_inline)) {
                    if (!found && equal(name, field)) {
                        found = true;
                        seen |= 1U << i;
                        read(member, into);
                    }
                    ++i;
                });
        });
        unsigned i = 0;
        fields(
            out, [&](std::string_view, auto& into, auto...) __attribute__((always_inline)) {
                if (!(seen >> i & 1))
                    clear(into);
                ++i;
            });
    }
};

/// Builds a library's document of a value.
///
/// `Library`: its `value`; `null()`, `text(s)`, `integer(n)`, `real(n)`, `boolean(b)`, `object()`, `array()` make one,
/// `add(object, name, value)` and `add(array, value)` put one in, `open(raw_json)` returns one of open shape.
template <class Library>
class builder {
public:
    Library library{};
    using value = typename Library::value;

    value build(std::string const& v) { return library.text(v); }
    value build(std::int64_t v) { return library.integer(v); }
    value build(double v) { return library.real(v); }
    value build(bool v) { return library.boolean(v); }
    value build(chatwire::raw_json const& v) { return library.open(v); }
    template <class E>
    value build(chatwire::open_enum<E> const& v)
    {
        return library.text(v.text());
    }
    template <class T>
    value build(std::optional<T> const& v)
    {
        return v ? build(*v) : library.null();
    }
    template <class T>
    value build(chatwire::nullable<T> const& v)
    {
        return v ? build(*v) : library.null();
    }
    template <class T>
    value build(std::vector<T> const& v)
    {
        auto out = library.array();
        for (auto const& element : v)
            library.add(out, build(element));
        return out;
    }
    template <class T>
    value build(chatwire::string_map<T> const& v)
    {
        auto out = library.object();
        for (auto const& [name, element] : v)
            library.add(out, name, build(element));
        return out;
    }
    value build(chatwire::content const& v) { return v.is_string() ? build(*v.string()) : build(*v.parts()); }
    value build(chatwire::content_part const& v)
    {
        auto out = library.object();
        library.add(out, "type", library.text("text"));
        library.add(out, "text", library.text(std::get<chatwire::text_part>(v).text));
        return out;
    }
    value build(chatwire::tool_choice const& v)
    {
        return build(std::get<chatwire::open_enum<chatwire::tool_choice_mode>>(v.value));
    }
    template <described T>
    value build(T const& v)
    {
        auto out = library.object();
        fields(
            v, [&](char const* name, auto const& member, auto... how) __attribute__((always_inline)) {
                if (sizeof...(how) != 0 || !absent(member))
                    library.add(out, name, build(member));
            });
        return out;
    }
};

} // namespace bench

#endif
