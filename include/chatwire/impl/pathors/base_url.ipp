// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_PATHORS_BASE_URL_IPP
#define CHATWIRE_IMPL_PATHORS_BASE_URL_IPP

#include <chatwire/http/target.hpp>
#include <chatwire/http/url.hpp>
#include <chatwire/pathors/base_url.hpp>

namespace chatwire::pathors {

CHATWIRE_DECL std::string base_url(std::string_view server, std::string_view project)
{
    return http::append_path(server, "/api/project/" + http::encode_segment(project) + "/integration/api");
}

CHATWIRE_DECL std::string session_path(std::string_view id) { return "/session/" + http::encode_segment(id); }

} // namespace chatwire::pathors
#endif
