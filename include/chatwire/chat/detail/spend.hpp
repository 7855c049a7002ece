// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CHAT_DETAIL_SPEND_HPP
#define CHATWIRE_CHAT_DETAIL_SPEND_HPP

#include <chatwire/chat/accumulator_limits.hpp>
#include <chatwire/chat/raw_members.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace chatwire::detail {

/// Takes `bytes` from what is left of a bound; false, and nothing taken, when that is not enough.
inline bool spend(std::size_t& room, std::size_t bytes) noexcept
{
    if (bytes > room)
        return false;
    room -= bytes;
    return true;
}

/// Puts a text in the place of another, and takes from the bound what it is longer.
inline bool replace(std::string& old, std::string_view by, std::size_t& room)
{
    if (by.size() > old.size() && !spend(room, by.size() - old.size()))
        return false;
    old = by;
    return true;
}

/// Sets an unknown member, and takes from the bound what that adds.
inline bool keep(raw_members& to, raw_member const& m, accumulator_limits const& limits, std::size_t& room)
{
    auto* const old = to.find(m.name);
    if (!old && to.size() >= limits.max_members)
        return false;
    auto const had = old ? old->text().size() : 0;
    auto const has = m.value.text().size() + (old ? 0 : sizeof m + m.name.size());
    if (has > had && !spend(room, has - had))
        return false;
    if (old)
        *old = m.value;
    else
        to.append(m.name, m.value);
    return true;
}

/// @ref keep for each.
inline bool keep_all(raw_members& to, raw_members const& from, accumulator_limits const& limits, std::size_t& room)
{
    for (auto const& m : from)
        if (!keep(to, m, limits, room))
            return false;
    return true;
}

} // namespace chatwire::detail
#endif
