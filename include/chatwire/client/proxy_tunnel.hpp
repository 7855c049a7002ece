// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CLIENT_PROXY_TUNNEL_HPP
#define CHATWIRE_CLIENT_PROXY_TUNNEL_HPP

#include <chatwire/client/options.hpp>
#include <chatwire/client/route.hpp>
#include <chatwire/error.hpp>
#include <chatwire/http/parser.hpp>

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>

namespace chatwire {

/// Asks a proxy for a tunnel to the service: an `io::endpoint` whose one event is that the tunnel stands.
///
/// Failures: errc::proxy_refused with the proxy's status; what the proxy breaks of HTTP; errc::unexpected_body for
/// bytes that come before this side has said anything through the tunnel.
///
/// @par Object lifetimes
/// The options must outlive it.
/// @par Specification
/// RFC 9110, 9.3.6 (CONNECT)
class proxy_tunnel {
public:
    using event = std::monostate;

    CHATWIRE_DECL proxy_tunnel(client_route const& way, client_options const& options);

    std::string_view output() const noexcept { return std::string_view(out_).substr(sent_); }
    void consume(std::size_t n) noexcept { sent_ += n; }
    // Little at a time: what follows the head belongs to somebody else.
    std::span<char> prepare() { return parser_.prepare(1024); }
    void commit(std::size_t n) noexcept { parser_.commit(n); }
    void commit_eof() noexcept { parser_.commit_eof(); }
    CHATWIRE_DECL result<std::optional<event>> next_event();

private:
    client_options const* options_;
    std::string out_{};
    std::size_t sent_ = 0;
    std::string about_; // for messages
    std::optional<failure> bad_request_{};
    http::response_parser parser_;
};

} // namespace chatwire

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/client/proxy_tunnel.ipp>
#endif
#endif
