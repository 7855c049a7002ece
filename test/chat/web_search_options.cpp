// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/chat/web_search_options.hpp>

#include "support/values.hpp"

#include <boost/test/unit_test.hpp>

namespace chat_web_search_options_test {
namespace {

using namespace chatwire;

raw_members const some{{"x", raw_json::trusted("1")}};

} // namespace

BOOST_AUTO_TEST_SUITE(chat_web_search_options)

BOOST_AUTO_TEST_CASE(equality_sees_every_member_of_approximate_location)
{
    support::check_distinct<chatwire::approximate_location>(
        {{}, {.city = "c"}, {.country = "c"}, {.region = "c"}, {.timezone = "c"}, {.extra = some}});
}

BOOST_AUTO_TEST_CASE(equality_sees_every_member_of_user_location)
{
    support::check_distinct<chatwire::user_location>(
        {{}, {.type = "t"}, {.approximate = approximate_location{}}, {.extra = some}});
}

BOOST_AUTO_TEST_CASE(equality_sees_every_member_of_web_search_options)
{
    support::check_distinct<chatwire::web_search_options>({{},
                                                           {.search_context_size = search_context_size::low},
                                                           {.user_location = nullptr},
                                                           {.user_location = user_location{}},
                                                           {.extra = some}});
}

BOOST_AUTO_TEST_SUITE_END()
} // namespace chat_web_search_options_test
