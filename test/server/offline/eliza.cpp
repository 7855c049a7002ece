// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/server/offline/detail/pattern.hpp>
#include <chatwire/server/offline/eliza.hpp>
#include <chatwire/server/offline/pattern.hpp>

#include <boost/test/unit_test.hpp>

#include <set>

BOOST_AUTO_TEST_SUITE(server_offline_eliza)
namespace server_offline_eliza_cases {

using namespace chatwire::offline;

constexpr eliza_rule tiny[] = {
    {.rank = 1, .pattern = "* my *", .answers = {"Your (2)?", "That (2)?"}},
    {.rank = 5, .pattern = "* dog *", .answers = {"A dog."}},
    {.rank = 5, .pattern = "* cat *", .answers = {"A cat."}},
    {.rank = 9, .when = eliza_rule::applies::to_questions, .pattern = "why *", .answers = {"Because."}},
};

BOOST_AUTO_TEST_CASE(the_highest_rank_answers_and_the_first_of_equals)
{
    eliza const e(tiny);
    BOOST_TEST(e.answer("my house", 0) == "Your house?");
    BOOST_TEST(e.answer("my house", 1) == "That house?");
    BOOST_TEST(e.answer("my house", 2) == "Your house?");
    BOOST_TEST(e.answer("my cat and dog", 0) == "A dog.");
    BOOST_TEST(e.answer("my cat", 7) == "A cat.");
    BOOST_TEST(e.answer("Look, my house. My cat.", 0) == "A cat.");
    BOOST_TEST(e.answer("why my dog?", 0) == "Because.");
    BOOST_TEST(e.answer("nothing", 0) == "");
    BOOST_TEST(e.answer("", 0) == "");
}

BOOST_AUTO_TEST_CASE(an_answer_is_not_given_twice_in_a_row)
{
    eliza const e(tiny);
    auto const said = split_clauses("my house");
    BOOST_TEST(e.answer(said, 0, "Your house?") == "That house?");
    BOOST_TEST(e.answer(split_clauses("my dog"), 0, "A dog.") == "A dog."); // there is no other
}

// Every answer of the script comes out whole: no capture is missing, none empty.
BOOST_AUTO_TEST_CASE(the_script_is_sound)
{
    std::set<std::string> patterns;
    for (auto const& rule : eliza_script()) {
        BOOST_TEST_CONTEXT(rule.pattern)
        {
            BOOST_TEST(rule.size() >= 1u);
            BOOST_TEST(patterns.insert(std::string(rule.pattern) + std::to_string(int(rule.when))).second);
            // the shortest words that fit it
            std::string text;
            for (auto part : detail::split_blanks(rule.pattern)) {
                auto const word = part == "*"                  ? ""
                                  : part == "+" || part == "_" ? "tea"
                                                               : part.substr(0, part.find('|'));
                text += std::string(text.empty() || word.empty() ? "" : " ") + std::string(word);
            }
            auto const c = read_words(text).bare();
            auto const m = match(rule.pattern, c);
            BOOST_REQUIRE(m.has_value());
            for (std::size_t i = 0; i != rule.size(); ++i) {
                auto const s = fill_in(rule.answers[i], c, *m);
                BOOST_TEST(s.find("  ") == s.npos, s);
                BOOST_TEST(s.find(" ?") == s.npos, s);
                BOOST_TEST(s.find(" .") == s.npos, s);
                BOOST_TEST(s.find('(') == s.npos, s);
                BOOST_TEST((std::string(".?!\"").find(s.back()) != std::string::npos), s);
            }
        }
    }
    BOOST_TEST(eliza_script().back().pattern == "*");
}

BOOST_AUTO_TEST_CASE(the_script_answers_anything)
{
    eliza const e;
    for (auto const* said : {"", "x", "?", "I feel odd", "My dog bit me!", "\xf0\x9f\x98\x80", "why", "... and so on"})
        for (std::size_t turn = 0; turn != 5; ++turn)
            BOOST_TEST((*said == '\0' || !e.answer(said, turn).empty() || split_clauses(said).empty()), said);
}

BOOST_AUTO_TEST_CASE(exchanges)
{
    struct {
        char const* said;
        char const* answer;
    } const cases[] = {
        {"I feel strange today", "What brought on feeling strange today?"},
        {"Well, I'm sad.", "That sounds hard. What would make today a little lighter?"},
        {"I hate my shoes.", "What is it about your shoes that puts you off?"},
        {"I love you", "What do you like best about me?"},
        {"Where is my key?", "I do not know where your key is. Tell me, and I will remember it."},
        {"Who is the king of Spain?", "I do not know the king of Spain: I am a small offline model and only know what "
                                      "I am told. Tell me, and I will "
                                      "remember it."},
        {"It is always raining.", "Is there an exception, even a small one?"},
        {"How are the days so short?", "I do not know that: I am a small offline model and only know what I am told."},
    };
    eliza const e;
    for (auto const& c : cases)
        BOOST_TEST(e.answer(c.said, 0) == c.answer);
}

} // namespace server_offline_eliza_cases
BOOST_AUTO_TEST_SUITE_END()
