// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CLIENT_REQUEST_ID_HPP
#define CHATWIRE_CLIENT_REQUEST_ID_HPP

#include <chatwire/http/fields.hpp>

#include <string_view>

namespace chatwire {

/// What a service calls the request it answers, which is what its people ask for: `x-request-id`, or else Azure's
/// `apim-request-id`. Empty where it says neither.
///
/// @par Object lifetimes
/// Points into the fields.
/// @par Specification
/// OpenAI API reference, "Debugging requests"; Azure API Management sets the other.
CHATWIRE_DECL std::string_view request_id_of(http::fields const& fields) noexcept;

} // namespace chatwire

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/client/request_id.ipp>
#endif
#endif
