// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CLIENT_OPTIONS_HPP
#define CHATWIRE_CLIENT_OPTIONS_HPP

#include <chatwire/chat/accumulator_limits.hpp>
#include <chatwire/client/retry.hpp>
#include <chatwire/client/secret.hpp>
#include <chatwire/config.hpp>
#include <chatwire/diagnostic.hpp>
#include <chatwire/http/fields.hpp>
#include <chatwire/http/limits.hpp>
#include <chatwire/json/limits.hpp>
#include <chatwire/sse/limits.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace chatwire {

/// Whom a client talks to, and how long and how much it takes from them.
///
/// Designated initialisers name members in the order they stand here. Durations of zero mean no limit.
struct client_options {
    /// Where the service is, with the path all calls have in common: `http://127.0.0.1:8080/v1`. A query in it goes
    /// into every call. Calls fail with errc::invalid_url if it is none, and with errc::unsupported for https over a
    /// transport that has no TLS.
    std::string base_url{};

    /// Sent as `Authorization: Bearer`; nothing is sent while it is empty.
    secret api_key{};

    /// Sent with every request, in place of what the library would send under the same name. Not to be named:
    /// Content-Length, Transfer-Encoding, Accept-Encoding, Expect, Upgrade. A name or value that HTTP forbids fails the
    /// call with errc::invalid_header, before anything is sent.
    std::vector<http::field> headers{};

    std::string user_agent = "chatwire/" + std::to_string(CHATWIRE_VERSION / 10000) + '.' +
                             std::to_string(CHATWIRE_VERSION / 100 % 100) + '.' +
                             std::to_string(CHATWIRE_VERSION % 100);

    /// The HTTP proxy that calls go through: `http://user:password@proxy:3128`. Asked for a tunnel (CONNECT) where the
    /// service has TLS, and for the answer itself where it has not.
    secret proxy{};
    /// Whose services are reached without the proxy: names, each with all that is below it, or addresses; each perhaps
    /// with a port; `*` is everybody.
    std::vector<std::string> no_proxy{};
    /// The Unix-domain socket to connect to, whatever host the base URL names; empty: that host.
    std::string unix_socket{};
    /// Lets keys and passwords go in the clear to other machines. Otherwise a call that would send one fails with
    /// errc::insecure_credentials.
    bool credentials_in_the_clear = false;
    /// Connects to ordinary hosts only, judged by the address that a name turns out to have: not to link-local ones,
    /// nor to those that clouds tell machines their secrets at. Otherwise a call fails with errc::forbidden_address.
    /// For base URLs that others have a say in. Does not reach through a proxy, which looks names up itself.
    bool ordinary_addresses_only = false;

    /// Name look-up, a proxy's consent and the TLS handshake included; errc::connect_timeout
    std::chrono::milliseconds connect_timeout{10'000};
    /// Between two signs of life: bytes that come, or bytes that are taken. errc::idle_timeout, errc::write_timeout
    std::chrono::milliseconds idle_timeout{60'000};
    /// For an answer to begin, and between two chunks of it; a whole one is one piece. Comments and blank lines, which
    /// services send while the model thinks, do not count. errc::data_timeout
    std::chrono::milliseconds data_timeout{600'000};
    /// For a whole call, a stream to its end included. errc::total_timeout
    std::chrono::milliseconds total_timeout{3'600'000};

    /// When a call that failed is made again. One whose answer was lost may have been carried out: the clients of
    /// sessions and chats, which would add the message once more, make those again only with `idempotency_keys`.
    retry_options retries{};
    /// Sends an `Idempotency-Key` with every POST and PATCH, the same with each attempt of a call. A service that
    /// honours it (chatwire's does) goes on with an answer though its caller has left, since the caller may come back.
    bool idempotency_keys = false;

    http::limits http = {.max_body = http::no_limit}; ///< `max_body` bounds a stream, too
    sse::limits sse{};
    accumulator_limits accumulator{};
    json::limits json{}; ///< `max_document` bounds an answer that is no stream

    /// Every deviation is a failure.
    bool strict = false;
    /// In one answer; one more is errc::diagnostic_limit.
    std::uint64_t max_diagnostics = 100'000;

    /// Sees every deviation that was tolerated, while it is read. Must not throw, nor call the client.
    std::function<void(diagnostic const&)> on_diagnostic{};

    /// Sees every attempt of every call when its answer begins, or it has failed. Must not throw, nor call the client.
    std::function<void(client_attempt const&)> on_attempt{};
};

} // namespace chatwire
#endif
