// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_JSON_FIELD_HPP
#define CHATWIRE_JSON_FIELD_HPP

#include <chatwire/chat/dialect.hpp>
#include <chatwire/chat/raw_members.hpp>
#include <chatwire/config.hpp>
#include <chatwire/json/appender.hpp>
#include <chatwire/json/shape.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <span>
#include <string_view>
#include <utility>

namespace chatwire::json {

class cursor;

/// How a type is spelled in JSON; specialised in codec.hpp and beside the tables.
template <class T>
struct codec;

/// The one description of an aggregate, from which its reader and its writer come. Specialise it with
/// `static constexpr field fields[]`, made of @ref member and its kin, in the order they are to be written.
///
/// Two members of the aggregate are found by their name and are no fields: `ext`, whose own table's fields stand beside
/// these in the JSON, and `extra`, the `raw_members` that take what no field has.
///
/// @par Example
/// @code
/// template <>
/// struct chatwire::json::table<point> {
///     static constexpr field fields[] = {member<&point::x>("x"), member<&point::label>("label", presence::optional)};
/// };
/// @endcode
template <class T>
struct table;

/// Whether a member is in the JSON.
enum class presence : unsigned char {
    required, ///< must be there, and is always written
    nullable, ///< must be there, perhaps as null; written as null when empty
    written,  ///< may be missing; always written, as null when empty
    optional, ///< may be missing; not written when empty
    alias,    ///< another name of the field before it: read, with the diagnostic `alias_member`, and never written
};

namespace detail {

// How a member begins that stands behind another, `,"name":`, in memory that may be looked at and copied in whole
// words.
struct member_key {
    static constexpr std::size_t room = 48;
    static constexpr std::size_t longest = 28;

    constexpr member_key() = default;
    constexpr explicit member_key(std::string_view name)
    {
        if (name.size() > longest)
            return;
        text[size++] = ',';
        text[size++] = '"';
        for (char const c : name)
            text[size++] = c; // of a table: nothing in it to escape
        text[size++] = '"';
        text[size++] = ':';
        bits >>= 32 - size;
    }

    char text[room]{};
    unsigned char size = 0;          // 0: the name is longer than the longest
    std::uint32_t bits = 0xFFFFFFFF; // one for each byte
};

} // namespace detail

/// One member of an aggregate. Made by @ref member and @ref constant.
struct field {
    std::string_view name;
    json::presence presence;
    bool takes_null; ///< the member's own type tells null from absent
    bool else_extra; ///< see @ref or_extra
    bool (*read)(cursor&, void* object);
    void (*reset)(void* object); ///< makes it what it is in a new object
    void (*write)(appender& out, field const&, void const* object);
    json::shape const* shape;
    std::string_view member{}; ///< the C++ name; empty: none
    std::string_view text{};   ///< of a constant
    detail::member_key key{name};
    std::string_view description{}; ///< see @ref means

    /// The same, with a description, for those who read the type's schema: `member<&place::city>("city").means("Without
    /// the country")`.
    constexpr field means(std::string_view text) const
    {
        auto f = *this;
        f.description = text;
        return f;
    }
};

namespace detail {

// Finds fields by their names.
struct name_index {
    static constexpr std::uint8_t none = 0xFF;

    static constexpr std::size_t slot(std::string_view name) noexcept
    {
        return name.empty() ? 0
                            : (name.size() * 5 + static_cast<unsigned char>(name.front()) +
                               static_cast<unsigned char>(name.back()) * 3) %
                                  64;
    }

    std::array<std::uint8_t, 64> first{}; // of each slot
    std::array<std::uint8_t, 64> next{};  // of the same slot
};

} // namespace detail

template <>
struct table<no_extension> {
    static constexpr std::span<field const> fields{};
};

/// A type with a table.
template <class T>
concept described = requires
{
    table<T>::fields;
};

/// The table of a type, without its type.
struct object_info {
    std::span<field const> own;
    std::span<field const> added;          ///< a dialect's
    void* (*extension)(void* object);      ///< what `added` describes
    raw_members* (*unknown)(void* object); ///< null: unknown members are dropped, with a diagnostic

