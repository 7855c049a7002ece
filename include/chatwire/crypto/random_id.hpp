// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CRYPTO_RANDOM_ID_HPP
#define CHATWIRE_CRYPTO_RANDOM_ID_HPP

#include <chatwire/config.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace chatwire::crypto {

/// An id nobody can guess: `prefix`, then `n` characters of `[A-Za-z0-9]`, each equally likely, from the operating
/// system's cryptographic generator. 16 of them carry 95 bits.
///
/// Waits only in the first moments after the machine's start, until the generator is seeded.
///
/// @throws chatwire::exception when the operating system has no randomness to give.
///
/// @par Thread safety
/// May be called from any number of threads at once.
CHATWIRE_DECL std::string random_id(std::string_view prefix, std::size_t n = 16);

/// A text of `[A-Za-z0-9]` that carries at least `bits` random bits: 22 characters for 128. Made as @ref random_id is.
CHATWIRE_DECL std::string random_token(std::size_t bits);

} // namespace chatwire::crypto

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/crypto/random_id.ipp>
#endif
#endif
