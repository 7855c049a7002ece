// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_CRYPTO_FINGERPRINT_IPP
#define CHATWIRE_IMPL_CRYPTO_FINGERPRINT_IPP

#include <chatwire/crypto/fingerprint.hpp>
#include <chatwire/impl/crypto/random_id.ipp>

#include <bit>
#include <cstddef>
#include <string>

namespace chatwire::crypto {
namespace detail {

// The state of SipHash, by the names of its paper.
struct sip_state {
    std::uint64_t v0, v1, v2, v3;

    void rounds(int n) noexcept
    {
        for (; n != 0; --n) {
            v0 += v1;
            v2 += v3;
            v1 = std::rotl(v1, 13) ^ v0;
            v3 = std::rotl(v3, 16) ^ v2;
            v0 = std::rotl(v0, 32);
            v2 += v1;
            v0 += v3;
            v1 = std::rotl(v1, 17) ^ v2;
            v3 = std::rotl(v3, 21) ^ v0;
            v2 = std::rotl(v2, 32);
        }
    }
    void take(std::uint64_t word) noexcept
    {
        v3 ^= word;
        rounds(2);
        v0 ^= word;
    }
    std::uint64_t folded() const noexcept { return v0 ^ v1 ^ v2 ^ v3; }
};

// Up to eight bytes, the first the lowest.
inline std::uint64_t little_endian(char const* bytes, std::size_t n) noexcept
{
    std::uint64_t word = 0;
    while (n-- != 0)
        word = word << 8 | static_cast<unsigned char>(bytes[n]);
    return word;
}

} // namespace detail

CHATWIRE_DECL fingerprinter::fingerprinter()
{
    unsigned char key[16];
    detail::fill_random(key, sizeof key);
    auto const* const bytes = reinterpret_cast<char const*>(key);
    k0_ = detail::little_endian(bytes, 8);
    k1_ = detail::little_endian(bytes + 8, 8);
}

CHATWIRE_DECL fingerprinter::value fingerprinter::operator()(std::string_view text) const noexcept
{
    // the letters of "somepseudorandomlygeneratedbytes", and the mark of the long output
    detail::sip_state s{k0_ ^ 0x736f6d6570736575U, k1_ ^ 0x646f72616e646f6dU ^ 0xeeU, k0_ ^ 0x6c7967656e657261U,
                        k1_ ^ 0x7465646279746573U};
    auto const length = static_cast<std::uint64_t>(text.size());
    for (; text.size() >= 8; text.remove_prefix(8))
        s.take(detail::little_endian(text.data(), 8));
    s.take(length << 56 | detail::little_endian(text.data(), text.size()));
    value out{};
    s.v2 ^= 0xeeU;
    s.rounds(4);
    out[0] = s.folded();
    s.v1 ^= 0xddU;
    s.rounds(4);
    out[1] = s.folded();
    return out;
}

CHATWIRE_DECL fingerprinter::value fingerprinter::operator()(std::span<std::string_view const> texts) const
{
    std::string all;
    for (auto const text : texts)
        for (auto const word : (*this)(text))
            for (int shift = 0; shift != 64; shift += 8)
                all += static_cast<char>(word >> shift & 0xff);
    return (*this)(all);
}

} // namespace chatwire::crypto
#endif
