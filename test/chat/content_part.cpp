// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/chat/content_part.hpp>

#include "support/values.hpp"

#include <boost/test/unit_test.hpp>

namespace chat_content_part_test {
namespace {

using namespace chatwire;

raw_members const some{{"x", raw_json::trusted("1")}};

} // namespace

BOOST_AUTO_TEST_SUITE(chat_content_part)

BOOST_AUTO_TEST_CASE(equality_sees_every_member)
{
    support::check_distinct<chatwire::content_part>({text_part{},
                                                     text_part{.text = "a"},
                                                     text_part{.prompt_cache_breakpoint = prompt_cache_breakpoint{}},
                                                     text_part{.extra = some},
                                                     image_part{},
                                                     image_part{.image_url = {.url = "u"}},
                                                     image_part{.prompt_cache_breakpoint = prompt_cache_breakpoint{}},
                                                     image_part{.extra = some},
                                                     audio_part{},
                                                     audio_part{.input_audio = {.data = "d"}},
                                                     audio_part{.prompt_cache_breakpoint = prompt_cache_breakpoint{}},
                                                     audio_part{.extra = some},
                                                     file_part{},
                                                     file_part{.file = {.file_id = "f"}},
                                                     file_part{.prompt_cache_breakpoint = prompt_cache_breakpoint{}},
                                                     file_part{.extra = some},
                                                     refusal_part{},
                                                     refusal_part{.refusal = "no"},
                                                     refusal_part{.extra = some},
                                                     raw_json::trusted("{}")});
}

BOOST_AUTO_TEST_SUITE_END()
} // namespace chat_content_part_test
