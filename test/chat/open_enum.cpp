// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/chat/open_enum.hpp>

#include <boost/test/unit_test.hpp>

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace chat_open_enum_test {

enum class fruit : unsigned char { apple, pear };
constexpr std::array<std::string_view, 2> enum_names(fruit) { return {"apple", "pear"}; }
using word = chatwire::open_enum<fruit>;

BOOST_AUTO_TEST_SUITE(chat_open_enum)

BOOST_AUTO_TEST_CASE(a_known_word)
{
    for (word const& w : {word(fruit::pear), word("pear"), word(std::string("pear")), word(std::string_view("pear"))}) {
        BOOST_TEST(w.known());
        BOOST_TEST((w == fruit::pear));
        BOOST_TEST((w != fruit::apple));
        BOOST_TEST((w == "pear"));
        BOOST_TEST((w == word("pear")));
        BOOST_TEST(w.text() == "pear");
        BOOST_TEST((w.value_or(fruit::apple) == fruit::pear));
    }
}

BOOST_AUTO_TEST_CASE(an_unknown_word_stays_what_it_is)
{
    for (std::string const text :
         {"", "Pear", "pear ", "a word that is too long for the small strings of any library"}) {
        word const w(text);
        BOOST_TEST(!w.known());
        BOOST_TEST(w.text() == text);
        BOOST_TEST((w == text));
        BOOST_TEST((w != fruit::apple));
        BOOST_TEST((w != fruit::pear));
        BOOST_TEST((w.value_or(fruit::apple) == fruit::apple));
    }
}

BOOST_AUTO_TEST_CASE(can_change)
{
    word w("plum");
    w.assign("apple");
    BOOST_TEST((w == word()));
    w.assign("plum");
    BOOST_TEST((w == "plum"));
    w = fruit::pear;
    BOOST_TEST((w == fruit::pear));
    std::optional<word> maybe = fruit::pear;
    BOOST_TEST((maybe == fruit::pear));
}

BOOST_AUTO_TEST_SUITE_END()
} // namespace chat_open_enum_test
