// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/chat/choice.hpp>

#include "support/values.hpp"

#include <boost/test/unit_test.hpp>

namespace chat_choice_test {
namespace {

using namespace chatwire;

raw_members const some{{"x", raw_json::trusted("1")}};

} // namespace

BOOST_AUTO_TEST_SUITE(chat_choice)

BOOST_AUTO_TEST_CASE(equality_sees_every_member)
{
    support::check_distinct<chatwire::choice>({{},
                                               {.index = 1},
                                               {.message = message::assistant("a")},
                                               {.finish_reason = finish_reason::stop},
                                               {.finish_reason = "end_turn"},
                                               {.logprobs = nullptr},
                                               {.logprobs = logprobs{}},
                                               {.extra = some}});
}

BOOST_AUTO_TEST_CASE(is_the_assistants) { BOOST_TEST((choice{}.message.role == role::assistant)); }

BOOST_AUTO_TEST_SUITE_END()
} // namespace chat_choice_test
