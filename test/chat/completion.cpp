// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/chat/completion.hpp>

#include "support/values.hpp"

#include <boost/test/unit_test.hpp>

namespace chat_completion_test {
namespace {

using namespace chatwire;

raw_members const some{{"x", raw_json::trusted("1")}};

} // namespace

BOOST_AUTO_TEST_SUITE(chat_completion)

BOOST_AUTO_TEST_CASE(equality_sees_every_member)
{
    support::check_distinct<chatwire::completion>({{},
                                                   {.id = "i"},
                                                   {.object = "o"},
                                                   {.created = 1},
                                                   {.model = "m"},
                                                   {.choices = {{}}},
                                                   {.usage = usage{}},
                                                   {.usage = nullptr},
                                                   {.service_tier = service_tier::flex},
                                                   {.system_fingerprint = "f"},
                                                   {.metadata = metadata{}},
                                                   {.metadata = nullptr},
                                                   {.moderation = moderation{}},
                                                   {.moderation = nullptr},
                                                   {.extra = some}});
}

BOOST_AUTO_TEST_CASE(text_is_the_first_choices)
{
    BOOST_TEST(completion{}.text() == "");
    BOOST_TEST(
        (completion{.choices = {{.message = message::assistant("a")}, {.message = message::assistant("b")}}}.text() ==
         "a"));
}

BOOST_AUTO_TEST_SUITE_END()
} // namespace chat_completion_test
