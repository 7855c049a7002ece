// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_RELAY_UPSTREAM_HPP
#define CHATWIRE_RELAY_UPSTREAM_HPP

#include <chatwire/client/options.hpp>
#include <chatwire/error.hpp>

#include <functional>
#include <string>

namespace chatwire {

/// Whom a relay asks, and how.
///
/// Designated initialisers name members in the order they stand here.
struct upstream {
    /// Where it is, with what credentials, and how long and how much is taken from it.
    client_options client{};
    /// Below the base URL, percent-encoded; may have a query.
    std::string path = "/chat/completions";
    /// Asked for in place of the model that the request names, if not empty.
    std::string model{};
    /// Asks it also where its name leads to an address that no ordinary host has; see
    /// client_options::ordinary_addresses_only.
    bool allow_link_local = false;
    /// Told of every answer that failed, with what the caller does not get to know: for an operator's log. Secrets are
    /// taken out. On the thread that serves the connection; must not block.
    std::function<void(failure const&)> on_failure{};
};

} // namespace chatwire
#endif
