// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/json/scan.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace json_scan_test {

BOOST_AUTO_TEST_SUITE(json_scan)

using namespace chatwire::json;

namespace {

// One byte after another, against which the others are held.
char const* first_other(char const* p, char const* end)
{
    while (p != end && detail::plain(*p))
        ++p;
    return p;
}

// What is behind a text is not to be looked at, which the sanitizer sees to: each has memory of its own.
struct text_alone {
    explicit text_alone(std::string_view of) : memory(of.begin(), of.end()) { memory.shrink_to_fit(); }

    char const* begin() const { return memory.data(); }
    char const* end() const { return memory.data() + memory.size(); }

    std::vector<char> memory;
};

// Whatever looks through a text finds the first byte that is not plain, and what copies it copies what is before.
template <class Block>
void check(std::string_view whole)
{
    text_alone const text(whole);
    for (std::size_t from = 0; from <= std::min<std::size_t>(whole.size(), 17); ++from) {
        auto const* const p = text.begin() + from;
        auto const* const expected = first_other(p, text.end());
        auto const length = static_cast<std::size_t>(expected - p);
        auto const left = static_cast<std::size_t>(text.end() - p);
        BOOST_REQUIRE(detail::skip_plain<Block>(p, text.end()) == expected);

        std::vector<char> room(std::max(left, Block::size));
        std::size_t copied = Block::size;
        bool const whole = detail::copy_block<Block>(p, text.end(), room.data(), copied);
        BOOST_REQUIRE(whole == (length >= Block::size));
        BOOST_REQUIRE(copied == std::min(length, Block::size));
        BOOST_REQUIRE(std::equal(p, p + copied, room.data()));

        std::vector<char> all(left + std::max<std::size_t>(Block::size, 8), '?');
        auto const* at = p;
        char* to = all.data();
        detail::copy_all_plain<Block>(text.begin(), at, text.end(), to);
        BOOST_REQUIRE(at == expected);
        BOOST_REQUIRE(to == all.data() + length);
        BOOST_REQUIRE(std::equal(p, expected, all.data()));
    }
}

void check_all(std::string_view text)
{
    check<detail::byte_block>(text);
    if constexpr (std::endian::native == std::endian::little)
        check<detail::word_block>(text);
    check<detail::text_block>(text);
}

} // namespace

// Every byte at a place of each kind, after every kind of byte that may stand before it.
BOOST_AUTO_TEST_CASE(plain_text_ends_where_the_first_other_byte_is)
{
    for (int special = 0; special < 256; ++special) {
        bool const ends = special < 0x20 || special >= 0x80 || special == '"' || special == '\\';
        BOOST_TEST(detail::plain(static_cast<char>(special)) == !ends);
        for (std::size_t const at : {0, 7, 8, 15, 16, 19})
            for (char const fill : {'a', ' ', '!', '#', '[', ']', '\x7f'}) {
                std::string text(20, fill);
                text[at] = static_cast<char>(special);
                check_all(text);
            }
    }
}

// Texts of every length up to several blocks, with another byte at every place, from unaligned beginnings.
BOOST_AUTO_TEST_CASE(every_length_and_every_place)
{
    for (std::size_t length = 0; length <= 66; ++length) {
        check_all(std::string(length, 'a'));
        for (std::size_t at = 0; at < length; ++at)
            for (char const special : {'"', '\\', '\n', '\xC3', '\xFF'}) {
                std::string text(length, 'a');
                text[at] = special;
                check_all(text);
            }
    }
}

BOOST_AUTO_TEST_CASE(several_other_bytes_in_one_word)
{
    std::mt19937 random(1);
    for (int i = 0; i < 3000; ++i) {
        std::string text(40, ' ');
        for (auto& c : text)
            c = static_cast<char>(random() % 8 ? 'a' + random() % 26 : random() % 256);
        check_all(text);
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
