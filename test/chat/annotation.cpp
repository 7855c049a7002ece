// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/chat/annotation.hpp>

#include "support/values.hpp"

#include <boost/test/unit_test.hpp>

namespace chat_annotation_test {
namespace {

using namespace chatwire;

raw_members const some{{"x", raw_json::trusted("1")}};

} // namespace

BOOST_AUTO_TEST_SUITE(chat_annotation)

BOOST_AUTO_TEST_CASE(equality_sees_every_member_of_url_citation)
{
    support::check_distinct<chatwire::url_citation>(
        {{}, {.start_index = 1}, {.end_index = 1}, {.url = "u"}, {.title = "t"}, {.extra = some}});
}

BOOST_AUTO_TEST_CASE(equality_sees_every_member_of_annotation)
{
    support::check_distinct<chatwire::annotation>(
        {{}, {.type = "file"}, {.url_citation = url_citation{}}, {.extra = some}});
}

BOOST_AUTO_TEST_SUITE_END()
} // namespace chat_annotation_test
