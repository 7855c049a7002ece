// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/json/scan.hpp>

#include <boost/test/unit_test.hpp>

#include <cstddef>
#include <random>
#include <string>
#include <string_view>

namespace json_scan_test {

BOOST_AUTO_TEST_SUITE(json_scan)

using namespace chatwire::json;

// Every byte at every place, after every kind of byte that may stand before it.
BOOST_AUTO_TEST_CASE(plain_text_ends_where_the_first_other_byte_is)
{
    for (int special = 0; special < 256; ++special)
        for (std::size_t at = 0; at < 20; ++at)
            for (char const fill : {'a', ' ', '!', '#', '[', ']', '\x7f'}) {
                std::string text(24, fill);
                text[at] = static_cast<char>(special);
                bool const ends = special < 0x20 || special >= 0x80 || special == '"' || special == '\\';
                BOOST_TEST(detail::plain(text[at]) == !ends);
                auto const* const stop = detail::skip_plain(text.data(), text.data() + text.size());
                BOOST_REQUIRE(static_cast<std::size_t>(stop - text.data()) == (ends ? at : text.size()));
                // and not beyond the end
                BOOST_REQUIRE(detail::skip_plain(text.data(), text.data() + at) == text.data() + at);
            }
}

BOOST_AUTO_TEST_CASE(several_other_bytes_in_one_word)
{
    std::mt19937 random(1);
    for (int i = 0; i < 20000; ++i) {
        char text[16];
        for (auto& c : text)
            c = static_cast<char>(random() % 4 ? 'a' + random() % 26 : random() % 256);
        auto const* expected = text;
        while (expected != text + 16 && detail::plain(*expected))
            ++expected;
        BOOST_REQUIRE(detail::skip_plain(text, text + 16) == expected);
    }
}

BOOST_AUTO_TEST_CASE(numbers)
{
    struct {
        std::string_view text;
        int length; // of the number; -1: none
        bool integer;
    } const cases[] = {{"0", 1, true},    {"-0", 2, true},    {"12", 2, true},     {"01", 1, true},
                       {"1.5", 3, false}, {"1e5", 3, false},  {"1E-05", 5, false}, {"-1.25e+3x", 8, false},
                       {"", -1, true},    {"-", -1, true},    {"1.", -1, true},    {".5", -1, true},
                       {"1e", -1, true},  {"1e+", -1, true},  {"+1", -1, true},    {"123abc", 3, true},
                       {"--1", -1, true}, {"1.5.2", 3, false}};
    for (auto const& c : cases) {
        bool integer = false;
        auto const* const end = detail::skip_number(c.text.data(), c.text.data() + c.text.size(), integer);
        BOOST_TEST((end ? static_cast<int>(end - c.text.data()) : -1) == c.length, c.text);
        if (end)
            BOOST_TEST(integer == c.integer, c.text);
    }
}

BOOST_AUTO_TEST_SUITE_END()
} // namespace json_scan_test
