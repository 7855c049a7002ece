// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_PATHORS_BASE_URL_IPP
#define CHATWIRE_IMPL_PATHORS_BASE_URL_IPP

#include <chatwire/http/target.hpp>
#include <chatwire/http/url.hpp>
#include <chatwire/pathors/base_url.hpp>

#include <algorithm>

namespace chatwire::pathors {
namespace detail {

// One segment. Those that mean "here" and "above" have their dots encoded, so that nobody on the way resolves them.
inline std::string segment(std::string_view text)
{
    if (text == ".")
        return "%2E";
    if (text == "..")
        return "%2E%2E";
    return http::encode_segment(text);
}

} // namespace detail

CHATWIRE_DECL std::string base_url(std::string_view server, std::string_view project)
{
    auto const question = std::min(server.find('?'), server.size());
    auto const path = "/api/project/" + detail::segment(project) + "/integration/api";
    return http::join(server.substr(0, question), path).append(server.substr(question));
}

CHATWIRE_DECL std::string session_path(std::string_view id) { return "/session/" + detail::segment(id); }

} // namespace chatwire::pathors
#endif
