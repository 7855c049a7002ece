// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/json/utf8.hpp>

#include <boost/test/unit_test.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace json_utf8_test {

BOOST_AUTO_TEST_SUITE(json_utf8)

using namespace chatwire::json;

namespace {

std::size_t length(std::string_view text) { return utf8_length(text.data(), text.data() + text.size()); }
std::size_t bad(std::string_view text) { return utf8_bad_length(text.data(), text.data() + text.size()); }

} // namespace

// Every Unicode scalar value is one sequence, no part of it is one, and no other bytes are.
BOOST_AUTO_TEST_CASE(every_scalar_value)
{
    for (char32_t c = 0; c < 0x110000; c += c < 0x3000 ? 1 : 37) {
        if (c >= 0xD800 && c < 0xE000)
            continue;
        std::string text;
        append_utf8(text, c);
        BOOST_REQUIRE(length(text) == text.size());
        BOOST_REQUIRE(text.size() == (c < 0x80 ? 1u : c < 0x800 ? 2u : c < 0x10000 ? 3u : 4u));
        BOOST_REQUIRE(is_utf8(text));
        for (std::size_t n = 1; n < text.size(); ++n) {
            BOOST_REQUIRE(length(std::string_view(text).substr(0, n)) == 0);
            BOOST_REQUIRE(bad(std::string_view(text).substr(0, n)) == n);
            BOOST_REQUIRE(length(std::string_view(text).substr(n)) == 0);
        }
    }
}

BOOST_AUTO_TEST_CASE(ill_formed)
{
    // overlong, surrogates, beyond the last, alone, cut; and how many bytes one replacement stands for
    std::pair<std::string_view, std::size_t> const cases[] = {{"\xC0\x80", 1},
                                                              {"\xC1\xBF", 1},
                                                              {"\xE0\x80\x80", 1},
                                                              {"\xE0\x9F\xBF", 1},
                                                              {"\xED\xA0\x80", 1},
                                                              {"\xF0\x80\x80\x80", 1},
                                                              {"\xF0\x8F\xBF\xBF", 1},
                                                              {"\xF4\x90\x80\x80", 1},
                                                              {"\xF5\x80\x80\x80", 1},
                                                              {"\xFF", 1},
                                                              {"\x80", 1},
                                                              {"\xE2\x82", 2},
                                                              {"\xE2\x82z", 2},
                                                              {"\xF0\x9F\x98", 3},
                                                              {"\xF0\x9F\x98z", 3},
                                                              {"\xC3z", 1}};
    for (auto const& [text, n] : cases) {
        BOOST_TEST(length(text) == 0u);
        BOOST_TEST(bad(text) == n);
        BOOST_TEST(!is_utf8(text));
    }
    BOOST_TEST(length("") == 0u);
    BOOST_TEST(is_utf8(""));
}

BOOST_AUTO_TEST_SUITE_END()
} // namespace json_utf8_test
