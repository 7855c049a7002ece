// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/json/finish_reason.hpp>

#include "support/read.hpp"

#include <boost/test/unit_test.hpp>

#include <optional>
#include <string>

namespace json_finish_reason_test {

BOOST_AUTO_TEST_SUITE(json_finish_reason)

using namespace chatwire;

BOOST_AUTO_TEST_CASE(words)
{
    using type = std::optional<open_enum<finish_reason>>;
    diagnostics log;
    for (std::string const word :
         {"stop", "length", "tool_calls", "content_filter", "function_call", "end_turn", "STOP", "error"}) {
        auto const read = support::read_answer<type>('"' + word + '"', &log);
        BOOST_TEST(read->text() == word);
        BOOST_TEST(json::to_text(read) == '"' + word + '"');
    }
    BOOST_TEST(log.count() == 0u);
    for (auto const* none : {"\"\"", "\"null\""})
        BOOST_TEST(!support::read_answer<type>(none, &log).has_value());
    BOOST_TEST(support::codes(log) == "empty_finish_reason empty_finish_reason");
    BOOST_TEST(json::to_text(type()) == "null");
}

BOOST_AUTO_TEST_SUITE_END()
} // namespace json_finish_reason_test
