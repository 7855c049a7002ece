// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_SERVER_API_KEYS_HPP
#define CHATWIRE_SERVER_API_KEYS_HPP

#include <chatwire/server/api_key.hpp>
#include <chatwire/server/call.hpp>

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace chatwire {

/// The keys that open a surface. None: it is open to everybody.
///
/// @par Thread safety
/// As for a vector.
class api_keys {
public:
    api_keys() = default;
    /// Each as @ref api_key takes it.
    api_keys(std::vector<std::string> const& keys) : keys_(keys.begin(), keys.end()) {}
    api_keys(std::initializer_list<std::string_view> keys) : keys_(keys.begin(), keys.end()) {}

    /// Lets callers in who show no key at all; a wrong one is refused all the same. For services on one's own machine.
    bool anonymous = false;

    bool empty() const noexcept { return keys_.empty(); }

    /// Compares with every key, so that the time tells nothing of which was nearly right.
    bool has(std::string_view key) const
    {
        auto const shown = api_key::shown(key);
        bool found = false;
        for (auto const& k : keys_)
            found = k.is(shown) || found;
        return found;
    }

    /// The refusal of a call without one of them; nothing if it has one, or none is needed.
    std::optional<failure> check(server_call const& call) const
    {
        bool const shown = !call.bearer().empty(); // an empty one is none, whatever stands in a config
        if (keys_.empty() || (shown ? has(call.bearer()) : anonymous))
            return std::nullopt;
        return refusal(401, call.bearer().empty() ? "You didn't provide an API key" : "Incorrect API key provided",
                       "invalid_request_error", {}, "invalid_api_key");
    }

private:
    std::vector<api_key> keys_;
};

} // namespace chatwire
#endif
