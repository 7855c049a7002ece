// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CHAT_RAW_MEMBERS_HPP
#define CHATWIRE_CHAT_RAW_MEMBERS_HPP

#include <chatwire/chat/raw_json.hpp>

#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <iterator>
#include <numeric>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace chatwire {

/// A member of a JSON object: its name, unescaped, and its value's text.
struct raw_member {
    std::string name{};
    raw_json value{};

    friend bool operator==(raw_member const&, raw_member const&) = default;
};

/// Members of a JSON object that no field has: kept in their order, and written back after the known ones.
class raw_members {
public:
    using const_iterator = std::vector<raw_member>::const_iterator;

    raw_members() noexcept {}
    raw_members(std::initializer_list<raw_member> members) : list_(members) {}

    bool empty() const noexcept { return list_.empty(); }
    std::size_t size() const noexcept { return list_.size(); }
    const_iterator begin() const noexcept { return list_.begin(); }
    const_iterator end() const noexcept { return list_.end(); }

    /// The value of the member of that name, or null. Lives until the list changes.
    raw_json const* find(std::string_view name) const noexcept
    {
        for (auto const& m : list_)
            if (m.name == name)
                return &m.value;
        return nullptr;
    }

    raw_json* find(std::string_view name) noexcept { return const_cast<raw_json*>(std::as_const(*this).find(name)); }

    /// Replaces the member of that name, or appends it.
    void set(std::string_view name, raw_json value)
    {
        for (auto& m : list_)
            if (m.name == name) {
                m.value = std::move(value);
                return;
            }
        list_.push_back({std::string(name), std::move(value)});
    }

    /// Does what @ref set does for each of `from`, in less time than the product of their numbers. Each name stands
    /// once then, with its last value.
    void set_all(raw_members from)
    {
        list_.insert(list_.end(), std::move_iterator(from.list_.begin()), std::move_iterator(from.list_.end()));
        if (list_.size() < 2)
            return;
        std::vector<std::size_t> order(list_.size()); // by name, those of one name as they stand
        std::iota(order.begin(), order.end(), std::size_t{0});
        std::stable_sort(order.begin(), order.end(),
                         [&](std::size_t a, std::size_t b) { return list_[a].name < list_[b].name; });
        std::vector<bool> again(list_.size());
        auto first = order.front();
        for (auto const i : order) {
            if (list_[i].name != list_[first].name)
                first = i;
            if (i == first)
                continue;
            list_[first].value = std::move(list_[i].value);
            again[i] = true;
        }
        erase_at([&](std::size_t i) { return again[i]; });
    }

    /// Appends a member, without a look at the names there are.
    void append(std::string name, raw_json value) { list_.push_back({std::move(name), std::move(value)}); }

    /// Takes the members out of which `drop(index)` says so.
    template <class F>
    void erase_at(F drop)
    {
        std::size_t i = 0;
        std::erase_if(list_, [&](raw_member const&) { return drop(i++); });
    }

    /// Takes the member of that name out; does nothing if there is none.
    void erase(std::string_view name)
    {
        std::erase_if(list_, [&](raw_member const& m) { return m.name == name; });
    }

    void clear() noexcept { list_.clear(); }

    friend bool operator==(raw_members const&, raw_members const&) = default;

private:
    std::vector<raw_member> list_;
};

} // namespace chatwire
#endif
