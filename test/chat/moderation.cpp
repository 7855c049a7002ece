// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/chat/moderation.hpp>

#include "support/values.hpp"

#include <boost/test/unit_test.hpp>

namespace chat_moderation_test {
namespace {

using namespace chatwire;

raw_members const some{{"x", raw_json::trusted("1")}};

} // namespace

BOOST_AUTO_TEST_SUITE(chat_moderation)

BOOST_AUTO_TEST_CASE(equality_sees_every_member_of_moderation_result)
{
    support::check_distinct<chatwire::moderation_result>({{},
                                                          {.type = "t"},
                                                          {.model = "m"},
                                                          {.flagged = true},
                                                          {.categories = {{"a", false}}},
                                                          {.categories = {{"a", true}}},
                                                          {.category_scores = {{"a", 0.5}}},
                                                          {.category_applied_input_types = {{"a", {"text"}}}},
                                                          {.extra = some}});
}

BOOST_AUTO_TEST_CASE(equality_sees_every_member_of_moderation_results)
{
    support::check_distinct<chatwire::moderation_results>({{}, {.model = "m"}, {.results = {{}}}, {.extra = some}});
}

BOOST_AUTO_TEST_CASE(equality_sees_every_member_of_moderation_error)
{
    support::check_distinct<chatwire::moderation_error>({{}, {.code = "c"}, {.message = "m"}, {.extra = some}});
}

BOOST_AUTO_TEST_CASE(equality_sees_every_member_of_moderation)
{
    support::check_distinct<chatwire::moderation>(
        {{}, {.input = moderation_error{}}, {.input = raw_json{}}, {.output = moderation_error{}}, {.extra = some}});
}

BOOST_AUTO_TEST_SUITE_END()
} // namespace chat_moderation_test
