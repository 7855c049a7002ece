// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/chat/image_url.hpp>

#include "support/values.hpp"

#include <boost/test/unit_test.hpp>

namespace chat_image_url_test {
namespace {

using namespace chatwire;

raw_members const some{{"x", raw_json::trusted("1")}};

} // namespace

BOOST_AUTO_TEST_SUITE(chat_image_url)

BOOST_AUTO_TEST_CASE(equality_sees_every_member)
{
    support::check_distinct<chatwire::image_url>(
        {{}, {.url = "u"}, {.detail = image_detail::low}, {.detail = "huge"}, {.extra = some}});
}

BOOST_AUTO_TEST_SUITE_END()
} // namespace chat_image_url_test
