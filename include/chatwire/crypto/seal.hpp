// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CRYPTO_SEAL_HPP
#define CHATWIRE_CRYPTO_SEAL_HPP

#include <chatwire/error.hpp>

#include <array>
#include <string>
#include <string_view>

namespace chatwire::crypto {

/// The 32 bytes that seal and open.
using sealing_key = std::array<unsigned char, 32>;

/// A key as people keep it: 64 hexadecimal digits, or 32 bytes in base64 (44 characters).
/// @return `errc::invalid_argument` for anything else. What was given is not in the message.
CHATWIRE_DECL result<sealing_key> parse_sealing_key(std::string_view text);

/// Encrypts `plain` so that only who has the key can read it, or change it unnoticed: AES-256-GCM through OpenSSL, with
/// a random nonce of 96 bits, so that a text is never sealed the same way twice. One key is good for some 2^32 texts.
/// @param associated says what the text belongs to, such as the id of its row. It is not in what is returned, and has
/// to be the same for @ref open_sealed: a sealed text that was put in another's place does not open.
/// @return `v1.`, then nonce, ciphertext and tag (16 bytes) together in base64.
/// @throws chatwire::exception when the operating system has no randomness to give, OpenSSL fails, or either text has
/// more than 1 GiB.
/// @par Specification
/// NIST SP 800-38D; RFC 4648, 4
CHATWIRE_DECL std::string seal(sealing_key const& key, std::string_view plain, std::string_view associated);

/// What was sealed: all of it, as it was, or nothing.
/// @return `errc::bad_value` for a text that is none of ours, was changed, or was sealed with another key or for
/// another `associated`.
/// @throws chatwire::exception when OpenSSL fails for want of memory.
CHATWIRE_DECL result<std::string> open_sealed(sealing_key const& key, std::string_view sealed,
                                              std::string_view associated);

} // namespace chatwire::crypto

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/crypto/seal.ipp>
#endif
#endif
