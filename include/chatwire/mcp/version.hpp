// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_MCP_VERSION_HPP
#define CHATWIRE_MCP_VERSION_HPP

#include <chatwire/chat/open_enum.hpp>

#include <optional>
#include <span>
#include <string_view>

namespace chatwire::mcp {

/// A revision of the protocol that is spoken here, oldest first.
enum class version : unsigned char {
    of_2025_03_26, ///< the only one with batches
    of_2025_06_18,
    of_2025_11_25, ///< the last that begins with a handshake
    of_2026_07_28, ///< the first in which every request stands for itself
};

namespace detail {
inline constexpr std::string_view version_names[] = {"2025-03-26", "2025-06-18", "2025-11-25", "2026-07-28"};
} // namespace detail

/// The spellings, for @ref open_enum.
constexpr std::span<std::string_view const> enum_names(version) noexcept { return detail::version_names; }

/// The revision of that name; nullopt if it is not spoken here.
constexpr std::optional<version> find_version(std::string_view name) noexcept
{
    for (std::size_t i = 0; i < std::size(detail::version_names); ++i)
        if (detail::version_names[i] == name)
            return static_cast<version>(i);
    return std::nullopt;
}

/// Whether requests carry what a handshake would have settled.
constexpr bool stateless(version v) noexcept { return v >= version::of_2026_07_28; }

/// What is offered to a client whose handshake asks for a revision that has none, or is not known.
inline constexpr version newest_with_handshake = version::of_2025_11_25;

} // namespace chatwire::mcp
#endif
