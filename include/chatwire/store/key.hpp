// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_STORE_KEY_HPP
#define CHATWIRE_STORE_KEY_HPP

#include <compare>
#include <string>

namespace chatwire::store {

/// Names one row, and the log that belongs to it. The three parts are any bytes, empty ones included; they are
/// compared as they stand.
struct key {
    std::string kind{};    ///< what the row is, such as `session` or `chat`
    std::string project{}; ///< who owns it; the same id in two projects names two rows
    std::string id{};

    friend bool operator==(key const&, key const&) = default;
    friend auto operator<=>(key const&, key const&) = default;
};

} // namespace chatwire::store
#endif
