// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IO_TRANSPORT_HPP
#define CHATWIRE_IO_TRANSPORT_HPP

#include <chatwire/io/operation.hpp>

#include <utility>

namespace chatwire::io {

/// Whatever can run an operation. `run(t, op)` is found by argument-dependent look-up and gives `op.take()` directly
/// (a blocking transport) or something to await for it. A third kind of event loop is a third overload of `run`.
template <class T>
concept transport = requires(T& t) {
    run(t, noop{});
    t.wake();   // thread-safe: ends the present or the next `read` or `wait`
    t.cancel(); // thread-safe: ends the running operation's action, and every later one, with `cancelled`
};

/// `run(t, op)` from within a class that has a `run` of its own, which would hide it.
template <transport T, operation Op>
auto run_on(T& t, Op op)
{
    return run(t, std::move(op));
}

} // namespace chatwire::io
#endif
