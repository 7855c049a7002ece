// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/chat/moderation_options.hpp>

#include "support/values.hpp"

#include <boost/test/unit_test.hpp>

namespace chat_moderation_options_test {
namespace {

using namespace chatwire;

raw_members const some{{"x", raw_json::trusted("1")}};

} // namespace

BOOST_AUTO_TEST_SUITE(chat_moderation_options)

BOOST_AUTO_TEST_CASE(equality_sees_every_member_of_moderation_rule)
{
    support::check_distinct<chatwire::moderation_rule>({{}, {.mode = moderation_mode::block}, {.extra = some}});
}

BOOST_AUTO_TEST_CASE(equality_sees_every_member_of_moderation_policy)
{
    support::check_distinct<chatwire::moderation_policy>({{},
                                                          {.input = nullptr},
                                                          {.input = moderation_rule{}},
                                                          {.output = nullptr},
                                                          {.output = moderation_rule{}},
                                                          {.extra = some}});
}

BOOST_AUTO_TEST_CASE(equality_sees_every_member_of_moderation_options)
{
    support::check_distinct<chatwire::moderation_options>(
        {{}, {.model = "m"}, {.policy = nullptr}, {.policy = moderation_policy{}}, {.extra = some}});
}

BOOST_AUTO_TEST_SUITE_END()
} // namespace chat_moderation_options_test
