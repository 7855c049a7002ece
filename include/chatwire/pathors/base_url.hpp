// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_PATHORS_BASE_URL_HPP
#define CHATWIRE_PATHORS_BASE_URL_HPP

#include <chatwire/config.hpp>

#include <string>
#include <string_view>

namespace chatwire::pathors {

/// Where the integration API of a project is: `{server}/api/project/{project}/integration/api`.
///
/// @param server `https://app.pathors.com`, say; a query in it stays a query
CHATWIRE_DECL std::string base_url(std::string_view server, std::string_view project);

/// The path of a session below that: `/session/{id}`. Whatever the id holds, it is one segment.
CHATWIRE_DECL std::string session_path(std::string_view id);

} // namespace chatwire::pathors

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/pathors/base_url.ipp>
#endif
#endif
