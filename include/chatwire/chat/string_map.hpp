// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CHAT_STRING_MAP_HPP
#define CHATWIRE_CHAT_STRING_MAP_HPP

#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace chatwire {

/// An object whose member names are data and whose values are of one type, in the order they were given.
///
/// @tparam T the values
template <class T>
class string_map {
public:
    struct value_type {
        std::string name{};
        T value{};

        friend bool operator==(value_type const&, value_type const&) = default;
    };
    using const_iterator = typename std::vector<value_type>::const_iterator;

    string_map() noexcept {}
    string_map(std::initializer_list<value_type> entries) : list_(entries) {}

    bool empty() const noexcept { return list_.empty(); }
    std::size_t size() const noexcept { return list_.size(); }
    const_iterator begin() const noexcept { return list_.begin(); }
    const_iterator end() const noexcept { return list_.end(); }

    /// The value of that name, or null. Lives until the map changes.
    T const* find(std::string_view name) const noexcept
    {
        for (auto const& entry : list_)
            if (entry.name == name)
                return &entry.value;
        return nullptr;
    }

    /// Replaces the value of that name, or appends it.
    void set(std::string_view name, T value)
    {
        for (auto& entry : list_)
            if (entry.name == name) {
                entry.value = std::move(value);
                return;
            }
        list_.push_back({std::string(name), std::move(value)});
    }

    /// Appends a value, without a look at the names there are, and gives access to it.
    T& append(std::string name)
    {
        list_.push_back({std::move(name), T{}});
        return list_.back().value;
    }

    /// Takes the values out of which `drop(index)` says so.
    template <class F>
    void erase_at(F drop)
    {
        std::size_t i = 0;
        std::erase_if(list_, [&](value_type const&) { return drop(i++); });
    }

    void clear() noexcept { list_.clear(); }

    /// Equal when the same values stand in the same order.
    friend bool operator==(string_map const&, string_map const&) = default;

private:
    std::vector<value_type> list_;
};

/// What a caller wants kept with a completion, to find it again. Services take up to 16 entries.
using metadata = string_map<std::string>;

/// What is added to the likelihood of tokens, by token id: -100 to 100.
using logit_bias = string_map<double>;

} // namespace chatwire
#endif