    // What follows is about `own` and `added` as if they were one list; bits of a set are in its order.

    void (*reset)(void* object, std::uint64_t fields); ///< makes these what they are in a new object
    void (*write)(appender& out, void const* object);  ///< all of them
    std::uint64_t must = 0;                            ///< those that are missing when they are not there
    detail::name_index names{};

    constexpr std::size_t size() const noexcept { return own.size() + added.size(); }
    constexpr field const& operator[](std::size_t i) const noexcept
    {
        return i < own.size() ? own[i] : added[i - own.size()];
    }

    /// Which field has that name; @ref size if none has.
    constexpr std::size_t find(std::string_view name) const noexcept
    {
        auto i = names.first[detail::name_index::slot(name)];
        while (i != detail::name_index::none && (*this)[i].name != name)
            i = names.next[i];
        return i == detail::name_index::none ? size() : i;
    }
};

namespace detail {

template <class M>
struct member_of;
template <class C, class T>
struct member_of<T C::*> {
    using object = C;
    using type = T;
};

template <auto M>
bool read_member(cursor& in, void* object)
{
    using m = member_of<decltype(M)>;
    return codec<typename m::type>::read(in, static_cast<typename m::object*>(object)->*M);
}

template <auto M>
bool read_text_or_raw(cursor& in, void* object)
{
    using m = member_of<decltype(M)>;
    return codec<typename m::type>::read_text_or_raw(in, static_cast<typename m::object*>(object)->*M);
}

template <auto M>
void clear_member(void* object)
{
    using m = member_of<decltype(M)>;
    codec<typename m::type>::clear(static_cast<typename m::object*>(object)->*M);
}

// Required members may have a default that is not empty, such as the name of the object's kind.
template <auto M>
void default_member(void* object)
{
    using m = member_of<decltype(M)>;
    static_cast<typename m::object*>(object)->*M = typename m::object{}.*M;
}

CHATWIRE_DECL void append_key(std::string& out, std::string_view name);
CHATWIRE_DECL void append_long_key(appender& out, std::string_view name);

inline void append_key(appender& out, field const& f)
{
    if (f.key.size == 0)
        return append_long_key(out, f.name);
    constexpr std::size_t whole = 32;
    char* const to = out.room(whole);
    // only a new object ends in a brace: values before this one end in a quote, a digit, a letter, ] or }
    if (to[-1] == '{') {
        std::memcpy(to, f.key.text + 1, whole);
        out.taken(to + f.key.size - 1);
    } else {
        std::memcpy(to, f.key.text, whole);
        out.taken(to + f.key.size);
    }
}

// A value by its codec, also where that only knows how to write into a string.
template <class T>
void append_value(appender& out, T const& value)
{
    if constexpr (requires { codec<T>::append(out, value); }) {
        codec<T>::append(out, value);
    } else {
        codec<T>::write(out.settle(), value);
        out.attach();
    }
}

template <auto M>
void write_member(appender& out, field const& f, void const* object)
{
    using m = member_of<decltype(M)>;
    using c = codec<typename m::type>;
    auto const& value = static_cast<typename m::object const*>(object)->*M;
    if (f.presence != presence::required && c::absent(value)) {
        if (f.presence == presence::optional)
            return;
        append_key(out, f);
        out.put("null");
        return;
    }
    append_key(out, f);
    append_value(out, value);
}

CHATWIRE_DECL bool read_constant(cursor& in, void* object);
CHATWIRE_DECL void write_constant(appender& out, field const& f, void const* object);
inline void write_nothing(appender&, field const&, void const*) {}
inline void reset_nothing(void*) {}

// The functions of a table's fields one after another, which the compiler knows and can put into one.
template <class Table>
void reset_fields(void* object, std::uint64_t which)
{
    [&]<std::size_t... I>(std::index_sequence<I...>)
    {
        ((which >> I & 1 ? Table::fields[I].reset(object) : void()), ...);
    }
    (std::make_index_sequence<std::size(Table::fields)>());
}

template <class Table>
void write_fields(appender& out, void const* object)
{
    [&]<std::size_t... I>(std::index_sequence<I...>) { (Table::fields[I].write(out, Table::fields[I], object), ...); }
    (std::make_index_sequence<std::size(Table::fields)>());
}

template <class T>
concept extended = requires(T& t)
{
    t.ext;
};

template <class T, class Table>
void reset_object(void* object, std::uint64_t which)
{
    constexpr auto own = std::size(Table::fields);
    reset_fields<Table>(object, which);
    if constexpr (extended<T>) {
        if constexpr (own < 64)
            reset_fields<table<decltype(T::ext)>>(&static_cast<T*>(object)->ext, which >> own);
    }
}

template <class T, class Table>
void write_object(appender& out, void const* object)
{
    write_fields<Table>(out, object);
    if constexpr (extended<T>)
        write_fields<table<decltype(T::ext)>>(out, &static_cast<T const*>(object)->ext);
}

constexpr void index_names(object_info& info)
{
    info.names.first.fill(name_index::none);
    for (auto i = info.size(); i-- > 0;) {
        auto& first = info.names.first[name_index::slot(info[i].name)];
        info.names.next[i] = first;
        first = static_cast<std::uint8_t>(i);
        if (info[i].presence == presence::required || info[i].presence == presence::nullable)
            info.must |= std::uint64_t{1} << i;
    }
}

template <class T, class Table = table<T>>
constexpr object_info make_info()
{
    object_info i{Table::fields, {}, nullptr, nullptr, &reset_object<T, Table>, &write_object<T, Table>};
    if constexpr (extended<T>) {
        using extension = decltype(T::ext);
        static_assert(described<extension>,
                      "a dialect's additions need a field table: specialise chatwire::json::table");
        i.added = table<extension>::fields;
        i.extension = [](void* object) -> void* { return &static_cast<T*>(object)->ext; };
    }
    if constexpr (requires(T & t) { t.extra; })
        i.unknown = [](void* object) -> raw_members* { return &static_cast<T*>(object)->extra; };
    if (i.size() > 64)
        throw "more than 64 fields"; // not a constant expression: the compiler stops here
    index_names(i);
    return i;
}

} // namespace detail

/// The description of a described type.
template <described T>
inline constexpr object_info info_of = detail::make_info<T>();

/// Describes a member: `member<&point::x>("x")`.
template <auto M>
constexpr field member(std::string_view name, presence p = presence::required)
{
    field f{name,
            p,
            codec<typename detail::member_of<decltype(M)>::type>::takes_null,
            false,
            &detail::read_member<M>,
            &detail::clear_member<M>,
            &detail::write_member<M>,
            &shape_of<typename detail::member_of<decltype(M)>::type>,
            detail::member_name<M>()};
    if (p == presence::required)
        f.reset = &detail::default_member<M>;
    return f;
}

/// Describes a string member for which services also send a value of another type: the value's text is read then, with
/// the diagnostic `not_a_string`.
template <auto M>
constexpr field text_or_raw(std::string_view name, presence p = presence::required)
{
    auto f = member<M>(name, p);
    f.read = &detail::read_text_or_raw<M>;
    return f;
}

/// Describes a member for which services also send a value of another type: that is kept in `extra` then. For a string
/// anything else is, with the diagnostic `not_a_string`; for another member what an answer has in its place and cannot
/// be read, with the diagnostic `other_shape`.
template <auto M>
constexpr field or_extra(std::string_view name, presence p = presence::required)
{
    auto f = member<M>(name, p);
    f.else_extra = true;
    return f;
}

/// Describes another name for the member described just before it.
template <auto M>
constexpr field alias(std::string_view name)
{
    auto f = member<M>(name, presence::alias);
    f.reset = &detail::reset_nothing;
    f.write = &detail::write_nothing;
    return f;
}

/// Describes a member whose text says of which type the object is; it is not stored.
constexpr field constant(std::string_view name, std::string_view text)
{
    return {name,
            presence::required,
            false,
            false,
            &detail::read_constant,
            &detail::reset_nothing,
            &detail::write_constant,
            &string_shape,
            {},
            text};
}

} // namespace chatwire::json

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/json/append.hpp>
#include <chatwire/json/cursor.hpp>
#endif
#endif
