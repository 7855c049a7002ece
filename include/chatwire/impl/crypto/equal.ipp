// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_CRYPTO_EQUAL_IPP
#define CHATWIRE_IMPL_CRYPTO_EQUAL_IPP

#include <chatwire/crypto/equal.hpp>

#include <cstddef>

namespace chatwire::crypto {

CHATWIRE_DECL bool equal(std::string_view presented, std::string_view expected) noexcept
{
    // volatile: the compiler must not find a way to stop early
    unsigned char volatile differ = presented.size() != expected.size();
    // the caller chose the length of `presented`, so going by it gives nothing away
    for (std::size_t i = 0; i != presented.size(); ++i) {
        auto const other = expected.empty() ? '\0' : expected[i % expected.size()];
        differ = static_cast<unsigned char>(differ | (presented[i] ^ other));
    }
    return differ == 0;
}

} // namespace chatwire::crypto
#endif
