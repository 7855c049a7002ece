// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/chat/audio_options.hpp>

#include "support/values.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <variant>

namespace chat_audio_options_test {
namespace {

using namespace chatwire;

raw_members const some{{"x", raw_json::trusted("1")}};

} // namespace

BOOST_AUTO_TEST_SUITE(chat_audio_options)

BOOST_AUTO_TEST_CASE(equality_sees_every_member_of_custom_voice)
{
    support::check_distinct<chatwire::custom_voice>({{}, {.id = "i"}, {.extra = some}});
}

BOOST_AUTO_TEST_CASE(equality_sees_every_member_of_voice)
{
    support::check_distinct<chatwire::voice>({{}, "alloy", custom_voice{}, custom_voice{.id = "alloy"}});
}

BOOST_AUTO_TEST_CASE(equality_sees_every_member_of_audio_options)
{
    support::check_distinct<chatwire::audio_options>(
        {{}, {.voice = "alloy"}, {.format = audio_format::opus}, {.extra = some}});
}

BOOST_AUTO_TEST_CASE(a_voice_is_a_name_or_the_id_of_ones_own)
{
    audio_options const named{.voice = "alloy", .format = audio_format::mp3};
    BOOST_TEST(std::get<std::string>(named.voice.value) == "alloy");
    audio_options const own{.voice = custom_voice{.id = "voice_1"}};
    BOOST_TEST(std::get<custom_voice>(own.voice.value).id == "voice_1");
}

BOOST_AUTO_TEST_SUITE_END()
} // namespace chat_audio_options_test
