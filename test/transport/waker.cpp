// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include "../support/streams.hpp"

#include <chatwire/transport/waker.hpp>

#include <boost/test/unit_test.hpp>

#include <thread>
#include <vector>

BOOST_AUTO_TEST_SUITE(transport_waker)
namespace transport_waker_cases {

using chatwire::test::counting_waker;

BOOST_AUTO_TEST_CASE(a_wake_is_kept_until_taken_once)
{
    counting_waker w;
    BOOST_TEST(!w.take_wake());
    w.wake();
    w.wake();
    BOOST_TEST(w.notified == 2); // the driver is told each time
    BOOST_TEST(w.take_wake());
    BOOST_TEST(!w.take_wake());
    BOOST_TEST(!w.cancelled());
}

BOOST_AUTO_TEST_CASE(a_cancel_is_kept_until_forgotten)
{
    counting_waker w;
    BOOST_TEST(!w.cancelled());
    w.cancel();
    BOOST_TEST(w.notified == 1);
    BOOST_TEST(w.cancelled());
    BOOST_TEST(w.cancelled());
    BOOST_TEST(!w.take_wake()); // another thing
    w.forget_cancel();
    BOOST_TEST(!w.cancelled());
    BOOST_TEST(w.notified == 1); // nobody has to look
    w.cancel();
    BOOST_TEST(w.cancelled());
}

// Whatever a thread did before it woke, whoever takes the wake sees, and the last wake is never lost.
BOOST_AUTO_TEST_CASE(a_wake_brings_what_was_done_before_it)
{
    for (int round = 0; round != 100; ++round) {
        counting_waker w;
        std::vector<int> made(1); // not atomic: a lost order would be a data race
        std::thread maker([&] {
            made[0] = 42;
            w.wake();
        });
        while (!w.take_wake())
            std::this_thread::yield();
        BOOST_TEST(made[0] == 42);
        maker.join();
        BOOST_TEST(!w.take_wake());
    }
}

} // namespace transport_waker_cases
BOOST_AUTO_TEST_SUITE_END()
