// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IO_TRANSPORT_HPP
#define CHATWIRE_IO_TRANSPORT_HPP

#include <chatwire/io/operation.hpp>

namespace chatwire::io {

/// Whatever can run an operation. `run(t, op)` is found by argument-dependent look-up and gives `op.take()` directly
/// (a blocking transport) or something to await for it. A third kind of event loop is a third overload of `run`.
template <class T>
concept transport = requires(T& t) {
    run(t, noop{});
    t.wake();   // thread-safe: ends the present or the next `read` or `wait`
    t.cancel(); // thread-safe: ends the running operation's action, and every later one, with `cancelled`
};

} // namespace chatwire::io
#endif
