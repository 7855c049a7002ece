// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_SERVER_API_KEY_HPP
#define CHATWIRE_SERVER_API_KEY_HPP

#include <chatwire/config.hpp>

#include <array>
#include <string_view>

namespace chatwire {

/// An API key as a server keeps it: only its SHA-256. Keys are long random texts, which nobody finds from that.
class api_key {
public:
    /// @param text the key; or `sha256:` and 64 hexadecimal digits, for a key that is known by its SHA-256 only. A text
    /// that begins like the second and is not is a key like any other.
    CHATWIRE_DECL explicit api_key(std::string_view text);

    /// The key that somebody shows, whatever it looks like.
    CHATWIRE_DECL static api_key shown(std::string_view text);

    /// Compares in a time that does not tell how much of it is right.
    CHATWIRE_DECL bool is(api_key const& shown) const noexcept;

    friend bool operator==(api_key const&, api_key const&) = default;

private:
    api_key() = default;

    std::array<unsigned char, 32> digest_{};
};

} // namespace chatwire

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/server/api_key.ipp>
#endif
#endif
