// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_SERVER_API_KEY_IPP
#define CHATWIRE_IMPL_SERVER_API_KEY_IPP

#include <chatwire/crypto/equal.hpp>
#include <chatwire/crypto/sha256.hpp>
#include <chatwire/server/api_key.hpp>

#include <cstddef>
#include <optional>

namespace chatwire {
namespace detail {

// 64 hexadecimal digits
inline std::optional<std::array<unsigned char, 32>> parse_digest(std::string_view text) noexcept
{
    std::array<unsigned char, 32> out{};
    if (text.size() != 2 * out.size())
        return std::nullopt;
    for (std::size_t i = 0; i < text.size(); ++i) {
        char const c = text[i];
        int const digit = c >= '0' && c <= '9'   ? c - '0'
                          : c >= 'a' && c <= 'f' ? c - 'a' + 10
                          : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                                 : -1;
        if (digit < 0)
            return std::nullopt;
        out[i / 2] = static_cast<unsigned char>(out[i / 2] << 4 | digit);
    }
    return out;
}

inline std::string_view bytes_of(std::array<unsigned char, 32> const& digest) noexcept
{
    return {reinterpret_cast<char const*>(digest.data()), digest.size()};
}

} // namespace detail

CHATWIRE_DECL api_key::api_key(std::string_view text)
{
    constexpr std::string_view hashed = "sha256:";
    auto const digest = text.starts_with(hashed) ? detail::parse_digest(text.substr(hashed.size())) : std::nullopt;
    digest_ = digest ? *digest : crypto::sha256(text);
}

CHATWIRE_DECL api_key api_key::shown(std::string_view text)
{
    api_key k;
    k.digest_ = crypto::sha256(text);
    return k;
}

CHATWIRE_DECL bool api_key::is(api_key const& shown) const noexcept
{
    return crypto::equal(detail::bytes_of(shown.digest_), detail::bytes_of(digest_));
}

} // namespace chatwire
#endif
