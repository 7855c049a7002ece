// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_HTTP_LOOPBACK_IPP
#define CHATWIRE_IMPL_HTTP_LOOPBACK_IPP

#include <chatwire/http/grammar.hpp>
#include <chatwire/http/loopback.hpp>

#include <charconv>
#include <system_error>

namespace chatwire::http {

CHATWIRE_DECL bool is_loopback(std::string_view host) noexcept
{
    if (host == "::1" || iequals(host, "localhost"))
        return true;
    // Four decimal parts, the first of them 127: `127.0.0.1.example.org` is a name, and anybody's.
    int parts = 0;
    for (auto const* at = host.data();; ++at) {
        unsigned part = 256;
        auto const r = std::from_chars(at, host.data() + host.size(), part);
        if (r.ec != std::errc() || part > 255 || (parts == 0 && part != 127))
            return false;
        ++parts;
        at = r.ptr;
        if (at == host.data() + host.size())
            return parts == 4;
        if (*at != '.')
            return false;
    }
}

} // namespace chatwire::http
#endif
