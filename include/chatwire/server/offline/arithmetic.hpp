// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_SERVER_OFFLINE_ARITHMETIC_HPP
#define CHATWIRE_SERVER_OFFLINE_ARITHMETIC_HPP

#include <chatwire/config.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace chatwire::offline {

/// A sum in a text, and what it comes to: of "what is 2 plus 3 * 4?" it is `2 + 3 * 4 = 14`.
///
/// Knows `+ - * / ^ %` and brackets, and the words plus, minus, times, divided by, multiplied by.
/// @return nothing if there is no sum, or its result is no number
CHATWIRE_DECL std::optional<std::string> work_out(std::string_view text);

/// A number as people write it: the shortest digits that mean it.
CHATWIRE_DECL std::string write_number(double x);

} // namespace chatwire::offline

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/server/offline/arithmetic.ipp>
#endif
#endif
