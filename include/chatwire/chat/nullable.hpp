// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CHAT_NULLABLE_HPP
#define CHATWIRE_CHAT_NULLABLE_HPP

#include <concepts>
#include <cstddef>
#include <optional>
#include <type_traits>
#include <utility>

namespace chatwire {

/// A member that may be absent, null or a value, where the API tells the three apart. Otherwise like `std::optional`.
///
/// `{}` and `std::nullopt` are absent, `nullptr` is null.
template <class T>
class nullable {
    template <class U>
    static constexpr bool convertible =
        std::convertible_to<U&&, T> && !std::same_as<std::remove_cvref_t<U>, nullable> &&
        !std::same_as<std::remove_cvref_t<U>, std::nullptr_t> && !std::same_as<std::remove_cvref_t<U>, std::nullopt_t>;

public:
    using value_type = T;

    nullable() noexcept {}
    nullable(std::nullopt_t) noexcept {}
    nullable(std::nullptr_t) noexcept : null_(true) {}
    nullable(T const& value) : value_(value) {}
    nullable(T&& value) : value_(std::move(value)) {}
    template <class U>
    requires(convertible<U> && !std::same_as<std::remove_cvref_t<U>, T>) nullable(U&& value)
        : value_(std::in_place, static_cast<T>(std::forward<U>(value)))
    {
    }
    nullable(std::optional<T> value) : value_(std::move(value)) {}

    bool has_value() const noexcept { return value_.has_value(); }
    explicit operator bool() const noexcept { return has_value(); }
    bool is_null() const noexcept { return null_; }
    bool is_absent() const noexcept { return !null_ && !has_value(); }

    /// @par Preconditions
    /// There is a value.
    T& operator*() & noexcept { return *value_; }
    T const& operator*() const& noexcept { return *value_; }
    T&& operator*() && noexcept { return *std::move(value_); }
    T* operator->() noexcept { return &*value_; }
    T const* operator->() const noexcept { return &*value_; }

    template <class U>
    T value_or(U&& other) const
    {
        return value_.value_or(std::forward<U>(other));
    }

    /// Makes it a value built from the arguments.
    template <class... A>
    T& emplace(A&&... a)
    {
        null_ = false;
        return value_.emplace(std::forward<A>(a)...);
    }

    /// The value there is, or a new default one: reuses the memory of the old.
    T& ensure()
    {
        null_ = false;
        return value_ ? *value_ : value_.emplace();
    }

    /// Makes it absent.
    void reset() noexcept
    {
        null_ = false;
        value_.reset();
    }

    friend bool operator==(nullable const&, nullable const&) = default;
    friend bool operator==(nullable const& a, T const& b) requires std::equality_comparable<T>
    {
        return a.value_ && *a.value_ == b;
    }

private:
    std::optional<T> value_{};
    bool null_ = false; // never beside a value
};

} // namespace chatwire
#endif
