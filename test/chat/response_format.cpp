// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/chat/response_format.hpp>

#include "support/values.hpp"

#include <boost/test/unit_test.hpp>

namespace chat_response_format_test {
namespace {

using namespace chatwire;

raw_members const some{{"x", raw_json::trusted("1")}};

} // namespace

BOOST_AUTO_TEST_SUITE(chat_response_format)

BOOST_AUTO_TEST_CASE(equality_sees_every_member)
{
    support::check_distinct<chatwire::json_schema_format>({{},
                                                           {.name = "n"},
                                                           {.description = "d"},
                                                           {.schema = raw_json::trusted("{}")},
                                                           {.strict = true},
                                                           {.extra = some}});
}

BOOST_AUTO_TEST_CASE(equality_of_formats)
{
    support::check_distinct<chatwire::response_format>(
        {{}, {.type = response_format_type::json_object}, {.json_schema = json_schema_format{}}, {.extra = some}});
}

BOOST_AUTO_TEST_CASE(with_a_schema)
{
    auto const f = response_format::schema({.name = "n"});
    BOOST_TEST((f.type == response_format_type::json_schema));
    BOOST_TEST(f.json_schema->name == "n");
}

BOOST_AUTO_TEST_SUITE_END()
} // namespace chat_response_format_test
