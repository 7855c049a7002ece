// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/chat/string_map.hpp>

#include "support/values.hpp"

#include <boost/test/unit_test.hpp>

#include <cstddef>
#include <string>

namespace chat_string_map_test {
namespace {

using namespace chatwire;

} // namespace

BOOST_AUTO_TEST_SUITE(chat_string_map)

BOOST_AUTO_TEST_CASE(equality_sees_every_member)
{
    support::check_distinct<chatwire::logit_bias>(
        {{}, {{"a", 1}}, {{"a", 2}}, {{"b", 1}}, {{"a", 1}, {"b", 1}}, {{"b", 1}, {"a", 1}}});
}

BOOST_AUTO_TEST_CASE(entries_stay_in_their_order)
{
    metadata m{{"topic", "demo"}, {"user", "7"}};
    m.set("topic", "x");
    m.set("a", "y");
    m.append("b") = "z";
    std::string out;
    for (auto const& [name, value] : m)
        out += name + value;
    BOOST_TEST(out == "topicxuser7aybz");
    BOOST_TEST(m.size() == 4u);
    BOOST_TEST(*m.find("user") == "7");
    BOOST_TEST(!m.find("none"));
    m.erase_at([](std::size_t i) { return i < 3; });
    BOOST_TEST((m == metadata{{"b", "z"}}));
    m.clear();
    BOOST_TEST(m.empty());
}

BOOST_AUTO_TEST_SUITE_END()
} // namespace chat_string_map_test
