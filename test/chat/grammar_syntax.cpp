// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/chat/grammar_syntax.hpp>

#include "support/words.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(chat_grammar_syntax)

BOOST_AUTO_TEST_CASE(words)
{
    using chatwire::grammar_syntax;
    support::check_words<grammar_syntax>({{grammar_syntax::lark, "lark"}, {grammar_syntax::regex, "regex"}});
}

BOOST_AUTO_TEST_SUITE_END()
