// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_STORE_DETAIL_COST_HPP
#define CHATWIRE_STORE_DETAIL_COST_HPP

#include <chatwire/store/key.hpp>
#include <chatwire/store/row.hpp>

#include <chrono>
#include <cstddef>
#include <string_view>

/// What the stores of the library have in common.
namespace chatwire::store::detail {

// What an entry costs beyond its bytes, so that a log of empty strings is bounded too.
inline constexpr std::size_t entry_overhead = 32;

inline timestamp system_now()
{
    return std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now());
}

inline std::size_t cost_of(key const& k, std::string_view body) noexcept
{
    return k.kind.size() + k.project.size() + k.id.size() + body.size();
}

} // namespace chatwire::store::detail
#endif
