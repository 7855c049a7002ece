// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_SERVER_OFFLINE_PROSE_HPP
#define CHATWIRE_SERVER_OFFLINE_PROSE_HPP

#include <chatwire/config.hpp>

#include <cstddef>
#include <string>

namespace chatwire::offline {

/// A tale of exactly `words` words, 2,000 at most: something long to stream.
CHATWIRE_DECL std::string tale(std::size_t words);

} // namespace chatwire::offline

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/server/offline/prose.ipp>
#endif
#endif
