// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/http/fields.hpp>

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

namespace http_fields_test {
namespace {

using namespace std::string_view_literals;
using chatwire::errc;
using chatwire::http::fields;

std::string text(fields const& all)
{
    std::string s;
    for (auto const& f : all)
        s += f.name + "=" + f.value + ";";
    return s;
}

fields make(std::vector<std::pair<std::string_view, std::string_view>> const& list)
{
    fields f;
    for (auto const& [name, value] : list)
        BOOST_TEST(!f.insert(name, value));
    return f;
}

} // namespace

BOOST_AUTO_TEST_SUITE(http_fields)

BOOST_AUTO_TEST_CASE(order_and_case_are_kept)
{
    auto const f = make({{"B", "1"}, {"a", "2"}, {"b", "3"}});
    BOOST_TEST(text(f) == "B=1;a=2;b=3;");
    BOOST_TEST(f.size() == 3u);
    BOOST_TEST(f.find("b").value() == "1");
    BOOST_TEST(f.find("A").value() == "2");
    BOOST_TEST(!f.find("c"));
    BOOST_TEST(f.count("B") == 2u);
    BOOST_TEST(f.count("c") == 0u);
}

BOOST_AUTO_TEST_CASE(set_leaves_one)
{
    auto f = make({{"a", "1"}, {"b", "2"}, {"A", "3"}, {"c", "4"}});
    BOOST_TEST(!f.set("A", "5"));
    BOOST_TEST(text(f) == "A=5;b=2;c=4;");
    BOOST_TEST(!f.set("d", "6"));
    BOOST_TEST(text(f) == "A=5;b=2;c=4;d=6;");
    // from a view of itself
    BOOST_TEST(!f.insert("a", "a long value that is not held in the string object itself"));
    BOOST_TEST(!f.set((f.end() - 1)->name, (f.end() - 1)->value));
    BOOST_TEST(f.find("a").value().starts_with("a long value"));
    BOOST_TEST(f.count("a") == 1u);
}

BOOST_AUTO_TEST_CASE(erase_takes_all)
{
    auto f = make({{"a", "1"}, {"b", "2"}, {"A", "3"}});
    BOOST_TEST(f.erase(f.begin()->name) == 2u);
    BOOST_TEST(text(f) == "b=2;");
    BOOST_TEST(f.erase("x") == 0u);
    f.clear();
    BOOST_TEST(f.empty());
}

BOOST_AUTO_TEST_CASE(nothing_can_be_injected)
{
    auto f = make({{"a", "1"}});
    for (auto bad : {"x\r\nb: 2"sv, "x\n"sv, "x\r"sv, "\0"sv, "\x7f"sv, "\x1f"sv}) {
        BOOST_TEST((f.insert("a", bad) == errc::invalid_header));
        BOOST_TEST((f.set("a", bad) == errc::invalid_header));
    }
    for (auto bad : {""sv, "a:"sv, "a b"sv, "a\r\n"sv, " a"sv, "\xc3\xa9"sv, "a\0"sv}) {
        BOOST_TEST((f.insert(bad, "x") == errc::invalid_header));
        BOOST_TEST((f.set(bad, "x") == errc::invalid_header));
    }
    BOOST_TEST(text(f) == "a=1;");
}

BOOST_AUTO_TEST_CASE(values_are_trimmed)
{
    auto f = make({{"a", " x y\t"}, {"b", " "}});
    BOOST_TEST(text(f) == "a=x y;b=;");
    BOOST_TEST(!f.set("a", "\tz "));
    BOOST_TEST(f.find("a").value() == "z");
}

BOOST_AUTO_TEST_CASE(lists)
{
    auto const f = make({{"Connection", "Upgrade , keep-alive"}, {"connection", ",,x"}, {"other", "y"}});
    for (auto member : {"upgrade", "Keep-Alive", "X"})
        BOOST_TEST(f.has_token("connection", member), member);
    for (auto other : {"keep", "alive", "y", "upgrade , keep-alive"})
        BOOST_TEST(!f.has_token("Connection", other), other);
}

BOOST_AUTO_TEST_SUITE_END()
} // namespace http_fields_test
