// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_JSON_TAGGED_HPP
#define CHATWIRE_JSON_TAGGED_HPP

#include <chatwire/json/codec.hpp>

#include <variant>

namespace chatwire::json {
namespace detail {

// What the constant that a table begins with says; empty for what has no table.
template <class P>
constexpr std::string_view tag() noexcept
{
    if constexpr (described<P>)
        return table<P>::fields[0].text;
    else
        return {};
}

template <class P, class V>
bool read_alternative(cursor& in, V& out)
{
    auto* const held = std::get_if<P>(&out);
    return codec<P>::read(in, held ? *held : out.template emplace<P>());
}

} // namespace detail

/// Reads an object whose member `type` says which of the alternatives it is: of each alternative but `raw_json` the
/// table begins with @ref constant. One of another type is kept whole.
template <class... P>
bool read_tagged(cursor& in, std::variant<P...>& out)
{
    if (in.peek() != '{')
        return in.wrong_type("an object");
    auto const type = in.look_ahead("type");
    bool read = false;
    bool const known =
        ((!type.empty() && type == detail::tag<P>() && (read = detail::read_alternative<P>(in, out), true)) || ...);
    return known ? read : detail::read_alternative<raw_json>(in, out);
}

/// Writes whichever alternative it is.
template <class... P>
void append_tagged(appender& out, std::variant<P...> const& value)
{
    std::visit([&]<class A>(A const& alternative) { detail::append_value(out, alternative); }, value);
}

template <class... P>
void write_tagged(std::string& out, std::variant<P...> const& value)
{
    appender to(out);
    append_tagged(to, value);
}

} // namespace chatwire::json
#endif
