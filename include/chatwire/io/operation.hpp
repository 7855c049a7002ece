// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IO_OPERATION_HPP
#define CHATWIRE_IO_OPERATION_HPP

#include <chatwire/io/action.hpp>
#include <chatwire/io/outcome.hpp>

#include <concepts>
#include <utility>

namespace chatwire::io {

/// A piece of protocol, as a value: told how its last action went, it answers with the next. It never performs IO and
/// never knows whether its caller blocks or suspends; a driver does and does.
///
/// `resume` is first called with `outcome::kind::begin`; after it has answered `done`, `take` is called once.
template <class Op>
concept operation = std::move_constructible<Op> && requires(Op& op, outcome const& o) {
    { op.resume(o) } -> std::same_as<action>;
    op.take();
};

/// What `take` of an operation gives.
template <operation Op>
using operation_result = decltype(std::declval<Op&>().take());

/// The smallest operation: done at once.
struct noop {
    action resume(outcome const&) { return action::finish(); }
    result<void> take() { return {}; }
};

} // namespace chatwire::io
#endif
