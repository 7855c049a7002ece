// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_CLIENT_CREDENTIALS_IPP
#define CHATWIRE_IMPL_CLIENT_CREDENTIALS_IPP

#include <chatwire/client/credentials.hpp>
#include <chatwire/http/grammar.hpp>

#include <algorithm>

namespace chatwire {

CHATWIRE_DECL bool is_credential(std::string_view field_name) noexcept
{
    constexpr std::string_view names[] = {"Authorization", "Proxy-Authorization", "Cookie",
                                          "api-key",       "x-api-key",           "x-goog-api-key"};
    return std::any_of(std::begin(names), std::end(names),
                       [&](std::string_view n) { return http::iequals(n, field_name); });
}

} // namespace chatwire
#endif
