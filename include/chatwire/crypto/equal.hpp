// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CRYPTO_EQUAL_HPP
#define CHATWIRE_CRYPTO_EQUAL_HPP

#include <chatwire/config.hpp>

#include <string_view>

namespace chatwire::crypto {

/// Whether a presented secret is the expected one, in a time that does not tell how much of it was right: it depends on
/// the lengths only.
CHATWIRE_DECL bool equal(std::string_view presented, std::string_view expected) noexcept;

} // namespace chatwire::crypto

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/crypto/equal.ipp>
#endif
#endif
