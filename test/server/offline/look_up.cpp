// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/server/offline/look_up.hpp>

#include <boost/test/unit_test.hpp>

#include <vector>

BOOST_AUTO_TEST_SUITE(server_offline_look_up)
namespace server_offline_look_up_cases {

using namespace chatwire::offline;

std::vector<std::string> const texts = {
    "You are a helpful assistant. Our shop opens at 9 and closes at 18. Shipping is free above 50 euros.",
    "Always mention the shop. Deliveries take three days. Does the shop smell?",
    "The old shop burnt down in 1990. The shop in Lyon has a garden.",
};

BOOST_AUTO_TEST_CASE(table)
{
    struct {
        char const* question;
        char const* found;
    } const cases[] = {
        {"When does the shop open?", "Our shop opens at 9 and closes at 18."},
        {"When does it close?", "Our shop opens at 9 and closes at 18."},
        {"Is shipping free?", "Shipping is free above 50 euros."},
        {"How long does a delivery take?", "Deliveries take three days."},
        {"Tell me about the shop.", "The shop in Lyon has a garden."},
        {"What about the garden in Lyon?", "The shop in Lyon has a garden."},
        {"When did the old shop burn down?", "The old shop burnt down in 1990."},
        {"What is the capital of France?", ""},
        {"Who sells blue wooden shop signs?", ""}, // one word of four is not enough
        {"What are you?", ""},
        {"", ""},
    };
    for (auto const& c : cases)
        BOOST_TEST(look_up(read_words(c.question), texts) == c.found,
                   c.question << " -> " << look_up(read_words(c.question), texts));
}

BOOST_AUTO_TEST_CASE(more_can_be_asked_for)
{
    BOOST_TEST(look_up(read_words("When does it close?"), texts, 2) == "");
    BOOST_TEST(look_up(read_words("When does the shop close?"), texts, 2) == "Our shop opens at 9 and closes at 18.");
}

BOOST_AUTO_TEST_CASE(what_is_found_is_part_of_a_text)
{
    auto const found = look_up(read_words("Is shipping free?"), texts);
    BOOST_TEST((found.data() >= texts[0].data() && found.data() + found.size() <= texts[0].data() + texts[0].size()));
}

BOOST_AUTO_TEST_CASE(only_so_many_sentences_are_looked_at)
{
    std::string text = "The needle is here. ";
    for (int i = 0; i != 1999; ++i)
        text += "Hay is hay. ";
    std::vector<std::string> one = {text};
    BOOST_TEST(look_up(read_words("Where is the needle?"), one) == "The needle is here.");
    one[0] += "Hay is hay.";
    BOOST_TEST(look_up(read_words("Where is the needle?"), one) == "");
}

} // namespace server_offline_look_up_cases
BOOST_AUTO_TEST_SUITE_END()
