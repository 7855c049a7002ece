// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_SERVER_IDEMPOTENCY_LIMITS_HPP
#define CHATWIRE_SERVER_IDEMPOTENCY_LIMITS_HPP

#include <chrono>
#include <cstddef>

namespace chatwire {

/// How much a server remembers of what it answered to requests with an `Idempotency-Key`. When there is more, the
/// oldest answers are forgotten first; a repeat of what was forgotten begins anew.
struct idempotency_limits {
    std::size_t max_answers = 10'000;                    ///< kept at once; 0: none
    std::size_t max_bytes = std::size_t{64} << 20;       ///< of all of them
    std::size_t max_answer_bytes = std::size_t{4} << 20; ///< of one; a longer answer is not kept
    std::chrono::milliseconds max_age{24 * 60 * 60'000}; ///< from its end on; 0: no limit
    std::size_t max_waiting = 16;                        ///< repeats that wait for one answer; more are 409
};

} // namespace chatwire
#endif
