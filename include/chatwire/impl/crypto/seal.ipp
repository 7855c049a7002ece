// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_CRYPTO_SEAL_IPP
#define CHATWIRE_IMPL_CRYPTO_SEAL_IPP

#include <chatwire/crypto/seal.hpp>
#include <chatwire/impl/crypto/random_id.ipp>

#include <boost/throw_exception.hpp>

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include <algorithm>
#include <cstddef>
#include <memory>
#include <optional>

namespace chatwire::crypto {
namespace detail {

inline constexpr std::string_view seal_prefix = "v1.";
inline constexpr std::size_t seal_nonce = 12;
inline constexpr std::size_t seal_tag = 16;
inline constexpr std::size_t seal_most = std::size_t{1} << 30; // OpenSSL counts in int

struct cipher_free {
    void operator()(EVP_CIPHER_CTX* c) const noexcept { EVP_CIPHER_CTX_free(c); }
};
using cipher_ptr = std::unique_ptr<EVP_CIPHER_CTX, cipher_free>;

inline unsigned char const* octets(std::string_view text) noexcept
{
    return reinterpret_cast<unsigned char const*>(text.data());
}
inline unsigned char* octets(std::string& text) noexcept { return reinterpret_cast<unsigned char*>(text.data()); }

inline std::string to_base64(std::string_view bytes)
{
    std::string text((bytes.size() + 2) / 3 * 4 + 1, '\0'); // OpenSSL puts a zero behind it
    auto const n = EVP_EncodeBlock(octets(text), octets(bytes), static_cast<int>(bytes.size()));
    text.resize(static_cast<std::size_t>(n));
    return text;
}

// Nothing for a text that is not exactly what to_base64 makes: OpenSSL is more lenient, and two texts for the same
// bytes would be a change that nobody sees.
inline std::optional<std::string> from_base64(std::string_view text)
{
    if (text.empty() || text.size() % 4 != 0 || text.size() > 2 * seal_most - 4)
        return std::nullopt;
    std::string bytes(text.size() / 4 * 3, '\0');
    if (EVP_DecodeBlock(octets(bytes), octets(text), static_cast<int>(text.size())) < 0)
        return std::nullopt;
    bytes.resize(bytes.size() - static_cast<std::size_t>(text.ends_with('=')) -
                 static_cast<std::size_t>(text.ends_with("==")));
    if (to_base64(bytes) != text)
        return std::nullopt;
    return bytes;
}

[[noreturn]] inline void openssl_failed()
{
    boost::throw_exception(exception(failure(errc::unexpected_exception, "OpenSSL failed to encrypt or decrypt")));
}

// A cipher that has the key, the nonce and the associated data.
inline cipher_ptr make_cipher(bool encrypt, sealing_key const& key, unsigned char const* nonce,
                              std::string_view associated)
{
    cipher_ptr c(EVP_CIPHER_CTX_new());
    int n = 0;
    // GCM's nonce has 12 bytes if nobody says otherwise
    if (!c || EVP_CipherInit_ex(c.get(), EVP_aes_256_gcm(), nullptr, key.data(), nonce, encrypt ? 1 : 0) != 1 ||
        (!associated.empty() &&
         EVP_CipherUpdate(c.get(), nullptr, &n, octets(associated), static_cast<int>(associated.size())) != 1))
        openssl_failed();
    return c;
}

} // namespace detail

CHATWIRE_DECL result<sealing_key> parse_sealing_key(std::string_view text)
{
    sealing_key key{};
    auto const digit = [](char c) {
        return c >= '0' && c <= '9'   ? c - '0'
               : c >= 'a' && c <= 'f' ? c - 'a' + 10
               : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                      : -1;
    };
    if (text.size() == 2 * key.size() && std::all_of(text.begin(), text.end(), [&](char c) { return digit(c) >= 0; })) {
        for (std::size_t i = 0; i != key.size(); ++i)
            key[i] = static_cast<unsigned char>(digit(text[2 * i]) << 4 | digit(text[2 * i + 1]));
        return key;
    }
    auto bytes = detail::from_base64(text);
    bool const fits = bytes && bytes->size() == key.size();
    if (fits)
        std::copy(bytes->begin(), bytes->end(), key.begin());
    if (bytes)
        OPENSSL_cleanse(bytes->data(), bytes->size());
    if (!fits)
        return failure(errc::invalid_argument, "a key has 64 hexadecimal digits, or 32 bytes in base64");
    return key;
}

CHATWIRE_DECL std::string seal(sealing_key const& key, std::string_view plain, std::string_view associated)
{
    using namespace detail;
    if (plain.size() > seal_most || associated.size() > seal_most)
        boost::throw_exception(exception(failure(errc::invalid_argument, "too much to be sealed")));
    std::string bytes(seal_nonce + plain.size() + seal_tag, '\0');
    auto* const nonce = octets(bytes);
    auto* const text = nonce + seal_nonce;
    fill_random(nonce, seal_nonce);
    auto const c = make_cipher(true, key, nonce, associated);
    int n = 0;
    if ((!plain.empty() && EVP_EncryptUpdate(c.get(), text, &n, octets(plain), static_cast<int>(plain.size())) != 1) ||
        EVP_EncryptFinal_ex(c.get(), text + plain.size(), &n) != 1 ||
        EVP_CIPHER_CTX_ctrl(c.get(), EVP_CTRL_GCM_GET_TAG, static_cast<int>(seal_tag), text + plain.size()) != 1)
        openssl_failed();
    return std::string(seal_prefix) + to_base64(bytes);
}

CHATWIRE_DECL result<std::string> open_sealed(sealing_key const& key, std::string_view sealed,
                                              std::string_view associated)
{
    using namespace detail;
    std::optional<std::string> bytes;
    if (sealed.starts_with(seal_prefix) && associated.size() <= seal_most)
        bytes = from_base64(sealed.substr(seal_prefix.size()));
    if (!bytes || bytes->size() < seal_nonce + seal_tag)
        return failure(errc::bad_value, "this is no sealed text");
    auto const size = bytes->size() - seal_nonce - seal_tag;
    auto* const text = octets(*bytes) + seal_nonce;
    auto const c = make_cipher(false, key, octets(*bytes), associated);
    std::string plain(size, '\0');
    int n = 0;
    if (EVP_CIPHER_CTX_ctrl(c.get(), EVP_CTRL_GCM_SET_TAG, static_cast<int>(seal_tag), text + size) != 1 ||
        (size != 0 && EVP_DecryptUpdate(c.get(), octets(plain), &n, text, static_cast<int>(size)) != 1))
        openssl_failed();
    // only now is it known whether it is what was sealed
    if (EVP_DecryptFinal_ex(c.get(), octets(plain) + size, &n) != 1) {
        OPENSSL_cleanse(plain.data(), plain.size());
        return failure(errc::bad_value,
                       "the sealed text was changed, or sealed with another key or for something else");
    }
    return plain;
}

} // namespace chatwire::crypto
#endif
