// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_CLIENT_REQUEST_ID_IPP
#define CHATWIRE_IMPL_CLIENT_REQUEST_ID_IPP

#include <chatwire/client/request_id.hpp>

namespace chatwire {

CHATWIRE_DECL std::string_view request_id_of(http::fields const& fields) noexcept
{
    for (std::string_view const name : {"x-request-id", "apim-request-id"})
        if (auto const id = fields.find(name); id && !id->empty())
            return *id;
    return {};
}

} // namespace chatwire
#endif
