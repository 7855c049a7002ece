// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CHAT_OPEN_ENUM_HPP
#define CHATWIRE_CHAT_OPEN_ENUM_HPP

#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>

namespace chatwire {

/// An enumeration whose enumerators, numbered from 0, have their spellings in what `enum_names(E)` returns, in order.
template <class E>
concept named_enum = requires(E e)
{
    {
        enum_names(e).size()
        } -> std::convertible_to<std::size_t>;
    {
        enum_names(e)[0]
        } -> std::convertible_to<std::string_view>;
};

/// The spelling of an enumerator.
template <named_enum E>
constexpr std::string_view to_string(E e) noexcept
{
    return enum_names(e)[static_cast<std::size_t>(e)];
}

/// A word on the wire: a known enumerator, or any other text as it came. Services invent values; none is lost.
///
/// Compares with enumerators and with text.
template <named_enum E>
class open_enum {
public:
    /// The enumerator with the value 0.
    open_enum() noexcept {}
    open_enum(E e) noexcept : value_(e) {}

    /// The enumerator of that spelling, or else the text itself.
    template <class S>
    requires std::convertible_to<S const&, std::string_view> open_enum(S const& text) { assign(text); }

    void assign(std::string_view text)
    {
        auto const& names = enum_names(E{});
        for (std::size_t i = 0; i < names.size(); ++i)
            if (names[i] == text) {
                value_ = static_cast<E>(i);
                known_ = true;
                return;
            }
        known_ = false;
        other_ = text;
    }

    bool known() const noexcept { return known_; }

    /// The enumerator, or `other` if the text is not a known one.
    E value_or(E other) const noexcept { return known_ ? value_ : other; }

    /// The spelling. Lives until this object changes.
    std::string_view text() const noexcept { return known_ ? to_string(value_) : std::string_view(other_); }

    friend bool operator==(open_enum const& a, open_enum const& b) noexcept { return a.text() == b.text(); }
    friend bool operator==(open_enum const& a, E e) noexcept { return a.known_ && a.value_ == e; }
    template <class S>
    requires std::convertible_to<S const&, std::string_view>
    friend bool operator==(open_enum const& a, S const& text) noexcept { return a.text() == std::string_view(text); }

private:
    E value_{};
    bool known_ = true;
    std::string other_;
};

} // namespace chatwire
#endif
