// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/chat/model.hpp>

#include "support/values.hpp"

#include <boost/test/unit_test.hpp>

namespace chat_model_test {
namespace {

using namespace chatwire;

raw_members const some{{"x", raw_json::trusted("1")}};

} // namespace

BOOST_AUTO_TEST_SUITE(chat_model)

BOOST_AUTO_TEST_CASE(equality_sees_every_member)
{
    support::check_distinct<chatwire::model>({{},
                                              {.id = "i"},
                                              {.object = "o"},
                                              {.created = 1},
                                              {.owned_by = "w"},
                                              {.shutdown_date = nullptr},
                                              {.shutdown_date = "d"},
                                              {.extra = some}});
}

BOOST_AUTO_TEST_CASE(equality_of_lists)
{
    support::check_distinct<chatwire::model_list>({{}, {.object = "o"}, {.data = {{}}}, {.extra = some}});
}

BOOST_AUTO_TEST_SUITE_END()
} // namespace chat_model_test
