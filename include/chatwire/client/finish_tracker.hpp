// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CLIENT_FINISH_TRACKER_HPP
#define CHATWIRE_CLIENT_FINISH_TRACKER_HPP

#include <chatwire/chat/chunk_choice.hpp>
#include <chatwire/config.hpp>

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace chatwire {

/// Remembers which choices of a stream there were, and which of them have their finish_reason.
///
/// @par Thread safety
/// None.
class finish_tracker {
public:
    /// @return false: this would be one choice more than `max_choices`
    CHATWIRE_DECL bool add(std::vector<chunk_choice> const& pieces, std::size_t max_choices);

    /// Whether there was a choice, and every choice has its finish_reason.
    bool complete() const noexcept { return !seen_.empty() && open_ == 0; }

private:
    std::vector<std::pair<std::int64_t, bool>> seen_{}; // index, finished
    std::size_t open_ = 0;                              // choices without a finish_reason
};

} // namespace chatwire

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/client/finish_tracker.ipp>
#endif
#endif
