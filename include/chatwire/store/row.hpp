// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_STORE_ROW_HPP
#define CHATWIRE_STORE_ROW_HPP

#include <chatwire/store/key.hpp>

#include <chrono>
#include <cstdint>
#include <string>

namespace chatwire::store {

/// A moment as stores keep it: UTC, in microseconds, which is what every data base can hold.
using timestamp = std::chrono::sys_time<std::chrono::microseconds>;

/// One stored thing. What its body means is its owner's business; by convention it is JSON text.
struct row {
    store::key key{};
    timestamp created{}; ///< set by the store when the key is first put
    timestamp updated{}; ///< set by the store at every put, and at every append to the log
    /// Set by the store at every put: greater than the one before, never 0, and never given to the same key twice,
    /// not even after an erase. Appending to the log does not change it.
    std::uint64_t version = 0;
    std::string body{};

    friend bool operator==(row const&, row const&) = default;
};

} // namespace chatwire::store
#endif
