// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/server/offline/dialogue.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <set>
#include <string>

BOOST_AUTO_TEST_SUITE(server_offline_dialogue)
namespace server_offline_dialogue_cases {

using namespace chatwire::offline;

std::string after(std::initializer_list<char const*> heard, char const* instruction = "")
{
    dialogue d("Bot");
    d.instruct(instruction);
    std::string last;
    for (auto const* text : heard) {
        if (!last.empty())
            d.recall(last);
        d.hear(text);
        last = d.answer();
    }
    return last;
}

BOOST_AUTO_TEST_CASE(nothing_heard_yet)
{
    dialogue d("Bot");
    BOOST_TEST(d.answer().starts_with("Hello! I am Bot"));
    d.instruct("Your name is Max.");
    BOOST_TEST(d.answer().find("Max") != std::string::npos);
    d.hear(" \n ");
    BOOST_TEST(!d.answer().empty());
}

BOOST_AUTO_TEST_CASE(every_question_is_answered)
{
    BOOST_TEST(after({"My name is Ada. My car is red.", "What is my name? And what is my car? What is my age?"}) ==
               "Your name is Ada. Your car is red. I do not know your age. Tell me, and I will remember it.");
    BOOST_TEST(after({"What are my plan and city?"}, "plan=gold, city=Oslo") ==
               "Your plan is gold. Your city is Oslo.");
    BOOST_TEST(after({"What is my plan, city and age?"}, "plan=gold, city=Oslo") ==
               "Your plan is gold. Your city is Oslo. I do not know your age. Tell me, and I will remember it.");
}

BOOST_AUTO_TEST_CASE(table)
{
    struct {
        char const* question;
        char const* answer;
    } const cases[] = {
        {"What is my name?", "Your name is Ada."},
        {"Who am I?", "You are Ada."},
        {"Can you tell me my name, please?", "Your name is Ada."},
        {"Do you still remember my name?", "Your name is Ada."},
        {"Tell me what my name is.", "Your name is Ada."},
        {"say my name", "Your name is Ada."},
        {"I forgot my name. What is it?", "Your name is Ada."},
        {"Where do I live?", "You live in Rome."},
        {"Which city do I live in?", "You live in Rome."},
        {"Where am I?", "You live in Rome."},
        {"What do I like?", "You like tea. You love jam."},
        {"Do I like tea?", "Yes. You like tea."},
        {"Do I hate tea?", "No. You like tea."},
        {"Do I like beer?", "Not as far as I know. You have not told me so."},
        {"Where do I work?", "You work at Acme."},
        {"Is my bike blue?", "Yes. Your bike is blue."},
        {"Is my bike red?", "No. Your bike is blue."},
        {"What did I say first?", "The first thing you said was: \"My name is Ada. I live in Rome.\""},
        {"What did I say before?", "The last thing you said was: \"My bike is blue. The door code is 12.\""},
        {"What did I say about tea?", "You said: \"I like tea. I love jam. I work at Acme.\""},
        {"What did I say about Mars?", "You have not said anything about Mars yet."},
        {"What is the door code?", "The door code is 12."},
        {"How many questions have I asked?", "You have sent me 4 messages so far."},
        {"How many questions have I asked? What is my name?", "You have sent me 4 messages so far. Your name is Ada."},
        {"What is your name?", "I am Bot, a small offline model: I keep facts, count, add, and call tools."},
        {"Say hello", "hello"},
        {"Say \"good morning\"", "good morning"},
        {"Reply with the single word OK", "OK"},
        {"Count up to 3", "1, 2, 3."},
        {"Count from 2 to 1", "2, 1."},
        {"Add 1 and 2", "1 + 2 = 3."},
        {"What is the sum of 5 and 6?", "5 + 6 = 11."},
        {"Multiply 5 by 6", "5 * 6 = 30."},
        {"Subtract 5 from 7", "7 - 5 = 2."},
        {"Divide 9 by 2", "9 / 2 = 4.5."},
    };
    for (auto const& c : cases) {
        auto const answer = after({"My name is Ada. I live in Rome.", "I like tea. I love jam. I work at Acme.",
                                   "My bike is blue. The door code is 12.", c.question});
        BOOST_TEST(answer == c.answer, c.question << " -> " << answer);
    }
}

BOOST_AUTO_TEST_CASE(roundabout_questions)
{
    struct {
        char const* told;
        char const* question;
        char const* answer;
    } const cases[] = {
        {"I have a dog named Rex.", "What is my dog's name?", "You have a dog named Rex."},
        {"My favorite food is pizza and my favorite drink is tea.", "What is my favorite food and drink?",
         "Your favorite food is pizza. Your favorite drink is tea."},
        {"I am a teacher.", "What do I do?", "You are a teacher."},
        {"My C++ program crashes.", "What did I say about my program?", "You said: \"My C++ program crashes.\""},
        {"I like tea.", "Summarize our conversation.", "This is what I know: You like tea."},
        {"I like tea.", "Tell me about myself", "This is what I know: You like tea."},
        {"Hi", "Remind me about my plan", "I do not know your plan. Tell me, and I will remember it."},
    };
    for (auto const& c : cases)
        BOOST_TEST(after({c.told, c.question}) == c.answer, c.question << " -> " << after({c.told, c.question}));
    BOOST_TEST(after({"Tell me about yourself"}) == after({"Who are you?"}));
    BOOST_TEST(after({"help"}) == after({"What can you do?"}));
}

BOOST_AUTO_TEST_CASE(statements_are_acknowledged)
{
    BOOST_TEST(after({"My car is red."}) == "Noted: your car is red.");
    BOOST_TEST(after({"Hi, I'm Ada and my car is red."}) == "Hello, Ada! Nice to meet you. Noted: your car is red.");
    BOOST_TEST(after({"I'm Ada.", "Call me Zoe."}).starts_with("All right, Zoe."));
    BOOST_TEST(after({"Please remember to feed the cat"}).starts_with("I will remember this"));
    BOOST_TEST(after({"Thanks!"}) == "You are welcome.");
    BOOST_TEST(after({"I'm Ada.", "Thank you, goodbye."}) == "You are welcome. Goodbye, Ada!");
}

BOOST_AUTO_TEST_CASE(later_facts_replace_earlier_ones)
{
    BOOST_TEST(after({"My car is red.", "My car is blue.", "What is my car?"}) == "Your car is blue.");
    BOOST_TEST(after({"My plan is silver.", "What is my plan?"}, "The user's plan is gold.") == "Your plan is silver.");
}

BOOST_AUTO_TEST_CASE(what_was_said_in_other_words_is_looked_up)
{
    auto const* shop =
        "You are Bot, the voice of a shop. Our shop opens at 9 and closes at 18. Never give your code away. "
        "Shipping is free above 50 euros";
    BOOST_TEST(after({"When does the shop open?"}, shop) == "Our shop opens at 9 and closes at 18.");
    BOOST_TEST(after({"Is shipping free?"}, shop) == "Shipping is free above 50 euros.");
    BOOST_TEST(after({"What is my name? When does it close?"}, shop) ==
               "I do not know your name. Tell me, and I will remember it. Our shop opens at 9 and closes at 18.");
    BOOST_TEST(after({"We moved the party to Friday.", "When did the party move?"}) ==
               "You said: \"We moved the party to Friday.\"");
    BOOST_TEST(after({"I like tea.", "What is tea?"}).find("You said") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(many_questions_do_not_look_up_everything_each)
{
    dialogue d("Bot");
    std::string questions, sentences;
    for (int i = 0; i != 2000; ++i) {
        questions += "Cats" + std::to_string(i) + "? ";
        sentences += "Dogs bark. ";
    }
    d.instruct(sentences + "Cats9 purr.");
    d.hear(questions + "Cats5?"); // would take minutes
    BOOST_TEST(!d.answer().empty());
    d.hear("What of cats9?");
    BOOST_TEST(d.answer() == "Cats9 purr.");
}

BOOST_AUTO_TEST_CASE(something_long_to_stream)
{
    auto const words = [](std::string const& s) { return std::count(s.begin(), s.end(), ' ') + 1; };
    BOOST_TEST(words(after({"Write 300 words about cats"})) == 300);
    BOOST_TEST(words(after({"Please tell me a story"})) == 120);
    BOOST_TEST(words(after({"Write 9999999999999 words"})) < 100);
    BOOST_TEST(after({"What is the story?"}).find("lighthouse") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(variants)
{
    dialogue d("Bot");
    d.hear("I went to the sea");
    std::set<std::string> said;
    for (std::size_t i = 0; i != 3; ++i)
        said.insert(d.answer(i));
    BOOST_TEST(said.size() == 3u);
    BOOST_TEST(d.answer(1) == d.answer(1));
}

BOOST_AUTO_TEST_CASE(other_alphabets)
{
    auto const answer = after({"\xd0\x9f\xd1\x80\xd0\xb8\xd0\xb2\xd0\xb5\xd1\x82"});
    BOOST_TEST(answer.find("English") != std::string::npos);
    BOOST_TEST(after({"Il fait beau et je suis content"}).find("English") != std::string::npos);
    BOOST_TEST(after({"I think Les is in and out, et cetera"}).find("English") == std::string::npos);
}

} // namespace server_offline_dialogue_cases
BOOST_AUTO_TEST_SUITE_END()
