// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/chat/message_audio.hpp>

#include "support/values.hpp"

#include <boost/test/unit_test.hpp>

namespace chat_message_audio_test {
namespace {

using namespace chatwire;

raw_members const some{{"x", raw_json::trusted("1")}};

} // namespace

BOOST_AUTO_TEST_SUITE(chat_message_audio)

BOOST_AUTO_TEST_CASE(equality_sees_every_member)
{
    support::check_distinct<chatwire::message_audio>(
        {{}, {.id = "i"}, {.data = ""}, {.data = "d"}, {.expires_at = 0}, {.transcript = "t"}, {.extra = some}});
}

BOOST_AUTO_TEST_SUITE_END()
} // namespace chat_message_audio_test
