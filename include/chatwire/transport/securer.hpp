// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_TRANSPORT_SECURER_HPP
#define CHATWIRE_TRANSPORT_SECURER_HPP

#include <chatwire/io/origin.hpp>
#include <chatwire/transport/connector.hpp>
#include <chatwire/transport/stream.hpp>

#include <functional>
#include <memory>

namespace chatwire::transport {

/// Starts TLS over a stream that is connected: a second attempt, whose stream is the secured one. The origin is whom
/// the peer has to prove to be (a client), or means nothing (a server).
///
/// Made by `tls_client` and `tls_server`, see tls.hpp; or by anybody who has another TLS library.
using securer = std::function<std::unique_ptr<connection_attempt>(std::unique_ptr<stream>, io::origin const&)>;

} // namespace chatwire::transport
#endif
