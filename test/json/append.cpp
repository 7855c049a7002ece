// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/json/append.hpp>

#include "boost/json/parse.hpp"
#include "chatwire/json/reader.hpp"
#include "chatwire/json/utf8.hpp"

#include <boost/test/unit_test.hpp>

#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace json_append_test {

BOOST_AUTO_TEST_SUITE(json_append)

using namespace chatwire;

namespace {

std::string literal(std::string_view text)
{
    std::string out;
    json::append_string(out, text);
    return out;
}

template <class T>
std::string number(T value)
{
    std::string out;
    json::append_number(out, value);
    return out;
}

} // namespace

BOOST_AUTO_TEST_CASE(escapes_only_what_must_be)
{
    using namespace std::string_view_literals;
    BOOST_TEST(literal("") == R"("")");
    BOOST_TEST(literal("a/b'<\x7f>") == "\"a/b'<\x7f>\"");
    BOOST_TEST(literal("\"\\\b\f\n\r\t") == R"("\"\\\b\f\n\r\t")");
    BOOST_TEST(literal("\0\x1f"sv) == R"("\u0000\u001f")");
    BOOST_TEST(literal("\xC3\xA9\xF0\x9F\x98\x80") == "\"\xC3\xA9\xF0\x9F\x98\x80\"");
}

// What is escaped or replaced stands at each place of a block, behind texts of memory of their own.
BOOST_AUTO_TEST_CASE(something_at_every_place)
{
    std::pair<std::string_view, std::string_view> const cases[] = {{"", ""},
                                                                   {"\n", "\\n"},
                                                                   {"\"\"", "\\\"\\\""},
                                                                   {"\x01", "\\u0001"},
                                                                   {"\xC3\xA9", "\xC3\xA9"},
                                                                   {"\xE4\xBD\xA0", "\xE4\xBD\xA0"},
                                                                   {"\xFF", "\xEF\xBF\xBD"},
                                                                   {"\xE4\xBD", "\xEF\xBF\xBD"}};
    for (std::size_t before = 0; before <= 40; ++before)
        for (std::size_t after = 0; after <= 20; ++after)
            for (auto const& [bytes, written] : cases) {
                auto const text = std::string(before, 'a') + std::string(bytes) + std::string(after, 'z');
                std::vector<char> alone(text.begin(), text.end());
                alone.shrink_to_fit();
                auto const out = literal({alone.data(), alone.size()});
                BOOST_REQUIRE(out ==
                              '"' + std::string(before, 'a') + std::string(written) + std::string(after, 'z') + '"');
            }
}

// Texts that become six times as long.
BOOST_AUTO_TEST_CASE(nothing_but_escapes)
{
    for (std::size_t const n : {1, 15, 16, 100, 1000, 10000}) {
        std::string expected = "\"";
        for (std::size_t i = 0; i < n; ++i)
            expected += "\\u0001";
        BOOST_REQUIRE(literal(std::string(n, '\x01')) == expected + '"');
    }
}

BOOST_AUTO_TEST_CASE(what_is_no_utf8_is_replaced)
{
    BOOST_TEST(literal("a\xFFz") == "\"a\xEF\xBF\xBDz\"");
    BOOST_TEST(literal("\xC3") == "\"\xEF\xBF\xBD\"");
    BOOST_TEST(literal("\xED\xA0\x80") == "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\"");
}

// Any bytes give a literal that Boost.JSON reads; UTF-8 comes back as it was.
BOOST_AUTO_TEST_CASE(any_bytes_give_a_valid_literal)
{
    std::mt19937 random(1);
    for (int i = 0; i < 2000; ++i) {
        std::string text;
        for (auto n = random() % 40; n > 0; --n)
            text += static_cast<char>(random() % 3 ? random() % 128 : random() % 256);
        auto const out = literal(text);
        boost::system::error_code ec;
        auto const read = boost::json::parse(boost::json::string_view(out.data(), out.size()), ec);
        BOOST_REQUIRE(!ec);
        if (json::is_utf8(text))
            BOOST_TEST(std::string(read.get_string().c_str(), read.get_string().size()) == text);
    }
}

BOOST_AUTO_TEST_CASE(integers)
{
    BOOST_TEST(number<std::int64_t>(0) == "0");
    BOOST_TEST(number(std::numeric_limits<std::int64_t>::max()) == "9223372036854775807");
    BOOST_TEST(number(std::numeric_limits<std::int64_t>::min()) == "-9223372036854775808");
}

BOOST_AUTO_TEST_CASE(doubles_read_back_as_they_were)
{
    BOOST_TEST(number(0.1) == "0.1");
    BOOST_TEST(number(1.0) == "1");
    BOOST_TEST(number(-9999.0) == "-9999");
    BOOST_TEST(number(std::nan("")) == "null");
    BOOST_TEST(number(-std::numeric_limits<double>::infinity()) == "null");
    BOOST_TEST(number(-0.0) == "-0.0"); // which is read as what it is: -0 is 0
    std::mt19937_64 random(2);
    for (int i = 0; i < 2000; ++i) {
        auto const bits = random();
        double d;
        std::memcpy(&d, &bits, sizeof d);
        if (!std::isfinite(d))
            continue;
        auto const read = json::read<double>(number(d));
        BOOST_TEST((read && *read == d), number(d));
    }
}

BOOST_AUTO_TEST_CASE(members)
{
    std::string out;
    json::append_members(out, {});
    json::append_members(out, {{"a\"b", raw_json::trusted("1")}, {"", raw_json::trusted("[ ]")}});
    BOOST_TEST(out == R"({}{"a\"b":1,"":[ ]})");
}

BOOST_AUTO_TEST_SUITE_END()
} // namespace json_append_test
