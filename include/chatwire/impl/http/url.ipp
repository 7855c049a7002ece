// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_HTTP_URL_IPP
#define CHATWIRE_IMPL_HTTP_URL_IPP

#include <chatwire/http/grammar.hpp>
#include <chatwire/http/url.hpp>

#include <algorithm>

namespace chatwire::http {

CHATWIRE_DECL result<url> parse_url(std::string_view text)
{
    auto const colon = text.find("://");
    url u;
    if (iequals(text.substr(0, colon), "https"))
        u.origin = {"https", {}, 443};
    else if (colon == text.npos || !iequals(text.substr(0, colon), "http"))
        return failure(errc::invalid_url, "the URL begins neither with http:// nor with https://");
    auto const rest = text.substr(colon + 3);
    auto const slash = std::min(rest.find_first_of("/?#"), rest.size());
    auto const authority = rest.substr(0, slash);
    if (authority.find('@') != authority.npos)
        return failure(errc::invalid_url, "a URL with user information is not taken");
    std::string_view host;
    auto const port = split_authority(authority, host);
    if (!port)
        return failure(errc::invalid_url, "bad host or port in the URL");
    if (!valid_target("OPTIONS", text))
        return failure(errc::invalid_url, "the URL has a character that must be percent-encoded, or a fragment");
    if (host.front() == '[')
        host = host.substr(1, host.size() - 2);
    u.origin.host = host;
    std::transform(host.begin(), host.end(), u.origin.host.begin(), detail::lower);
    if (*port)
        u.origin.port = *port;
    auto const question = std::min(rest.find('?', slash), rest.size());
    if (question > slash)
        u.path = rest.substr(slash, question - slash);
    u.query = rest.substr(std::min(question + 1, rest.size()));
    return u;
}

CHATWIRE_DECL std::string join(std::string_view base, std::string_view sub)
{
    if (sub.empty())
        return std::string(base);
    while (base.ends_with('/'))
        base.remove_suffix(1);
    while (sub.starts_with('/'))
        sub.remove_prefix(1);
    return std::string(base).append("/").append(sub);
}

CHATWIRE_DECL std::string append_path(std::string_view url, std::string_view path)
{
    auto const question = std::min(url.find('?'), url.size());
    return join(url.substr(0, question), path).append(url.substr(question));
}

} // namespace chatwire::http
#endif
