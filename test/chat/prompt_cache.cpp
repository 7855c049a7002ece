// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/chat/prompt_cache.hpp>

#include "support/values.hpp"

#include <boost/test/unit_test.hpp>

namespace chat_prompt_cache_test {
namespace {

using namespace chatwire;

raw_members const some{{"x", raw_json::trusted("1")}};

} // namespace

BOOST_AUTO_TEST_SUITE(chat_prompt_cache)

BOOST_AUTO_TEST_CASE(equality_sees_every_member_of_prompt_cache_breakpoint)
{
    support::check_distinct<chatwire::prompt_cache_breakpoint>(
        {{}, {.mode = prompt_cache_mode::implicit}, {.ttl = "30m"}, {.extra = some}});
}

BOOST_AUTO_TEST_CASE(equality_sees_every_member_of_prompt_cache_options)
{
    support::check_distinct<chatwire::prompt_cache_options>({{},
                                                             {.mode = prompt_cache_mode::implicit},
                                                             {.mode = prompt_cache_mode::explicit_},
                                                             {.ttl = "30m"},
                                                             {.extra = some}});
}

BOOST_AUTO_TEST_CASE(a_breakpoint_is_explicit)
{
    BOOST_TEST((prompt_cache_breakpoint{}.mode == prompt_cache_mode::explicit_));
}

BOOST_AUTO_TEST_SUITE_END()
} // namespace chat_prompt_cache_test
