// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_SERVER_OFFLINE_TEXT_HPP
#define CHATWIRE_SERVER_OFFLINE_TEXT_HPP

#include <chatwire/config.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace chatwire::offline {

/// At most `max` bytes of a text, fit to be quoted: valid UTF-8 (a byte that is not becomes U+FFFD), no control
/// characters but the line feed. Of a longer text the first and the last half are kept, a line feed between them.
CHATWIRE_DECL std::string clean(std::string_view text, std::size_t max);

/// At most `max` bytes from the front, and `...` where something is left out; never half a character.
CHATWIRE_DECL std::string shorten(std::string_view text, std::size_t max);

/// How many bytes of `rest` the next piece takes: a word and the blanks around it. What has no blanks is cut after 32
/// bytes, between two characters. 0 only for the empty text. A piece is what the offline model counts as a token.
CHATWIRE_DECL std::size_t piece_length(std::string_view rest) noexcept;

/// The number of pieces a text comes in.
CHATWIRE_DECL std::size_t count_pieces(std::string_view text) noexcept;

/// ASCII letters in lower case, everything else as it is.
CHATWIRE_DECL std::string to_lower(std::string_view text);

} // namespace chatwire::offline

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/server/offline/text.ipp>
#endif
#endif
