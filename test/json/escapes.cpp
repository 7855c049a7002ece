// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
// RFC 8259, section 7.
#include <chatwire/json/escapes.hpp>

#include <boost/test/unit_test.hpp>

#include <string_view>

BOOST_AUTO_TEST_SUITE(json_escapes)

namespace json_escapes_test {

using namespace chatwire::json::detail;

BOOST_AUTO_TEST_CASE(what_is_written_with_a_letter_is_read_back)
{
    int letters = 0;
    for (int i = 0; i < 256; ++i)
        if (char const letter = escape_letters[static_cast<std::size_t>(i)]) {
            ++letters;
            BOOST_TEST(static_cast<unsigned char>(simple_escapes[static_cast<unsigned char>(letter)]) == i);
        }
    BOOST_TEST(letters == 7);
    BOOST_TEST(simple_escapes['/'] == '/'); // which need not be escaped
    BOOST_TEST(simple_escapes['u'] == 0);
}

unicode_escape read(std::string_view text) { return read_unicode_escape(text.data(), text.data() + text.size()); }

BOOST_AUTO_TEST_CASE(characters_are_read_from_their_numbers)
{
    auto const one = read("\\u00e9\\u0041");
    BOOST_TEST((one.character == 0xE9 && one.length == 6 && !one.lone));
    auto const pair = read("\\uD83D\\ude00");
    BOOST_TEST((pair.character == 0x1F600 && pair.length == 12 && !pair.lone));
    for (std::string_view const half : {"\\ud83d", "\\ud83dx", "\\ud83d\\n", "\\ud83d\\u0041", "\\ude00\\ud83d",
                                        "\\ud83d\\ud83d\\ude00", "\\ud83d\\ude0"}) {
        auto const e = read(half);
        BOOST_TEST((e.character == 0xFFFD && e.length == 6 && e.lone), half);
    }
}

BOOST_AUTO_TEST_CASE(what_is_no_number_is_none)
{
    for (std::string_view const none :
         {"\\", "\\u", "\\u0", "\\u004", "\\u004g", "\\u-041", "\\u+041", "\\u 041", "\\n"})
        BOOST_TEST(read(none).length == 0u, none);
}

} // namespace json_escapes_test

BOOST_AUTO_TEST_SUITE_END()
