// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/chat/response_format_type.hpp>

#include "support/words.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(chat_response_format_type)

BOOST_AUTO_TEST_CASE(words)
{
    using chatwire::response_format_type;
    support::check_words<response_format_type>({{response_format_type::text, "text"},
                                                {response_format_type::json_object, "json_object"},
                                                {response_format_type::json_schema, "json_schema"}});
}

BOOST_AUTO_TEST_SUITE_END()
