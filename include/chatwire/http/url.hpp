// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_HTTP_URL_HPP
#define CHATWIRE_HTTP_URL_HPP

#include <chatwire/error.hpp>
#include <chatwire/http/origin.hpp>

#include <string>
#include <string_view>

namespace chatwire::http {

/// An absolute http or https URL, taken apart.
struct url {
    http::origin origin{};
    std::string path = "/"; ///< still percent-encoded; begins with `/`
    std::string query{};    ///< without its `?`; still percent-encoded

    /// What goes into the request line.
    std::string target() const { return query.empty() ? path : path + '?' + query; }

    friend bool operator==(url const&, url const&) = default;
};

/// Takes a URL apart.
/// @return errc::invalid_url for another scheme, user information, a fragment, no host, a bad host or port, or a
/// character that has to be encoded
/// @par Specification
/// RFC 3986, 3 and RFC 9110, 4.2
CHATWIRE_DECL result<url> parse_url(std::string_view text);

/// `base` and `sub` with one slash between them: `/v1/` and `/models` make `/v1/models`; of an empty `sub`, `base`.
CHATWIRE_DECL std::string join(std::string_view base, std::string_view sub);

/// A URL's text with more of a path: before its query, if it has one.
CHATWIRE_DECL std::string append_path(std::string_view url, std::string_view path);

} // namespace chatwire::http

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/http/url.ipp>
#endif
#endif
