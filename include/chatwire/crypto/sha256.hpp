// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CRYPTO_SHA256_HPP
#define CHATWIRE_CRYPTO_SHA256_HPP

#include <chatwire/config.hpp>

#include <array>
#include <string>
#include <string_view>

namespace chatwire::crypto {

/// The SHA-256 of some bytes. Written out here, since servers keep API keys hashed also where no cryptographic library
/// is.
///
/// @par Specification
/// FIPS 180-4
CHATWIRE_DECL std::array<unsigned char, 32> sha256(std::string_view bytes) noexcept;

/// The same as 64 hexadecimal digits, in lower case.
CHATWIRE_DECL std::string sha256_hex(std::string_view bytes);

} // namespace chatwire::crypto

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/crypto/sha256.ipp>
#endif
#endif
