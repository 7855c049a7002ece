// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/chat/usage.hpp>

#include "support/values.hpp"

#include <boost/test/unit_test.hpp>

namespace chat_usage_test {
namespace {

using namespace chatwire;

raw_members const some{{"x", raw_json::trusted("1")}};

} // namespace

BOOST_AUTO_TEST_SUITE(chat_usage)

BOOST_AUTO_TEST_CASE(equality_sees_every_member)
{
    support::check_distinct<chatwire::usage>(
        {{},
         {.prompt_tokens = 1},
         {.completion_tokens = 1},
         {.total_tokens = 1},
         {.prompt_tokens_details = prompt_tokens_details{}},
         {.prompt_tokens_details = prompt_tokens_details{.cached_tokens = 0}},
         {.prompt_tokens_details = prompt_tokens_details{.cache_write_tokens = 0}},
         {.prompt_tokens_details = prompt_tokens_details{.text_tokens = 0}},
         {.prompt_tokens_details = prompt_tokens_details{.audio_tokens = 0}},
         {.prompt_tokens_details = prompt_tokens_details{.image_tokens = 0}},
         {.completion_tokens_details = completion_tokens_details{}},
         {.completion_tokens_details = completion_tokens_details{.reasoning_tokens = 0}},
         {.completion_tokens_details = completion_tokens_details{.text_tokens = 0}},
         {.completion_tokens_details = completion_tokens_details{.audio_tokens = 0}},
         {.completion_tokens_details = completion_tokens_details{.accepted_prediction_tokens = 0}},
         {.completion_tokens_details = completion_tokens_details{.rejected_prediction_tokens = 0}},
         {.extra = some}});
}

BOOST_AUTO_TEST_CASE(counts_are_unknown_until_all_three_are_given)
{
    usage u;
    BOOST_TEST(!u.known());
    u.prompt_tokens = u.completion_tokens = 0;
    BOOST_TEST(!u.known());
    u.total_tokens = 0;
    BOOST_TEST(u.known());
}

BOOST_AUTO_TEST_SUITE_END()
} // namespace chat_usage_test
