// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_JSON_SHAPE_HPP
#define CHATWIRE_JSON_SHAPE_HPP

#include <array>
#include <span>
#include <string_view>

namespace chatwire::json {

template <class T>
struct codec;
struct object_info;

/// What JSON a type is written as, as data: for documentation and other descriptions, which go from a table's fields to
/// the tables of their types.
struct shape {
    enum class type : unsigned char {
        any,
        boolean,
        integer,
        number,
        string,
        array,  ///< of `of[0]`
        map,    ///< an object of any members, each a value of `of[0]`
        object, ///< as a table says
        one_of, ///< any of `of`
    };

    type what = type::any;
    std::string_view name{};                   ///< of an object: the C++ type's
    object_info const* object = nullptr;       ///< its table
    std::span<std::string_view const> words{}; ///< of a string that is an enumeration's: those that are known
    std::span<shape const* const> of{};
};

/// The shape of a type that has a codec.
template <class T>
inline constexpr shape shape_of = codec<T>::shape();

/// The shape of a string.
inline constexpr shape string_shape{.what = shape::type::string};

/// The shapes of several types, for @ref shape::of.
template <class... T>
inline constexpr std::array<shape const*, sizeof...(T)> shapes_of{&shape_of<T>...};

namespace detail {

// What stands behind the last "::" of the first template argument in a compiler's name for a function, without
// arguments of its own.
constexpr std::string_view last_name(std::string_view function) noexcept
{
    auto name = function.substr(function.find(" = ") + 3);
    name = name.substr(0, name.find_last_not_of("] ") + 1);
    name = name.substr(0, name.find(';'));
    if (name.ends_with('>'))
        name = name.substr(0, name.find('<'));
    return name.substr(name.rfind(':') + 1);
}

template <auto M>
consteval std::string_view member_name() noexcept
{
    return last_name(__PRETTY_FUNCTION__);
}

// Without the mark of a template that dialects extend.
template <class T>
consteval std::string_view type_name() noexcept
{
    auto const name = last_name(__PRETTY_FUNCTION__);
    return name.starts_with("basic_") ? name.substr(6) : name;
}

} // namespace detail
} // namespace chatwire::json
#endif
