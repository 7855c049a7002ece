// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/transport/block_on.hpp>

#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/test/unit_test.hpp>

#include <memory>
#include <stdexcept>

BOOST_AUTO_TEST_SUITE(transport_block_on)

namespace transport_block_on_test {

using chatwire::transport::block_on;
namespace asio = boost::asio;

// Cannot be made without a value, as many results cannot.
struct value {
    explicit value(int n) : n(std::make_unique<int>(n)) {}
    std::unique_ptr<int> n;
};

asio::awaitable<value> twice(int n)
{
    co_await asio::post(asio::use_awaitable);
    co_return value(2 * n);
}

asio::awaitable<value> fails()
{
    co_await asio::post(asio::use_awaitable);
    throw std::runtime_error("no");
}

BOOST_AUTO_TEST_CASE(gives_what_the_coroutine_gives)
{
    asio::io_context context;
    BOOST_TEST(*block_on(context, twice(21)).n == 42);
    BOOST_TEST(*block_on(context, twice(1)).n == 2); // again in the same loop
    BOOST_TEST(*block_on([](auto) { return twice(4); }).n == 8);
}

BOOST_AUTO_TEST_CASE(throws_what_the_coroutine_throws)
{
    asio::io_context context;
    BOOST_CHECK_THROW(block_on(context, fails()), std::runtime_error);
    BOOST_CHECK_THROW(block_on([](auto) { return fails(); }), std::runtime_error);
}

asio::awaitable<void> nothing() { co_return; }

BOOST_AUTO_TEST_CASE(takes_a_coroutine_that_gives_nothing)
{
    asio::io_context context;
    block_on(context, nothing());
    BOOST_TEST(context.stopped()); // it ran, to its end
}

BOOST_AUTO_TEST_CASE(a_stopped_loop_is_an_exception)
{
    asio::io_context context;
    asio::post(context, [&] { context.stop(); });
    BOOST_CHECK_EXCEPTION(block_on(context, twice(1)), chatwire::exception,
                          [](chatwire::exception const& e) { return e.error().code == chatwire::errc::cancelled; });
}

} // namespace transport_block_on_test

BOOST_AUTO_TEST_SUITE_END()
