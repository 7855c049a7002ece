// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_SERVER_OFFLINE_LOOK_UP_HPP
#define CHATWIRE_SERVER_OFFLINE_LOOK_UP_HPP

#include <chatwire/config.hpp>
#include <chatwire/server/offline/words.hpp>

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace chatwire::offline {

/// The sentence of some texts that speaks most of what is asked for: of "Our shop opens at 9. It is red." the first,
/// when the question is "When does the shop open?". Questions and commands among the sentences are passed over; of
/// equals the later one counts.
///
/// @param least how many words of the question must be found, little words not counted; all the same at least half of
/// them must be
/// @return empty if none does. Refers to the texts.
///
/// @par Complexity
/// At most 2,000 sentences, the last ones, are looked at.
CHATWIRE_DECL std::string_view look_up(clause const& question, std::span<std::string const> texts,
                                       std::size_t least = 1);

} // namespace chatwire::offline

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/server/offline/look_up.ipp>
#endif
#endif
