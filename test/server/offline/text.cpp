// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/server/offline/detail/text.hpp>
#include <chatwire/server/offline/text.hpp>

#include <boost/test/unit_test.hpp>

#include <random>

BOOST_AUTO_TEST_SUITE(server_offline_text)
namespace server_offline_text_cases {

using namespace chatwire::offline;

bool valid(std::string_view s)
{
    while (!s.empty()) {
        auto const n = detail::utf8_length(s);
        if (n == 0)
            return false;
        s.remove_prefix(n);
    }
    return true;
}

std::string repeat(std::string_view unit, std::size_t times)
{
    std::string s;
    while (times--)
        s += unit;
    return s;
}

BOOST_AUTO_TEST_CASE(clean_keeps_what_is_good)
{
    std::string const good = "Z\xc3\xbcrich \xe2\x82\xac 5 \xf0\x9f\x98\x80\nnew line";
    BOOST_TEST(clean(good, 1000) == good);
    BOOST_TEST(clean("a\tb\r\nc\x01"
                     "d\x7f\xc2\xa0\xe3\x80\x80",
                     1000) == "a b \nc d   ");
    BOOST_TEST(clean(std::string_view("a\0b", 3), 1000) == "a b");
    BOOST_TEST(clean("", 10) == "");
}

BOOST_AUTO_TEST_CASE(clean_replaces_what_is_not_utf8)
{
    std::string const r = "\xEF\xBF\xBD";
    BOOST_TEST(clean("a\xff"
                     "b",
                     1000) == "a" + r + "b");
    BOOST_TEST(clean("\xc3", 1000) == r);
    BOOST_TEST(clean("\xc0\xaf", 1000) == r + r);         // overlong
    BOOST_TEST(clean("\xed\xa0\x80", 1000) == r + r + r); // a surrogate
    BOOST_TEST(clean("\xf4\x90\x80\x80", 1000) == r + r + r + r);
}

BOOST_AUTO_TEST_CASE(clean_keeps_both_ends_of_a_long_text)
{
    auto const text = "begin " + repeat("\xf0\x9f\x98\x80", 10000) + " end";
    for (std::size_t max = 8; max != 64; ++max) {
        auto const c = clean(text, max);
        BOOST_TEST(valid(c));
        BOOST_TEST(c.size() <= max + 1);
        BOOST_TEST(c.find('\n') != c.npos);
    }
    auto const c = clean(text, 40);
    BOOST_TEST(c.starts_with("begin "));
    BOOST_TEST(c.ends_with(" end"));
}

BOOST_AUTO_TEST_CASE(shorten_cuts_between_characters)
{
    auto const text = repeat("\xe2\x82\xac", 10);
    for (std::size_t max = 0; max != 30; ++max) {
        auto const s = shorten(text, max);
        BOOST_TEST(valid(s));
        BOOST_TEST(s.ends_with("..."));
        BOOST_TEST(s.size() <= max + 3);
    }
    BOOST_TEST(shorten(text, 30) == text);
}

BOOST_AUTO_TEST_CASE(pieces_are_words_with_the_blanks_that_follow)
{
    auto const pieces = [](std::string_view s) {
        std::string all;
        while (!s.empty()) {
            auto const n = piece_length(s);
            all += "[" + std::string(s.substr(0, n)) + "]";
            s.remove_prefix(n);
        }
        return all;
    };
    BOOST_TEST(pieces("") == "");
    BOOST_TEST(pieces("one") == "[one]");
    BOOST_TEST(pieces("one two  three\n") == "[one ][two  ][three\n]");
    BOOST_TEST(pieces("  one two") == "[  one ][two]");
    BOOST_TEST(pieces("   ") == "[   ]");
    BOOST_TEST(pieces(repeat("x", 70)) == "[" + repeat("x", 32) + "][" + repeat("x", 32) + "][xxxxxx]");
    BOOST_TEST(count_pieces("one two  three\n") == 3u);
}

BOOST_AUTO_TEST_CASE(pieces_of_any_text_make_it_whole_and_cut_no_character)
{
    std::mt19937 random(1);
    std::string_view const units[] = {"a", " ", "\n", "\xc3\xbc", "\xe2\x82\xac", "\xf0\x9f\x98\x80", "word ", "."};
    for (int round = 0; round != 300; ++round) {
        std::string text;
        for (auto n = random() % 200; n != 0; --n)
            text += units[random() % std::size(units)];
        std::string whole;
        for (std::string_view rest = text; !rest.empty();) {
            auto const n = piece_length(rest);
            BOOST_REQUIRE(n != 0u);
            BOOST_TEST(n <= 96u);
            BOOST_TEST(valid(rest.substr(0, n)));
            whole += rest.substr(0, n);
            rest.remove_prefix(n);
        }
        BOOST_TEST(whole == text);
    }
    // bytes that are no text at all do not stop it either
    for (int round = 0; round != 300; ++round) {
        std::string text(random() % 300, '\0');
        for (auto& c : text)
            c = static_cast<char>(round % 2 ? random() : 0x80 | (random() & 0x3f));
        BOOST_TEST((count_pieces(text) != 0u || text.empty()));
        BOOST_TEST(valid(clean(text, 100)));
    }
}

} // namespace server_offline_text_cases
BOOST_AUTO_TEST_SUITE_END()
