// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_TRANSPORT_TLS_HPP
#define CHATWIRE_TRANSPORT_TLS_HPP

#include <chatwire/error.hpp>
#include <chatwire/transport/securer.hpp>

#include <string>

namespace chatwire::transport {

/// Whom a client trusts, and what it shows. Certificates and keys are PEM: the text itself, or the path of a file that
/// holds it.
struct tls_client_options {
    /// Who vouches for servers: one or more certificates, a server's own among them. Empty: whom the system trusts, as
    /// OpenSSL finds them.
    std::string ca{};

    std::string certificate{};  ///< shown to servers that ask for one: its own first, then the chain's
    std::string key{};          ///< of the certificate
    std::string key_password{}; ///< of an encrypted key

    /// For a test against a server whose certificate cannot be checked. Neither who the peer is nor what it says can
    /// be relied on then.
    bool accept_any_certificate_and_so_be_talking_to_anybody = false;
};

/// What a server shows, and whom it lets in. Certificates and keys as for @ref tls_client_options.
struct tls_server_options {
    std::string certificate{};  ///< its own first, then the chain's
    std::string key{};          ///< of the certificate
    std::string key_password{}; ///< of an encrypted key

    /// Who vouches for clients. Empty: they need no certificate.
    std::string client_ca{};
};

/// TLS 1.2 or later as a client speaks it, with OpenSSL: SNI, ALPN `http/1.1`, and a peer whose certificate chain
/// leads to somebody trusted and that has the origin's host name. Connections made later resume the sessions of earlier
/// ones.
///
/// Refusals are errc::bad_certificate, whose message names the certificate and the reason; other failures of the
/// handshake errc::tls_failed. A connection that ends without close_notify ends in errc::tls_truncated.
///
/// @return errc::invalid_argument for a certificate or key that cannot be read or used: the message says which
/// @par Thread safety
/// What it returns can be shared by clients on different threads.
/// @par Specification
/// RFC 8446, RFC 5246, RFC 6066, 3 (SNI), RFC 7301 (ALPN), RFC 9110, 4.3.4 (host names)
CHATWIRE_DECL result<securer> tls_client(tls_client_options const& o = {});

/// @ref tls_client with the default options, prepared when it is first used.
CHATWIRE_DECL securer tls_client_of_the_system();

/// TLS 1.2 or later as a server speaks it.
/// @see tls_client
CHATWIRE_DECL result<securer> tls_server(tls_server_options const& o);

} // namespace chatwire::transport

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/transport/tls.ipp>
#endif
#endif
