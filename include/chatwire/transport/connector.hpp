// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_TRANSPORT_CONNECTOR_HPP
#define CHATWIRE_TRANSPORT_CONNECTOR_HPP

#include <chatwire/io/origin.hpp>
#include <chatwire/transport/stream.hpp>
#include <chatwire/transport/waker.hpp>

#include <functional>
#include <memory>
#include <string>

namespace chatwire::transport {

/// A connection being made, without blocking. Dropping it gives up.
class connection_attempt {
public:
    virtual ~connection_attempt() = default;

    /// Goes on. `ok`: `take` has the stream. `needs_write`: wait for `native_handle` (-1: for the waker) and try again.
    virtual attempt go_on() = 0;
    virtual int native_handle() const noexcept = 0;
    virtual std::unique_ptr<stream> take() = 0;
    /// After an error: more than its code says, for people; may be empty.
    virtual std::string reason() const { return {}; }
};

/// Starts to connect to an origin; the waker is notified when something that has no descriptor is done.
///
/// Where a transport gets its streams from: TCP by default, something in memory for tests, anything of the user's.
using connector = std::function<std::unique_ptr<connection_attempt>(io::origin const&, std::shared_ptr<waker> const&)>;

} // namespace chatwire::transport
#endif
