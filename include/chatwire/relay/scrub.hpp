// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_RELAY_SCRUB_HPP
#define CHATWIRE_RELAY_SCRUB_HPP

#include <chatwire/config.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace chatwire {

/// What stands where a secret stood.
inline constexpr std::string_view scrubbed = "[secret]";

/// As much of a secret, at the end of a text, as is taken for one that was cut off.
inline constexpr std::size_t least_scrubbed = 8;

/// Takes a secret out of a text that somebody else wrote: wherever it stands, and where the text ends in the beginning
/// of it, since long texts are cut. Of an empty secret there is nothing to take out.
CHATWIRE_DECL void scrub(std::string& text, std::string_view secret);

} // namespace chatwire

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/relay/scrub.ipp>
#endif
#endif
