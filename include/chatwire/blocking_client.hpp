// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_BLOCKING_CLIENT_HPP
#define CHATWIRE_BLOCKING_CLIENT_HPP

#include <chatwire/chats/client.hpp>
#include <chatwire/client/basic_client.hpp>
#include <chatwire/pathors/client.hpp>
#include <chatwire/transport/blocking.hpp>

namespace chatwire {

/// A client whose functions return when they are done. Includes nothing of Asio.
using blocking_client = basic_client<transport::blocking>;

/// What its `stream` gives.
using blocking_stream = basic_stream<transport::blocking>;

} // namespace chatwire

namespace chatwire::pathors {

/// @copydoc chatwire::blocking_client
using blocking_client = basic_client<transport::blocking>;

/// What its `stream` gives.
using blocking_stream = basic_stream<transport::blocking, dialect>;

} // namespace chatwire::pathors

namespace chatwire::chats {

/// @copydoc chatwire::blocking_client
using blocking_client = basic_client<transport::blocking>;

/// What its `stream` gives.
using blocking_stream = basic_stream<transport::blocking, dialect>;

} // namespace chatwire::chats
#endif
