// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/chat/role.hpp>

#include "support/words.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(chat_role)

BOOST_AUTO_TEST_CASE(words)
{
    using chatwire::role;
    support::check_words<role>({{role::system, "system"},
                                {role::developer, "developer"},
                                {role::user, "user"},
                                {role::assistant, "assistant"},
                                {role::tool, "tool"},
                                {role::function, "function"}});
}

BOOST_AUTO_TEST_SUITE_END()
