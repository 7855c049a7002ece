// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/chat/stream_options.hpp>

#include "support/values.hpp"

#include <boost/test/unit_test.hpp>

namespace chat_stream_options_test {
namespace {

using namespace chatwire;

raw_members const some{{"x", raw_json::trusted("1")}};

} // namespace

BOOST_AUTO_TEST_SUITE(chat_stream_options)

BOOST_AUTO_TEST_CASE(equality_sees_every_member)
{
    support::check_distinct<chatwire::stream_options>(
        {{}, {.include_usage = true}, {.include_usage = false}, {.include_obfuscation = true}, {.extra = some}});
}

BOOST_AUTO_TEST_SUITE_END()
} // namespace chat_stream_options_test
