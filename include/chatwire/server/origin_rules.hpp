// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_SERVER_ORIGIN_RULES_HPP
#define CHATWIRE_SERVER_ORIGIN_RULES_HPP

#include <chatwire/http/head.hpp>
#include <chatwire/server/answer.hpp>
#include <chatwire/server/call.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace chatwire {

/// Which web pages, and which names of itself, a server knows; everything else is foreign.
///
/// A browser sends requests to any server on behalf of any page, also to one that only its own machine can reach. With
/// them come where the page is from (`Origin`) and the name it found the server by (`Host`). Both are compared with
/// what stands here, never with each other: a page whose name was made to resolve to this machine (DNS rebinding) makes
/// them agree. Other programs send no Origin and are not concerned.
///
/// @par Thread safety
/// As for a vector.
///
/// @par Specification
/// RFC 6454, 7; RFC 9110, 7.2; the CORS protocol of WHATWG Fetch; SPEC, 5
struct origin_rules {
    /// Pages that are known, each exactly as browsers write it: `https://app.example`, `http://localhost:3000`. They
    /// may also read the answers (CORS). None: pages of loopback names with our port are known, and nobody is told
    /// that it may read anything, which a page of the same origin need not be.
    std::vector<std::string> origins{};

    /// Names of this server, without a port, beside the loopback names (`localhost`, `127.0.0.0/8`, `[::1]`). The port
    /// of a Host is not looked at: forwarding changes it, and it is not what an attacker chooses.
    std::vector<std::string> hosts{};

    std::uint16_t port = 0; ///< where the server listens
    bool loopback = false;  ///< it does so on a loopback address: then, or with `hosts`, a foreign Host is refused

    /// Whether `text` can be one of `origins`: a scheme, a host in lower case, and a port unless it is the scheme's. So
    /// neither `*` nor `null`.
    CHATWIRE_DECL static bool valid_origin(std::string_view text) noexcept;

    /// `null` is nobody's.
    CHATWIRE_DECL bool knows_origin(std::string_view origin) const;
    CHATWIRE_DECL bool knows_host(std::string_view name) const noexcept;

    /// The 421 (misdirected request) for a call to a name that is not ours.
    CHATWIRE_DECL std::optional<failure> check_host(http::request_head const& head) const;
    /// The 403 for a call from a page that is foreign.
    CHATWIRE_DECL std::optional<failure> check_origin(http::request_head const& head) const;

    /// The page a request came from, as a view of `head`; empty where there is none, or several.
    CHATWIRE_DECL static std::string_view origin_of(http::request_head const& head) noexcept;

    /// Puts into an answer, of whatever kind, what lets the page that asked read it; and tells caches that it depends
    /// on the page.
    CHATWIRE_DECL void share(std::string_view origin, http::fields& answer) const;

    /// Whether it is a browser's question if one of `origins` may send a request.
    CHATWIRE_DECL bool is_preflight(http::request_head const& head) const;
    /// The answer to it: the methods there are in `call.allow`, whatever header fields were asked for. What @ref share
    /// puts in has to come along.
    CHATWIRE_DECL static answer preflight(server_call const& call);
};

} // namespace chatwire

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/server/origin_rules.ipp>
#endif
#endif
