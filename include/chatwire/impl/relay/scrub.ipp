// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_RELAY_SCRUB_IPP
#define CHATWIRE_IMPL_RELAY_SCRUB_IPP

#include <chatwire/relay/scrub.hpp>

#include <algorithm>

namespace chatwire {

CHATWIRE_DECL void scrub(std::string& text, std::string_view secret)
{
    if (secret.empty())
        return;
    for (auto at = text.find(secret); at != text.npos; at = text.find(secret, at + scrubbed.size()))
        text.replace(at, secret.size(), scrubbed);
    for (auto n = std::min(text.size(), secret.size() - 1); n >= least_scrubbed; --n)
        if (std::string_view(text).ends_with(secret.substr(0, n))) {
            text.replace(text.size() - n, n, scrubbed);
            return;
        }
}

} // namespace chatwire
#endif
