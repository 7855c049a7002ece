// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_HTTP_MEDIA_TYPE_HPP
#define CHATWIRE_HTTP_MEDIA_TYPE_HPP

#include <chatwire/config.hpp>

#include <string_view>

namespace chatwire::http {

/// The type of a Content-Type value without its parameters: `text/html` of `text/html; charset=utf-8`.
CHATWIRE_DECL std::string_view media_type(std::string_view content_type) noexcept;

/// Whether a Content-Type value is of that type, whatever its case and parameters.
CHATWIRE_DECL bool is_media_type(std::string_view content_type, std::string_view type) noexcept;

} // namespace chatwire::http

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/http/media_type.ipp>
#endif
#endif
