// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_CLIENT_FINISH_TRACKER_IPP
#define CHATWIRE_IMPL_CLIENT_FINISH_TRACKER_IPP

#include <chatwire/client/finish_tracker.hpp>

#include <algorithm>

namespace chatwire {

CHATWIRE_DECL bool finish_tracker::add(std::vector<chunk_choice> const& pieces, std::size_t max_choices)
{
    for (auto const& piece : pieces) {
        auto at = std::find_if(seen_.begin(), seen_.end(), [&](auto const& s) { return s.first == piece.index; });
        if (at == seen_.end()) {
            if (seen_.size() >= max_choices)
                return false;
            at = seen_.insert(at, {piece.index, false});
            ++open_;
        }
        if (piece.finish_reason && !at->second) {
            at->second = true;
            --open_;
        }
    }
    return true;
}

} // namespace chatwire
#endif
