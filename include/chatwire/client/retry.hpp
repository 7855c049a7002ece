// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CLIENT_RETRY_HPP
#define CHATWIRE_CLIENT_RETRY_HPP

#include <chatwire/config.hpp>
#include <chatwire/error.hpp>

#include <chrono>
#include <optional>
#include <string_view>

namespace chatwire {

/// When a call that failed is made again, and how long that is waited with.
struct retry_options {
    /// How often at most, after the first time. 0: never.
    unsigned max_retries = 2;
    /// Before the first retry; doubled before each further one. A random part, up to a quarter, is taken off, so that
    /// callers who failed together do not come back together.
    std::chrono::milliseconds first_delay{500};
    std::chrono::milliseconds max_delay{8'000};
    /// The longest that is waited because the service asks for it. Who is asked to wait longer fails at once, with
    /// failure::retry_after.
    std::chrono::milliseconds max_retry_after{60'000};
};

/// One time that a call was made, for who counts or logs them. Valid during the call that it is told in.
struct client_attempt {
    unsigned number = 1;                              ///< the first is 1
    std::string_view method{};                        ///< `POST`
    std::string_view path{};                          ///< below the base URL's path, as it was sent
    failure const* failed = nullptr;                  ///< null: the answer has begun
    std::optional<std::chrono::milliseconds> delay{}; ///< until the call is made again; nothing: it is not
};

/// Whether a call that failed before its answer began may do better another time.
///
/// It may after the statuses 408, 409, 429 and 500 or above, and after a failure of the connection or a time that was
/// up, but for the time of the whole call. The service's `x-should-retry` overrules the status. Used-up quota
/// (`insufficient_quota`) does not come back by waiting.
///
/// @param once a call that does harm when it is carried out twice (it adds to a session, say): it may not after a
/// failure that leaves open whether it was carried out
CHATWIRE_DECL bool may_retry(failure const& f, bool once = false) noexcept;

/// How long to wait before the call is made again that has failed `failures` times; nothing: it is not to be.
/// @param random from 0 to below 1
/// @param once see @ref may_retry
CHATWIRE_DECL std::optional<std::chrono::milliseconds>
retry_delay(retry_options const& o, failure const& f, unsigned failures, double random, bool once = false) noexcept;

} // namespace chatwire

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/client/retry.ipp>
#endif
#endif
