// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/chat/accumulator.hpp>
#include <chatwire/chat/accumulator_limits.hpp>

#include "support/values.hpp"

#include <boost/test/unit_test.hpp>

namespace chat_accumulator_limits_test {
namespace {

using namespace chatwire;

raw_members const some{{"x", raw_json::trusted("1")}};

} // namespace

BOOST_AUTO_TEST_SUITE(chat_accumulator_limits)

BOOST_AUTO_TEST_CASE(bound_everything_a_stream_can_grow)
{
    accumulator_limits const none{0, 0, 0, 0};
    chunk const empty{.id = "i", .created = 1, .model = "m", .usage = usage{1, 1, 2}};
    BOOST_TEST(!accumulator<>(none).add(empty));
    chunk const choice{.choices = {{}}};
    BOOST_TEST((accumulator<>(none).add(choice) == errc::choice_limit));
    chunk const unknown{.extra = some};
    BOOST_TEST((accumulator<>(none).add(unknown) == errc::content_limit));
}

BOOST_AUTO_TEST_CASE(an_object_has_so_many_unknown_members_and_each_may_change)
{
    accumulator<> a({.max_members = 1});
    chunk const unknown{.extra = some};
    chunk const other{.extra = {{"y", raw_json::trusted("2")}}};
    BOOST_TEST(!a.add(unknown));
    BOOST_TEST(!a.add(unknown));
    BOOST_TEST((a.add(other) == errc::content_limit));
}

BOOST_AUTO_TEST_CASE(what_takes_the_place_of_something_costs_only_what_it_is_longer)
{
    accumulator<> a({.max_content = 100});
    for (int i = 0; i < 1000; ++i)
        BOOST_TEST(!a.add(chunk{.extra = some}));
}

BOOST_AUTO_TEST_SUITE_END()
} // namespace chat_accumulator_limits_test
