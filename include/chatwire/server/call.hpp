// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_SERVER_CALL_HPP
#define CHATWIRE_SERVER_CALL_HPP

#include <chatwire/http/head.hpp>
#include <chatwire/server/answer.hpp>

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace chatwire {

/// A request as a route sees it: the head at first, the body once it is there.
struct server_call {
    http::request_head head{};
    std::string path{};                                        ///< still percent-encoded
    std::string query{};                                       ///< still percent-encoded
    std::vector<std::pair<std::string, std::string>> params{}; ///< the route's `{name}` segments, decoded
    std::string body{};
    std::string allow{};      ///< of a 405: the methods there are
    std::string request_id{}; ///< what `x-request-id` of the answer says; a caller's own is not looked at
    error_shape errors = error_shape::object;
    std::function<void()> wake{}; ///< wakes the connection this call came over; thread-safe, and never dangles

    /// The parameter of that name; empty if the route has none.
    CHATWIRE_DECL std::string_view param(std::string_view name) const noexcept;

    /// The credentials of `Authorization: Bearer`, whatever the scheme's case; or of `x-api-key` or `api-key`.
    CHATWIRE_DECL std::string_view bearer() const noexcept;
};

} // namespace chatwire

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/server/call.ipp>
#endif
#endif
