// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/chat/logprobs.hpp>

#include "support/values.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <vector>

namespace chat_logprobs_test {
namespace {

using namespace chatwire;

raw_members const some{{"x", raw_json::trusted("1")}};

} // namespace

BOOST_AUTO_TEST_SUITE(chat_logprobs)

BOOST_AUTO_TEST_CASE(equality_sees_every_member)
{
    support::check_distinct<chatwire::top_logprob>({{},
                                                    {.token = "t"},
                                                    {.logprob = -1},
                                                    {.bytes = nullptr},
                                                    {.bytes = std::vector<std::int64_t>{1}},
                                                    {.extra = some}});
}

BOOST_AUTO_TEST_CASE(equality_of_tokens)
{
    support::check_distinct<chatwire::token_logprob>(
        {{}, {.token = "t"}, {.logprob = -1}, {.bytes = nullptr}, {.top_logprobs = {{}}}, {.extra = some}});
}

BOOST_AUTO_TEST_CASE(equality_of_the_whole)
{
    support::check_distinct<chatwire::logprobs>(
        {{}, {.content = nullptr}, {.content = std::vector<token_logprob>(1)}, {.refusal = nullptr}, {.extra = some}});
}

BOOST_AUTO_TEST_SUITE_END()
} // namespace chat_logprobs_test
