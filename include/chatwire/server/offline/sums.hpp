// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_SERVER_OFFLINE_SUMS_HPP
#define CHATWIRE_SERVER_OFFLINE_SUMS_HPP

#include <chatwire/config.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace chatwire::offline {

/// The answer to a question that is a sum: `What is 2 + 3 * 4?`, `add 2 and 3`. Knows + - * / and brackets, in signs or
/// in words; nothing for any other text.
CHATWIRE_DECL std::optional<std::string> do_sum(std::string_view question);

/// `1, 2, 3.`; at most 1,000 numbers. Nothing if they are none.
CHATWIRE_DECL std::optional<std::string> count_up(std::string_view from, std::string_view to);

} // namespace chatwire::offline

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/server/offline/sums.ipp>
#endif
#endif
