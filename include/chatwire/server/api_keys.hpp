// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_SERVER_API_KEYS_HPP
#define CHATWIRE_SERVER_API_KEYS_HPP

#include <chatwire/crypto/equal.hpp>
#include <chatwire/server/call.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace chatwire {

/// The keys that open a surface. None: it is open to everybody.
///
/// @par Thread safety
/// As for a vector.
class api_keys {
public:
    api_keys() = default;
    api_keys(std::vector<std::string> keys) : keys_(std::move(keys)) {}

    /// Lets callers in who show no key at all; a wrong one is refused all the same. For services on one's own machine.
    bool anonymous = false;

    bool empty() const noexcept { return keys_.empty(); }

    /// Compares with every key, so that the time tells nothing of which was nearly right.
    bool has(std::string_view key) const noexcept
    {
        bool found = false;
        for (auto const& k : keys_)
            found = crypto::equal(key, k) || found;
        return found;
    }

    /// The refusal of a call without one of them; nothing if it has one, or none is needed.
    std::optional<failure> check(server_call const& call) const
    {
        if (keys_.empty() || has(call.bearer()) || (anonymous && call.bearer().empty()))
            return std::nullopt;
        return refusal(401, call.bearer().empty() ? "You didn't provide an API key" : "Incorrect API key provided",
                       "invalid_request_error", {}, "invalid_api_key");
    }

private:
    std::vector<std::string> keys_;
};

} // namespace chatwire
#endif
