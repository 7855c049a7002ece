// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CRYPTO_FINGERPRINT_HPP
#define CHATWIRE_CRYPTO_FINGERPRINT_HPP

#include <chatwire/config.hpp>

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

namespace chatwire::crypto {

/// Makes 128 bits that stand for a text in memory: nobody who does not know the key can make two texts that share them.
/// They mean nothing to another process, and hide nothing from one who can guess the text and has the key.
///
/// @par Thread safety
/// Once made, any number of threads may use it.
///
/// @par Specification
/// SipHash-2-4 with 128 bits of output (Aumasson and Bernstein, 2012)
class fingerprinter {
public:
    using value = std::array<std::uint64_t, 2>;

    /// With a key nobody can guess.
    /// @throws chatwire::exception when the operating system has no randomness to give.
    CHATWIRE_DECL fingerprinter();
    fingerprinter(std::uint64_t k0, std::uint64_t k1) noexcept : k0_(k0), k1_(k1) {}

    CHATWIRE_DECL value operator()(std::string_view text) const noexcept;
    /// Of several texts, which are told from others that only look the same in a row.
    CHATWIRE_DECL value operator()(std::span<std::string_view const> texts) const;

private:
    std::uint64_t k0_;
    std::uint64_t k1_;
};

} // namespace chatwire::crypto

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/crypto/fingerprint.ipp>
#endif
#endif
