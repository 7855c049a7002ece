// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/client/finish_tracker.hpp>

#include <boost/test/unit_test.hpp>

#include <cstdint>

namespace client_finish_tracker_test {
namespace {

using namespace chatwire;

chunk_choice open(std::int64_t index) { return {.index = index}; }
chunk_choice finished(std::int64_t index) { return {.index = index, .finish_reason = finish_reason::stop}; }

} // namespace

BOOST_AUTO_TEST_SUITE(client_finish_tracker)

BOOST_AUTO_TEST_CASE(complete_when_every_choice_that_was_seen_is)
{
    finish_tracker t;
    BOOST_TEST(!t.complete());
    BOOST_TEST(t.add({}, 8));
    BOOST_TEST(!t.complete());
    BOOST_TEST(t.add({open(0)}, 8));
    BOOST_TEST(!t.complete());
    BOOST_TEST(t.add({finished(0)}, 8));
    BOOST_TEST(t.complete());
    // a piece after the last does not open it again, another choice does
    BOOST_TEST(t.add({open(0), finished(0)}, 8));
    BOOST_TEST(t.complete());
    BOOST_TEST(t.add({open(-3)}, 8));
    BOOST_TEST(!t.complete());
    BOOST_TEST(t.add({finished(-3)}, 8));
    BOOST_TEST(t.complete());
}

BOOST_AUTO_TEST_CASE(choices_are_bounded)
{
    finish_tracker t;
    BOOST_TEST(t.add({open(1), open(2147483648)}, 2));
    BOOST_TEST(!t.add({open(3)}, 2));
    BOOST_TEST(t.add({open(1)}, 2));
}

BOOST_AUTO_TEST_SUITE_END()
} // namespace client_finish_tracker_test
