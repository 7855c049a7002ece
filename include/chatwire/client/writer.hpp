// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CLIENT_WRITER_HPP
#define CHATWIRE_CLIENT_WRITER_HPP

#include <chatwire/client/call.hpp>
#include <chatwire/client/options.hpp>
#include <chatwire/client/route.hpp>
#include <chatwire/error.hpp>
#include <chatwire/http/url.hpp>

#include <string>
#include <string_view>

namespace chatwire {

/// The request target of a path below a base URL: paths joined by one slash, queries joined by `&`.
CHATWIRE_DECL std::string call_target(http::url const& base, std::string_view path);

/// Appends a whole request: head and body.
///
/// @param base what `options.base_url` says
/// @param way if it leads through a proxy that is to forward the request, that is written as proxies want it
/// @return errc::invalid_header for a header that HTTP forbids or that is the library's to set (the failure names it,
/// never its value), errc::invalid_argument for a method or path that cannot be; then nothing is appended
CHATWIRE_DECL result<void> write_call(std::string& out, client_options const& options, http::url const& base,
                                      client_call const& call, client_route const& way = {});

} // namespace chatwire

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/client/writer.ipp>
#endif
#endif
