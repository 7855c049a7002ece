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

BOOST_AUTO_TEST_SUITE_END()
} // namespace chat_accumulator_limits_test
