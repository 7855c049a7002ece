// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CLIENT_SCRUB_HPP
#define CHATWIRE_CLIENT_SCRUB_HPP

#include <chatwire/client/options.hpp>
#include <chatwire/client/secret.hpp>
#include <chatwire/error.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace chatwire {

/// What stands where a secret stood.
inline constexpr std::string_view scrubbed = "[secret]";

/// As much of a secret, at the end of a text, as is taken for one that was cut off.
inline constexpr std::size_t least_scrubbed = 8;

/// Takes a secret out of a text that somebody else wrote: wherever it stands, and where the text ends in the beginning
/// of it, since long texts are cut. Of an empty secret there is nothing to take out.
CHATWIRE_DECL void scrub(std::string& text, std::string_view secret);

/// What a client with these options sends to prove who it is: the key, the credentials among the headers, without
/// their scheme, whole and each parameter's or cookie's value, and the proxy's, encoded and not. None that is shorter
/// than four bytes: it would be found in the midst of words.
CHATWIRE_DECL std::vector<secret> secrets_of(client_options const& options);

/// Takes all of them out of everything in a failure that may be a peer's words, and cuts each of these texts to
/// json::max_error_text.
CHATWIRE_DECL failure scrub(failure f, std::vector<secret> const& secrets);

} // namespace chatwire

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/client/scrub.ipp>
#endif
#endif
