// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CLIENT_HPP
#define CHATWIRE_CLIENT_HPP

#include <chatwire/blocking_client.hpp>
#include <chatwire/transport/asio.hpp>
#include <chatwire/transport/block_on.hpp>

namespace chatwire {

/// A client whose functions are awaited in Asio's coroutines. Made with the executor they run on: `client(executor,
/// options)`.
using client = basic_client<transport::asio>;

/// What its `stream` gives.
using stream = basic_stream<transport::asio>;

} // namespace chatwire

namespace chatwire::pathors {

/// @copydoc chatwire::client
using client = basic_client<transport::asio>;

/// What its `stream` gives.
using stream = basic_stream<transport::asio, dialect>;

} // namespace chatwire::pathors

namespace chatwire::chats {

/// @copydoc chatwire::client
using client = basic_client<transport::asio>;

/// What its `stream` gives.
using stream = basic_stream<transport::asio, dialect>;

} // namespace chatwire::chats
#endif
