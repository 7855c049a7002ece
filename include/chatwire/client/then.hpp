// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CLIENT_THEN_HPP
#define CHATWIRE_CLIENT_THEN_HPP

#include <chatwire/io/operation.hpp>

#include <utility>

namespace chatwire {

/// An operation that gives `f(op.take())`: how one generic operation becomes several calls with results of their own.
template <io::operation Op, class F>
class then {
public:
    then(Op op, F f) : op_(std::move(op)), f_(std::move(f)) {}

    io::action resume(io::outcome const& o) { return op_.resume(o); }
    auto take() { return f_(op_.take()); }

private:
    Op op_;
    F f_;
};

} // namespace chatwire
#endif
