// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_HTTP_PARSER_HPP
#define CHATWIRE_HTTP_PARSER_HPP

#include <chatwire/http/head.hpp>
#include <chatwire/http/parser_base.hpp>

#include <string_view>

namespace chatwire::http {

/// Reads requests: the server's side of a connection.
///
/// What @ref head_check refuses is refused with the code it gives; @ref status_for has the status to answer with. One
/// empty line before a request is tolerated.
///
/// @par Specification
/// RFC 9112
class request_parser : public parser_base {
public:
    explicit request_parser(limits l = {}) : parser_base(true, l) {}

    /// The head that came last; stays as it is until the next piece of kind `head`.
    CHATWIRE_DECL request_head const& head() const noexcept;

    /// The client waits for `100 Continue` before it sends the body.
    CHATWIRE_DECL bool expects_continue() const noexcept;
};

/// Reads responses: the client's side of a connection.
///
/// Tell it of every request with @ref expect; a byte that comes without a request is an errc::unexpected_body. 1xx
/// answers are skipped and counted. A body that has neither length nor chunks ends with the connection.
///
/// @par Specification
/// RFC 9112
class response_parser : public parser_base {
public:
    /// Bodies are not bounded unless `l` does: nothing of them is held.
    explicit response_parser(limits l = default_limits()) : parser_base(false, l) {}

    /// A request of that method was sent: the next response without a request is the answer to it.
    CHATWIRE_DECL void expect(std::string_view method);

    /// The head that came last; stays as it is until the next piece of kind `head`.
    CHATWIRE_DECL response_head const& head() const noexcept;

    /// Number of 1xx answers before the response that is being read or is to come; 0 again at its `end`.
    CHATWIRE_DECL unsigned informational() const noexcept;

    /// One of these answers was `100 Continue`.
    CHATWIRE_DECL bool continued() const noexcept;

    /// A CONNECT was granted: what follows is no HTTP, see @ref unread. @ref next gives nothing any more.
    CHATWIRE_DECL bool tunnel() const noexcept;

    static limits default_limits() noexcept
    {
        limits l;
        l.max_body = no_limit;
        return l;
    }
};

} // namespace chatwire::http

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/http/parser.ipp>
#endif
#endif
