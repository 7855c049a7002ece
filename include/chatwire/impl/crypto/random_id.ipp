// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_CRYPTO_RANDOM_ID_IPP
#define CHATWIRE_IMPL_CRYPTO_RANDOM_ID_IPP

#include <chatwire/crypto/random_id.hpp>
#include <chatwire/error.hpp>

#include <boost/throw_exception.hpp>

#include <algorithm>
#include <cerrno>

#include <sys/random.h>
#include <unistd.h>

namespace chatwire::crypto {
namespace detail {

inline constexpr std::string_view id_alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

inline void fill_random(unsigned char* to, std::size_t n)
{
    // getentropy gives everything or nothing, and at most 256 bytes a call
    while (n != 0) {
        auto const some = std::min<std::size_t>(n, 256);
        if (::getentropy(to, some) == 0) {
            to += some;
            n -= some;
        } else if (errno != EINTR) {
            boost::throw_exception(
                exception(failure(error_code(errno, boost::system::system_category()), "getentropy")));
        }
    }
}

} // namespace detail

CHATWIRE_DECL std::string random_id(std::string_view prefix, std::size_t n)
{
    // A byte of 248 or more is thrown away: 248 is the largest multiple of 62 below 256, so that what is left falls on
    // each character equally often.
    constexpr std::size_t letters = detail::id_alphabet.size();
    constexpr std::size_t usable = 256 - 256 % letters;
    std::string id(prefix);
    id.reserve(prefix.size() + n);
    unsigned char bytes[64];
    while (n != 0) {
        auto const some = std::min(n + n / 16 + 1, sizeof(bytes));
        detail::fill_random(bytes, some);
        for (std::size_t i = 0; i != some && n != 0; ++i)
            if (bytes[i] < usable) {
                id += detail::id_alphabet[bytes[i] % letters];
                --n;
            }
    }
    return id;
}

CHATWIRE_DECL std::string random_token(std::size_t bits)
{
    // a character of 62 carries 5.954 bits: a little more than 5.95
    return random_id({}, (bits * 100 + 594) / 595);
}

} // namespace chatwire::crypto
#endif
