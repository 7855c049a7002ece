// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/chat/error_object.hpp>

#include "support/values.hpp"

#include <boost/test/unit_test.hpp>

namespace chat_error_object_test {
namespace {

using namespace chatwire;

raw_members const some{{"x", raw_json::trusted("1")}};

} // namespace

BOOST_AUTO_TEST_SUITE(chat_error_object)

BOOST_AUTO_TEST_CASE(equality_sees_every_member_of_a_misalignment)
{
    support::check_distinct<chatwire::error_steer>({{}, {.message = "m"}, {.extra = some}});
    support::check_distinct<chatwire::error_misalignment>({{},
                                                           {.error_type = "other"},
                                                           {.detailed_explanation = "e"},
                                                           {.review_target = nullptr},
                                                           {.review_target = "r"},
                                                           {.steer = error_steer{}},
                                                           {.extra = some}});
}

BOOST_AUTO_TEST_CASE(equality_sees_every_member)
{
    support::check_distinct<chatwire::error_object>({{},
                                                     {.message = "m"},
                                                     {.type = "t"},
                                                     {.param = "p"},
                                                     {.code = "c"},
                                                     {.misalignment = error_misalignment{}},
                                                     {.extra = some}});
}

BOOST_AUTO_TEST_SUITE_END()
} // namespace chat_error_object_test
