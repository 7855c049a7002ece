// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CHATS_DETAIL_TAKE_MEMBERS_HPP
#define CHATWIRE_CHATS_DETAIL_TAKE_MEMBERS_HPP

#include <chatwire/chat/raw_members.hpp>
#include <chatwire/json/reader.hpp>
#include <chatwire/json/writer.hpp>

namespace chatwire::chats::detail {

/// Takes the members that a type describes out of those that nobody else knew.
template <class T>
result<T> take_members(raw_members& from)
{
    auto taken = json::read<T>(json::to_text(from));
    if (taken)
        for (auto const& f : json::table<T>::fields)
            from.erase(f.name);
    return taken;
}

} // namespace chatwire::chats::detail
#endif
