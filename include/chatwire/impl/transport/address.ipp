// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_TRANSPORT_ADDRESS_IPP
#define CHATWIRE_IMPL_TRANSPORT_ADDRESS_IPP

#include <chatwire/transport/address.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <netinet/in.h>

namespace chatwire::transport {
namespace detail {

inline bool is_ordinary_v4(std::uint32_t a) noexcept
{
    struct block {
        std::uint32_t first;
        int bits;
    };
    constexpr block special[] = {
        {0x00000000, 8},  // this network
        {0xA9FE0000, 16}, // link-local
        {0xE0000000, 4},  // multicast
        {0xF0000000, 4},  // reserved, broadcast
        {0xC0000000, 24}, // for protocols; a cloud's metadata among them
        {0x646464C8, 32}, // another's: 100.100.100.200
        {0xA83F8110, 32}, // and another's: 168.63.129.16
    };
    return std::none_of(std::begin(special), std::end(special),
                        [a](block const& b) { return ((a ^ b.first) >> (32 - b.bits)) == 0; });
}

using v6_bytes = std::array<std::uint8_t, 16>;

inline bool begins(v6_bytes const& a, std::initializer_list<std::uint8_t> with) noexcept
{
    return std::equal(with.begin(), with.end(), a.begin());
}

inline bool is_ordinary_v6(v6_bytes const& a) noexcept
{
    auto const v4_at = [&a](std::size_t i) {
        std::uint32_t n = 0;
        for (std::size_t k = 0; k < 4; ++k)
            n = n << 8 | a[i + k];
        return n;
    };
    if (begins(a, {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF})) // IPv4-mapped
        return is_ordinary_v4(v4_at(12));
    if (begins(a, {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0})) // unspecified, loopback, IPv4-compatible
        return v4_at(12) == 1 || is_ordinary_v4(v4_at(12));
    if (begins(a, {0x00, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0})) // NAT64
        return is_ordinary_v4(v4_at(12));
    if (begins(a, {0x20, 0x02})) // 6to4
        return is_ordinary_v4(v4_at(2));
    if (begins(a, {0xFD, 0x00, 0x0E, 0xC2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x02, 0x54}) ||
        begins(a, {0xFD, 0x20, 0x00, 0xCE, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x02, 0x54}))
        return false;
    bool const multicast = a[0] == 0xFF;
    bool const link_local = a[0] == 0xFE && (a[1] & 0xC0) == 0x80;
    return !multicast && !link_local;
}

} // namespace detail

CHATWIRE_DECL bool is_ordinary(sockaddr const& address) noexcept
{
    if (address.sa_family == AF_INET) {
        sockaddr_in a;
        std::memcpy(&a, &address, sizeof a);
        return detail::is_ordinary_v4(ntohl(a.sin_addr.s_addr));
    }
    if (address.sa_family == AF_INET6) {
        sockaddr_in6 a;
        std::memcpy(&a, &address, sizeof a);
        detail::v6_bytes bytes;
        std::memcpy(bytes.data(), &a.sin6_addr, bytes.size());
        return detail::is_ordinary_v6(bytes);
    }
    return false;
}

} // namespace chatwire::transport
#endif
