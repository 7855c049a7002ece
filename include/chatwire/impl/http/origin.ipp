// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_HTTP_ORIGIN_IPP
#define CHATWIRE_IMPL_HTTP_ORIGIN_IPP

#include <chatwire/http/origin.hpp>

namespace chatwire::http {

CHATWIRE_DECL std::string origin::authority() const
{
    auto s = host.find(':') == host.npos ? host : '[' + host + ']';
    if (!default_port())
        s += ':' + std::to_string(port);
    return s;
}

CHATWIRE_DECL std::string origin::to_string() const { return scheme + "://" + authority(); }

} // namespace chatwire::http
#endif
