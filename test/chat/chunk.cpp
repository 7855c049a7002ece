// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/chat/chunk.hpp>

#include "support/values.hpp"

#include <boost/test/unit_test.hpp>

namespace chat_chunk_test {
namespace {

using namespace chatwire;

raw_members const some{{"x", raw_json::trusted("1")}};

} // namespace

BOOST_AUTO_TEST_SUITE(chat_chunk)

BOOST_AUTO_TEST_CASE(equality_sees_every_member)
{
    support::check_distinct<chatwire::chunk>({{},
                                              {.id = "i"},
                                              {.object = "o"},
                                              {.created = 1},
                                              {.model = "m"},
                                              {.choices = {{}}},
                                              {.usage = usage{}},
                                              {.usage = nullptr},
                                              {.service_tier = service_tier::flex},
                                              {.system_fingerprint = "f"},
                                              {.moderation = moderation{}},
                                              {.moderation = nullptr},
                                              {.obfuscation = "x"},
                                              {.extra = some}});
}

BOOST_AUTO_TEST_CASE(text_is_what_choice_0_gets)
{
    BOOST_TEST(chunk{}.text() == "");
    chunk const c{.choices = {{.index = 1, .delta = {.content = "b"}}, {.index = 0, .delta = {.content = "a"}}}};
    BOOST_TEST(c.text() == "a");
}

BOOST_AUTO_TEST_SUITE_END()
} // namespace chat_chunk_test
