// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_STORE_LIMITS_HPP
#define CHATWIRE_STORE_LIMITS_HPP

#include <cstddef>

namespace chatwire::store {

/// What a store may grow to. Whatever would exceed one of these fails with `errc::store_limit` and changes nothing;
/// a store never makes room by itself.
struct limits {
    std::size_t rows = 100'000;
    std::size_t bytes = std::size_t{256} << 20;    ///< of keys, bodies and log entries (each entry counts 32 more)
    std::size_t log_entries = 100'000;             ///< in one log
    std::size_t log_bytes = std::size_t{64} << 20; ///< of the entries of one log
};

} // namespace chatwire::store
#endif
