// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_HTTP_ORIGIN_HPP
#define CHATWIRE_HTTP_ORIGIN_HPP

#include <chatwire/config.hpp>

#include <compare>
#include <cstdint>
#include <string>

namespace chatwire::http {

/// Who answers: the part of a URL that decides about the connection.
struct origin {
    std::string scheme = "http"; ///< `http` or `https`
    std::string host{};          ///< in lower case; an IPv6 address without its brackets
    std::uint16_t port = 80;

    bool secure() const noexcept { return scheme == "https"; }
    bool default_port() const noexcept { return port == (secure() ? 443 : 80); }

    /// The value of Host: `host` or `host:port`, the port left out when it is the scheme's; IPv6 in brackets.
    CHATWIRE_DECL std::string authority() const;

    /// `scheme://authority`
    CHATWIRE_DECL std::string to_string() const;

    friend bool operator==(origin const&, origin const&) = default;
    friend auto operator<=>(origin const&, origin const&) = default;
};

} // namespace chatwire::http

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/http/origin.ipp>
#endif
#endif
