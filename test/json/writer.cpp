// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/json/writer.hpp>

#include "support/round_trip.hpp"
#include <chatwire/json/message.hpp>
#include <chatwire/json/utf8.hpp>

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

namespace json_writer_test {

BOOST_AUTO_TEST_SUITE(json_writer)

using namespace chatwire;

BOOST_AUTO_TEST_CASE(appends)
{
    std::string out = "x";
    json::write(out, std::vector<std::string>{"a", "b"});
    BOOST_TEST(out == R"(x["a","b"])");
    BOOST_TEST(json::to_text(std::string("a")) == R"("a")");
    BOOST_TEST(json::to_raw(std::string("a")).text() == R"("a")");
}

// A literal that ends in a brace or bracket is no beginning: commas are where they must be.
BOOST_AUTO_TEST_CASE(commas)
{
    message const m{.role = "{",
                    .content = content{text_part{"["}, text_part{"{"}},
                    .name = "{",
                    .extra = {{"{", raw_json::trusted("\"{\"")}, {"x", raw_json::trusted("1")}}};
    support::check_value(m);
    support::check_value(std::vector<std::string>{"[", "{", "["});
    support::check_value(std::vector<std::vector<std::string>>{{}, {}, {"["}, {}});
}

BOOST_AUTO_TEST_CASE(what_is_no_utf8_is_valid_when_written)
{
    auto const text = json::to_text(message::user("a\xC3"));
    BOOST_TEST(json::is_utf8(text));
    BOOST_TEST(json::read<message>(text)->text() == "a\xEF\xBF\xBD");
}

BOOST_AUTO_TEST_SUITE_END()
} // namespace json_writer_test
