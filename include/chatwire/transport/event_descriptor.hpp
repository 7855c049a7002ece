// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_TRANSPORT_EVENT_DESCRIPTOR_HPP
#define CHATWIRE_TRANSPORT_EVENT_DESCRIPTOR_HPP

#include <chatwire/transport/descriptor.hpp>

namespace chatwire::transport {

/// A descriptor that other threads can make readable: an eventfd on Linux, a pipe elsewhere.
///
/// @par Thread safety
/// All members, from any thread.
class event_descriptor {
public:
    CHATWIRE_DECL event_descriptor();

    CHATWIRE_DECL void set() noexcept;   ///< makes it readable
    CHATWIRE_DECL void clear() noexcept; ///< makes it not readable
    int native_handle() const noexcept { return read_.get(); }

private:
    descriptor read_;
    descriptor write_; // not used with eventfd
};

} // namespace chatwire::transport

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/transport/event_descriptor.ipp>
#endif
#endif
