// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CHAT_DETAIL_SPEND_HPP
#define CHATWIRE_CHAT_DETAIL_SPEND_HPP

#include <cstddef>

namespace chatwire::detail {

/// Takes `bytes` from what is left of a bound; false, and nothing taken, when that is not enough.
inline bool spend(std::size_t& room, std::size_t bytes) noexcept
{
    if (bytes > room)
        return false;
    room -= bytes;
    return true;
}

} // namespace chatwire::detail
#endif
