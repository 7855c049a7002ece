// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/chat/input_audio.hpp>

#include "support/values.hpp"

#include <boost/test/unit_test.hpp>

namespace chat_input_audio_test {
namespace {

using namespace chatwire;

raw_members const some{{"x", raw_json::trusted("1")}};

} // namespace

BOOST_AUTO_TEST_SUITE(chat_input_audio)

BOOST_AUTO_TEST_CASE(equality_sees_every_member)
{
    support::check_distinct<chatwire::input_audio>(
        {{}, {.data = "a"}, {.format = audio_format::mp3}, {.format = "ogg"}, {.extra = some}});
}

BOOST_AUTO_TEST_SUITE_END()
} // namespace chat_input_audio_test
