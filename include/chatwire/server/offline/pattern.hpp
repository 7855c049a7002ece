// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_SERVER_OFFLINE_PATTERN_HPP
#define CHATWIRE_SERVER_OFFLINE_PATTERN_HPP

#include <chatwire/config.hpp>
#include <chatwire/server/offline/words.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace chatwire::offline {

/// What one part of a pattern took: the words from `first` up to `last`, which is not part of it.
struct capture {
    std::size_t first = 0;
    std::size_t last = 0;

    bool empty() const noexcept { return first == last; }
    friend bool operator==(capture const&, capture const&) = default;
};

/// Takes a clause apart, which has no marks (@ref clause::bare).
///
/// A pattern is a list of parts with blanks between them: `*` takes any number of words, as few as possible; `+` takes
/// one or more; `_` takes one; `a|b` takes the word "a" or "b", `a` the word "a". All words must be taken.
/// @return what each `*`, `+`, `_` and `a|b` took, in order; nothing if the pattern does not fit.
///
/// @par Complexity
/// At most the number of words times the number of parts.
CHATWIRE_DECL std::optional<std::vector<capture>> match(std::string_view pattern, clause const& c);

/// A sentence with captures in it: `(1)` becomes what the first part took, reflected, `[1]` the same verbatim.
CHATWIRE_DECL std::string fill_in(std::string_view sentence, clause const& c, std::vector<capture> const& captures);

} // namespace chatwire::offline

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/server/offline/pattern.ipp>
#endif
#endif
