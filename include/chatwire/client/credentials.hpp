// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CLIENT_CREDENTIALS_HPP
#define CHATWIRE_CLIENT_CREDENTIALS_HPP

#include <chatwire/config.hpp>

#include <string_view>

namespace chatwire {

/// Whether the value of a header field of that name proves who somebody is: Authorization, Proxy-Authorization, Cookie,
/// and what services call it that have their own (`api-key`, `x-api-key`, `x-goog-api-key`).
CHATWIRE_DECL bool is_credential(std::string_view field_name) noexcept;

} // namespace chatwire

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/client/credentials.ipp>
#endif
#endif
