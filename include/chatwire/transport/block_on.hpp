// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_TRANSPORT_BLOCK_ON_HPP
#define CHATWIRE_TRANSPORT_BLOCK_ON_HPP

#include <chatwire/error.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <concepts>
#include <exception>
#include <optional>
#include <type_traits>
#include <utility>
#include <variant>

namespace chatwire::transport {

/// Runs `context` on this thread until a coroutine has ended, and returns what that gives. What it throws is thrown
/// here; if the context is stopped before, chatwire::exception with errc::cancelled is. The context must not be running.
template <class T>
T block_on(boost::asio::io_context& context, boost::asio::awaitable<T> coroutine)
{
    std::exception_ptr thrown;
    using value = std::conditional_t<std::is_void_v<T>, std::monostate, T>;
    std::optional<value> out;
    auto const all = [&]() -> boost::asio::awaitable<void> {
        if constexpr (std::is_void_v<T>) {
            co_await std::move(coroutine);
            out.emplace();
        } else {
            out.emplace(co_await std::move(coroutine));
        }
    };
    bool ended = false;
    boost::asio::co_spawn(context, all, [&](std::exception_ptr e) {
        thrown = e;
        ended = true;
    });
    context.restart();
    while (!ended && context.run_one() > 0)
        ;
    if (thrown)
        std::rethrow_exception(thrown);
    if (!out) // somebody stopped the context
        throw_exception_from_error(failure(errc::cancelled, "the event loop was stopped"), BOOST_CURRENT_LOCATION);
    if constexpr (!std::is_void_v<T>)
        return std::move(*out);
}

/// The same in an event loop made for it alone: for a program that has none.
///
/// @param f makes the coroutine: `f(executor)`
template <std::invocable<boost::asio::any_io_executor> F>
auto block_on(F f)
{
    boost::asio::io_context context(1);
    return block_on(context, f(context.get_executor()));
}

} // namespace chatwire::transport
#endif
