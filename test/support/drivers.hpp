// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_TEST_SUPPORT_DRIVERS_HPP
#define CHATWIRE_TEST_SUPPORT_DRIVERS_HPP

#include <chatwire/transport/asio.hpp>
#include <chatwire/transport/blocking.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/mp11/list.hpp>

#include <chrono>
#include <exception>
#include <functional>
#include <optional>
#include <utility>

namespace chatwire::test {

/// Both drivers behind one shape, so that a test is written once and run under each.
struct blocking_driver {
    explicit blocking_driver(transport::options o = {}) : t(std::move(o)) {}
    template <io::operation Op>
    auto operator()(Op op)
    {
        return run(t, std::move(op));
    }
    transport::blocking t;
};

struct asio_driver {
    explicit asio_driver(transport::options o = {}) : t(context.get_executor(), std::move(o)) {}
    template <io::operation Op>
    auto operator()(Op op)
    {
        std::optional<io::operation_result<Op>> out;
        std::exception_ptr thrown;
        boost::asio::co_spawn(context, run(t, std::move(op)), [&](std::exception_ptr e, auto r) {
            thrown = e;
            if (!e)
                out.emplace(std::move(r));
        });
        context.restart();
        context.run();
        if (thrown)
            std::rethrow_exception(thrown);
        return std::move(*out);
    }
    boost::asio::io_context context;
    transport::asio t;
};

using drivers = boost::mp11::mp_list<blocking_driver, asio_driver>;

/// An operation written as a function: told the last outcome, gives the next action; what it gives back is whatever
/// the function left in the result.
class scripted {
public:
    using step = std::function<io::action(io::outcome const&, result<int>&)>;
    explicit scripted(step s) : step_(std::move(s)) {}
    io::action resume(io::outcome const& o) { return step_(o, result_); }
    result<int> take() { return std::move(result_); }

private:
    step step_;
    result<int> result_ = 0;
};

} // namespace chatwire::test
#endif
