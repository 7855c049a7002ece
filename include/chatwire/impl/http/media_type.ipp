// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_HTTP_MEDIA_TYPE_IPP
#define CHATWIRE_IMPL_HTTP_MEDIA_TYPE_IPP

#include <chatwire/http/grammar.hpp>
#include <chatwire/http/media_type.hpp>

namespace chatwire::http {

CHATWIRE_DECL std::string_view media_type(std::string_view content_type) noexcept
{
    return trim(content_type.substr(0, content_type.find(';')));
}

CHATWIRE_DECL bool is_media_type(std::string_view content_type, std::string_view type) noexcept
{
    return iequals(media_type(content_type), type);
}

} // namespace chatwire::http
#endif
