// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/chat/audio_format.hpp>

#include "support/words.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(chat_audio_format)

BOOST_AUTO_TEST_CASE(words)
{
    using chatwire::audio_format;
    support::check_words<audio_format>({{audio_format::wav, "wav"},
                                        {audio_format::mp3, "mp3"},
                                        {audio_format::aac, "aac"},
                                        {audio_format::flac, "flac"},
                                        {audio_format::opus, "opus"},
                                        {audio_format::pcm16, "pcm16"}});
}

BOOST_AUTO_TEST_SUITE_END()
