// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_HTTP_GRAMMAR_HPP
#define CHATWIRE_HTTP_GRAMMAR_HPP

#include <chatwire/config.hpp>

#include <cstdint>
#include <optional>
#include <string_view>

/// The rules of RFC 9110 and RFC 9112 that a single piece of text has to follow, as questions about it.
namespace chatwire::http {

/// Equal, but for the case of ASCII letters.
CHATWIRE_DECL bool iequals(std::string_view a, std::string_view b) noexcept;

/// `s` without the spaces and tabs around it.
CHATWIRE_DECL std::string_view trim(std::string_view s) noexcept;

/// One or more token characters: what methods, field names and list members are made of.
/// @par Specification
/// RFC 9110, 5.6.2
CHATWIRE_DECL bool is_token(std::string_view s) noexcept;

/// @par Specification
/// RFC 9110, 5.1
inline bool valid_field_name(std::string_view s) noexcept { return is_token(s); }

/// No control character but tab. Bytes above 0x7f are allowed. Empty is valid.
/// @par Specification
/// RFC 9110, 5.5
CHATWIRE_DECL bool valid_field_value(std::string_view s) noexcept;

/// A host name, an IPv4 address, or an IPv6 address in brackets: letters, digits and `-._~` only, no percent-encoding.
CHATWIRE_DECL bool valid_host(std::string_view s) noexcept;

/// The port of `host` or `host:port`, 0 where there is none; nullopt when it is not one of these.
/// @param host set to the part before the port, brackets included
CHATWIRE_DECL std::optional<std::uint16_t> split_authority(std::string_view authority, std::string_view& host) noexcept;

/// Whether `target` may be sent with `method`: a path, an http(s) URL, `host:port` for CONNECT, `*` for OPTIONS.
/// @par Specification
/// RFC 9112, 3.2. Refused beyond it: a backslash. Tolerated beyond it: `[]{}|^` and a backquote.
CHATWIRE_DECL bool valid_target(std::string_view method, std::string_view target) noexcept;

/// Digits only, that fit; nullopt otherwise.
CHATWIRE_DECL std::optional<std::uint64_t> parse_decimal(std::string_view s) noexcept;

} // namespace chatwire::http

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/http/grammar.ipp>
#endif
#endif
