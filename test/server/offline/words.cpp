// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/server/offline/words.hpp>

#include <boost/test/unit_test.hpp>

#include <random>

BOOST_AUTO_TEST_SUITE(server_offline_words)
namespace server_offline_words_cases {

using namespace chatwire::offline;

std::string words_of(std::string_view text)
{
    std::string all;
    for (auto const& w : read_words(text).words)
        all += w.mark ? "<" + w.lower + ">" : "[" + w.lower + "]";
    return all;
}

std::string clauses_of(std::string_view sentence)
{
    std::string all;
    for (auto const& c : split_clauses(sentence)) {
        auto const b = c.bare();
        all += b.verbatim(0, b.words.size()) + (b.question ? "?|" : "|");
    }
    return all;
}

std::string sentences_of(std::string_view text)
{
    std::string all;
    for (auto s : split_sentences(text))
        all += std::string(s) + "|";
    return all;
}

BOOST_AUTO_TEST_CASE(words)
{
    BOOST_TEST(words_of("") == "");
    BOOST_TEST(words_of("Hello, World!") == "[hello]<,>[world]<!>");
    BOOST_TEST(words_of("O'Neil and Jean-Luc x_42") == "[o'neil][and][jean-luc][x_42]");
    BOOST_TEST(words_of("\"Ada Lovelace\".") == "<\">[ada][lovelace]<\"><.>");
    BOOST_TEST(words_of("I'm fine, don't I\xe2\x80\x99m") == "[i][am][fine]<,>[do][not][i][am]");
    BOOST_TEST(words_of("1,000 one,two 3.5") == "[1,000][one]<,>[two][3.5]");
    BOOST_TEST(words_of("... ?!") == "<.><.><.><?><!>");
    BOOST_TEST(words_of("hi\xf0\x9f\x98\x80 \xf0\x9f\x98\x80") == "[hi][\xf0\x9f\x98\x80]");
}

BOOST_AUTO_TEST_CASE(words_know_where_they_stood)
{
    std::string_view const text = "  My name's \"Ada  L.\" (I'm 5)";
    auto const c = read_words(text);
    for (auto const& w : c.words) {
        BOOST_TEST(w.begin < w.end);
        BOOST_TEST(w.end <= text.size());
        if (w.mark)
            BOOST_TEST(text.substr(w.begin, w.end - w.begin) == w.text);
    }
    auto const b = c.bare();
    BOOST_TEST(b.verbatim(3, 5) == "Ada  L");
    BOOST_TEST(b.verbatim(5, 5) == "");
    auto const brackets = read_words("pro (annual), (or (so).").bare();
    BOOST_TEST(brackets.verbatim(0, 2) == "pro (annual)");
    BOOST_TEST(brackets.verbatim(1, 2) == "annual");
    BOOST_TEST(b.verbatim(5, 500) == "");
}

BOOST_AUTO_TEST_CASE(sentences)
{
    BOOST_TEST(sentences_of("") == "");
    BOOST_TEST(sentences_of("One. Two! Three?") == "One.|Two!|Three?|");
    BOOST_TEST(sentences_of("Pi is 3.14 or so. Yes") == "Pi is 3.14 or so.|Yes|");
    BOOST_TEST(sentences_of("Mr. J. R. Hartley wrote it. True?") == "Mr. J. R. Hartley wrote it.|True?|");
    BOOST_TEST(sentences_of("a: 1\nb: 2\n\n") == "a: 1|b: 2|");
    BOOST_TEST(sentences_of("Really?! \"Yes.\" Ok") == "Really?!|\"Yes.\"|Ok|");
    BOOST_TEST(sentences_of("...") == "...|");
    BOOST_TEST(sentences_of("\xe4\xbd\xa0\xe5\xa5\xbd\xe3\x80\x82\xe5\x97\xa8") ==
               "\xe4\xbd\xa0\xe5\xa5\xbd\xe3\x80\x82|\xe5\x97\xa8|");
}

BOOST_AUTO_TEST_CASE(clauses)
{
    BOOST_TEST(clauses_of("My name is Ada and what is my plan?") == "My name is Ada|and what is my plan?|");
    BOOST_TEST(clauses_of("Hello, my name is Ada.") == "Hello|my name is Ada|");
    BOOST_TEST(clauses_of("What is my name and my plan?") == "What is my name?|and my plan?|");
    BOOST_TEST(clauses_of("what is my name, my plan") == "what is my name?|my plan?|");
    BOOST_TEST(clauses_of("I like tea, coffee and cake.") == "I like tea, coffee and cake|");
    BOOST_TEST(clauses_of("I live in Lyon, France, and the code is 4711") ==
               "I live in Lyon, France|and the code is 4711|");
    BOOST_TEST(clauses_of("The code is 1, the word is x") == "The code is 1|the word is x|");
    BOOST_TEST(clauses_of("Tell me my name") == "Tell me my name?|");
    BOOST_TEST(clauses_of("You can call me Ada") == "You can call me Ada|");
    BOOST_TEST(clauses_of("My brother, who is tall, sings.") == "My brother|who is tall, sings|");
    BOOST_TEST(clauses_of("") == "");
    BOOST_TEST(clauses_of("?!") == "");
}

BOOST_AUTO_TEST_CASE(reflection)
{
    struct {
        char const* said;
        char const* turned;
    } const cases[] = {
        {"I am happy with my dog", "you are happy with your dog"},
        {"I'm yours", "you are mine"},
        {"you are kind to me", "I am kind to you"},
        {"I was late", "you were late"},
        {"I like you", "you like me"},
        {"do you like your job", "do I like my job"},
        {"what you told me about myself", "what I told you about yourself"},
        {"are you my friend", "am I your friend"},
        {"Lyon, France", "Lyon, France"},
        {"they were here", "they were here"},
        {"", ""},
    };
    for (auto const& c : cases)
        BOOST_TEST(reflect(c.said) == c.turned);
}

BOOST_AUTO_TEST_CASE(any_bytes_are_survived)
{
    std::mt19937 random(7);
    std::string_view const units[] = {
        "i'm",   " ",   "\n",   "\"",   "'", ".", ",", "\xe2\x80\x99", "\xf0\x9f\x98\x80", "(", "and ",
        "what ", "my ", "\xe2", "\xff", "1", ";", "?"};
    for (int round = 0; round != 500; ++round) {
        std::string text;
        for (auto n = random() % 60; n != 0; --n)
            text += units[random() % std::size(units)];
        std::size_t bytes = 0;
        for (auto s : split_sentences(text)) {
            bytes += s.size();
            for (auto const& c : split_clauses(s)) {
                std::size_t at = 0;
                for (auto const& w : c.words) {
                    BOOST_TEST(w.begin >= at);
                    BOOST_TEST(w.end <= s.size());
                    at = w.begin;
                }
                reflect(c, 0, c.words.size());
            }
        }
        BOOST_TEST(bytes <= text.size());
    }
}

} // namespace server_offline_words_cases
BOOST_AUTO_TEST_SUITE_END()
