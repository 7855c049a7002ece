// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include "../support/streams.hpp"

#include <chatwire/transport/event_descriptor.hpp>

#include <boost/test/unit_test.hpp>

#include <thread>

BOOST_AUTO_TEST_SUITE(transport_event_descriptor)
namespace transport_event_descriptor_cases {

using chatwire::test::is_ready;
using chatwire::test::wait_ready;
using chatwire::transport::event_descriptor;

BOOST_AUTO_TEST_CASE(setting_and_clearing_count_for_nothing)
{
    event_descriptor e;
    BOOST_TEST(!is_ready(e.native_handle()));
    for (int sets : {1, 2, 100, 10'000})
        for (int clears : {1, 2}) {
            for (int i = 0; i != sets; ++i)
                e.set();
            BOOST_TEST(is_ready(e.native_handle()));
            BOOST_TEST(is_ready(e.native_handle())); // looking changes nothing
            for (int i = 0; i != clears; ++i)
                e.clear();
            BOOST_TEST(!is_ready(e.native_handle()));
        }
}

BOOST_AUTO_TEST_CASE(other_threads_set_it)
{
    event_descriptor e;
    for (int round = 0; round != 50; ++round) {
        std::thread one([&] { e.set(); });
        std::thread other([&] { e.set(); });
        BOOST_TEST(wait_ready(e.native_handle()));
        one.join();
        other.join();
        e.clear();
        BOOST_TEST(!is_ready(e.native_handle()));
    }
}

} // namespace transport_event_descriptor_cases
BOOST_AUTO_TEST_SUITE_END()
