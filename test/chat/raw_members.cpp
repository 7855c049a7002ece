// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/chat/raw_members.hpp>

#include <boost/test/unit_test.hpp>

#include <cstddef>

BOOST_AUTO_TEST_SUITE(chat_raw_members)

using chatwire::raw_json;
using chatwire::raw_members;

namespace {
raw_json number(char const* text) { return raw_json::trusted(text); }
} // namespace

BOOST_AUTO_TEST_CASE(keep_their_order)
{
    raw_members m{{"b", number("1")}, {"a", number("2")}};
    m.set("c", number("3"));
    m.set("b", number("4"));
    std::string names;
    for (auto const& member : m)
        names += member.name;
    BOOST_TEST(names == "bac");
    BOOST_TEST(m.find("b")->text() == "4");
    BOOST_TEST(m.find("d") == nullptr);
    BOOST_TEST(!(m == raw_members{{"a", number("2")}, {"b", number("4")}, {"c", number("3")}}));
}

BOOST_AUTO_TEST_CASE(many_are_set_as_each_would_be)
{
    raw_members m;
    m.set_all({{"b", number("1")}, {"a", number("2")}});
    BOOST_TEST((m == raw_members{{"b", number("1")}, {"a", number("2")}}));
    m.set_all({{"c", number("3")}, {"a", number("4")}, {"", number("5")}});
    BOOST_TEST((m == raw_members{{"b", number("1")}, {"a", number("4")}, {"c", number("3")}, {"", number("5")}}));
    m.set_all({});
    BOOST_TEST(m.size() == 4u);
    // appended twice, to something and to nothing: the last counts
    raw_members const twice{{"a", number("6")}, {"d", number("7")}, {"a", number("8")}, {"d", number("9")}};
    m.set_all(twice);
    BOOST_TEST(
        (m == raw_members{
                  {"b", number("1")}, {"a", number("8")}, {"c", number("3")}, {"", number("5")}, {"d", number("9")}}));
    raw_members none;
    none.set_all(twice);
    BOOST_TEST((none == raw_members{{"a", number("8")}, {"d", number("9")}}));
}

BOOST_AUTO_TEST_CASE(erase)
{
    raw_members m{{"a", number("1")}, {"b", number("2")}, {"c", number("3")}};
    m.erase("a");
    m.erase("x");
    BOOST_TEST((m == raw_members{{"b", number("2")}, {"c", number("3")}}));
    m.append("b", number("4"));
    m.erase_at([](std::size_t i) { return i == 0; });
    BOOST_TEST((m == raw_members{{"c", number("3")}, {"b", number("4")}}));
    BOOST_TEST(m.size() == 2u);
    m.clear();
    BOOST_TEST(m.empty());
}

BOOST_AUTO_TEST_SUITE_END()
