// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/server/offline/facts.hpp>

#include <boost/test/unit_test.hpp>

#include <random>

BOOST_AUTO_TEST_SUITE(server_offline_facts)
namespace server_offline_facts_cases {

using namespace chatwire::offline;

std::string name_in(std::string_view text)
{
    for (auto s : split_sentences(text))
        for (auto const& c : split_clauses(s))
            if (auto n = given_name(c); !n.empty())
                return n;
    return {};
}

BOOST_AUTO_TEST_CASE(names)
{
    struct {
        char const* said;
        char const* name;
    } const cases[] = {
        {"My name is Ada.", "Ada"},
        {"my name is ada", "ada"},
        {"Hello, my name is Ada Lovelace, nice to meet you!", "Ada Lovelace"},
        {"Hi! My name is Zyx-42_b and I live in Lyon.", "Zyx-42_b"},
        {"My name's O'Neil", "O'Neil"},
        {"My name is Jos\xc3\xa9 \xc3\x81lvarez.", "Jos\xc3\xa9 \xc3\x81lvarez"},
        {"My name is \"The Grey One\".", "The Grey One"},
        {"my name is mary jane nice to meet you", "mary jane"},
        {"My name is Ludwig van Beethoven", "Ludwig van Beethoven"},
        {"My name is J. R. Hartley.", "J"}, // an initial ends at its dot; no more can be known
        {"My name is Ada \xf0\x9f\x98\x80", "Ada"},
        {"My full name is Ada King", "Ada King"},
        {"I'm Ada.", "Ada"},
        {"I am Ada Lovelace, how are you?", "Ada Lovelace"},
        {"Call me Ishmael.", "Ishmael"},
        {"You can call me Al", "Al"},
        {"Friends call me Bo", "Bo"},
        {"I go by Trinity", "Trinity"},
        {"This is Bob speaking.", "Bob"},
        {"Je m'appelle Zo\xc3\xa9.", "Zo\xc3\xa9"},
        {"Ich bin Karl", "Karl"},
        {"Me llamo Luis y tengo hambre", "Luis"},
        {"\xe4\xbd\xa0\xe5\xa5\xbd, my name is \xe5\xb0\x8f\xe6\x98\x8e", "\xe5\xb0\x8f\xe6\x98\x8e"},
        {"Hello my name is X9", "X9"},
        // none
        {"I am sad", ""},
        {"I am French.", ""},
        {"I am 34 years old", ""},
        {"I'm OK with that", ""},
        {"I am a teacher", ""},
        {"Call me later", ""},
        {"My name is not important", ""},
        {"What is my name?", ""},
        {"My dog's name is Rex", ""},
        {"my name is", ""},
        {"This is Paris in spring", ""},
        {"name", ""},
        {"", ""},
    };
    for (auto const& c : cases)
        BOOST_TEST(name_in(c.said) == c.name, c.said << " -> " << name_in(c.said));
}

BOOST_AUTO_TEST_CASE(keys)
{
    BOOST_TEST(canonical_key("customData.favouriteColour") == "custom data favorite color");
    BOOST_TEST(canonical_key("plan_type") == "plan type");
    BOOST_TEST(canonical_key("Dog's name") == "dog name");
    BOOST_TEST(canonical_key("VIP") == "vip");
    BOOST_TEST(canonical_key(" ?! ") == "");
}

std::string learnt(std::string_view text)
{
    facts f;
    std::string all;
    for (auto s : split_sentences(text))
        for (auto const& c : split_clauses(s))
            for (auto const& x : f.read_statement(c))
                all += "[" + x.key + ": " + x.sentence + "]";
    return all;
}

BOOST_AUTO_TEST_CASE(statements)
{
    struct {
        char const* said;
        char const* learnt;
    } const cases[] = {
        {"I live in Lyon, France.", "[city: You live in Lyon, France.]"},
        {"My favourite colour is dark blue.", "[favorite color: Your favourite colour is dark blue.]"},
        {"My dog is called Rex, and I have two cats.", "[dog: Your dog is called Rex.][have: You have two cats.]"},
        {"I work as a welder at night", "[job: You work as a welder at night.]"},
        {"I'm a teacher from Bonn", "[be: You are a teacher from Bonn.]"},
        {"I am 34 years old.", "[age: You are 34 years old.]"},
        {"I was born in 1990", "[birthday: You were born in 1990.]"},
        {"I like tea, coffee and cake", "[like: You like tea, coffee and cake.]"},
        {"I really love my job", "[like: You love your job.]"},
        {"I don't like rain", "[dislike: You do not like rain.]"},
        {"The code is 4711.", "[code: The code is 4711.]"},
        {"Remember that the code is 4711", "[code: The code is 4711.]"},
        {"Please remember: milk before six", "[note: You asked me to remember this: milk before six.]"},
        {"My name is Ada and my plan is gold", "[name: Your name is Ada.][plan: Your plan is gold.]"},
        {"Your name is Botty", "[name: My name is Botty.]"},
        {"I am allergic to nuts", "[be: You are allergic to nuts.]"},
        // nothing
        {"What is my plan?", ""},
        {"I have a question", ""},
        {"I have been there", ""},
        {"I am going home", ""},
        {"I am sorry", ""},
        {"The best thing is that it works", ""},
        {"My question is why", ""},
        {"", ""},
    };
    for (auto const& c : cases)
        BOOST_TEST(learnt(c.said) == c.learnt, c.said << " -> " << learnt(c.said));
}

std::string told(std::string_view instructions)
{
    facts f;
    f.read_instruction(instructions);
    std::string all;
    for (auto const& x : f.all())
        all += "[" + x.key + ": " + x.sentence + "]";
    return all;
}

BOOST_AUTO_TEST_CASE(instructions)
{
    struct {
        char const* told;
        char const* learnt;
    } const cases[] = {
        {"You are a helpful assistant. The user's plan is premium. The user's city is Lyon.",
         "[role: I am a helpful assistant.][plan: Your plan is premium.][city: Your city is Lyon.]"},
        {"The user's plan is . The user's city is Lyon.", "[city: Your city is Lyon.]"},
        {"The user's name is Ada and their plan is pro (annual).",
         "[name: Your name is Ada.][plan: Your plan is pro (annual).]"},
        {"The customer lives in Bonn.", "[city: You live in Bonn.]"},
        {"The user is called Ada.", "[name: Your name is Ada.]"},
        {"The user's customData.city is Oslo.", "[city: Your city is Oslo.]"},
        {"Plan: gold\n- **City**: Rome\n* Office hours: 9 to 5", "[plan: Your plan is gold.][city: Your city is Rome.]"
                                                                 "[office hours: Your office hours are 9 to 5.]"},
        {"User's plan: basic", "[plan: Your plan is basic.]"},
        {"plan=premium, city=New York; tier = 3", "[plan: Your plan is premium.][city: Your city is New York.]"
                                                  "[tier: Your tier is 3.]"},
        {R"(Variables: {"plan":"pro","customData":{"city":"Lyon","n":2.5},"tags":["a"],"none":null})",
         R"([plan: Your plan is pro.][city: Your city is Lyon.][n: Your n is 2.5.][tags: Your tags are ["a"].])"},
        {"You are Botty, the assistant of Acme.",
         "[name: My name is Botty.][role: I am Botty, the assistant of Acme.]"},
        {"Your name is Max.", "[name: My name is Max.]"},
        {"The capital of Atlantis is Poseidonis.", "[capital of atlantis: The capital of Atlantis is Poseidonis.]"},
        {"If the user's plan is basic, be brief.", ""},
        {"Always answer in French.", ""},
        {"Answer the user when the user is sad.", ""},
        {"{{{{", ""},
        {"", ""},
    };
    for (auto const& c : cases)
        BOOST_TEST(told(c.told) == c.learnt, c.told << " -> " << told(c.told));
}

BOOST_AUTO_TEST_CASE(what_is_asked_for_is_found)
{
    facts f;
    f.read_instruction("The user's plan is premium. The user's customData.city is Lyon.\nuserName: John Doe\n"
                       "The capital of Atlantis is Poseidonis.\nOffice hours: 9 to 5");
    auto const user = [&](std::string_view name) {
        auto const* x = f.find(name, fact::about::user);
        return x ? x->value : "";
    };
    BOOST_TEST(user("plan") == "premium");
    BOOST_TEST(user("subscription") == "premium");
    BOOST_TEST(user("current plan") == "premium");
    BOOST_TEST(user("City") == "Lyon");
    BOOST_TEST(user("customData.city") == "Lyon");
    BOOST_TEST(user("home town") == "Lyon");
    BOOST_TEST(user("name") == "John Doe");
    BOOST_TEST(user("dog's name") == "");
    BOOST_TEST(user("capital of Atlantis") == "");
    BOOST_TEST(user("") == "");
    auto const* hours = f.find("office hours", fact::about::world);
    BOOST_REQUIRE(hours);
    BOOST_TEST(say(*hours, fact::about::world) == "The office hours are 9 to 5.");
    BOOST_TEST(say(*hours, fact::about::user) == "Your office hours are 9 to 5.");
    BOOST_TEST((f.find("capital of Atlantis", fact::about::world) != nullptr));

    f.read_statement(split_clauses("My dog's name is Rex").at(0));
    BOOST_TEST(user("name") == "John Doe");
    BOOST_TEST(user("dog's name") == "Rex");
    BOOST_TEST(user("dog") == "Rex");
    f.read_statement(split_clauses("My name is Ada").at(0));
    BOOST_TEST(user("name") == "Ada");
    BOOST_TEST(f.user_name() == "Ada");
    BOOST_TEST(f.model_name() == "");
}

BOOST_AUTO_TEST_CASE(later_facts_replace_earlier_ones_but_likes_add_up)
{
    facts f;
    for (auto const* said : {"I live in Lyon", "I live in Bonn", "I like tea", "I like chess", "I like tea"})
        f.read_statement(split_clauses(said).at(0));
    std::string all;
    for (auto const& x : f.all())
        all += x.sentence;
    BOOST_TEST(all == "You live in Bonn.You like chess.You like tea.");
}

BOOST_AUTO_TEST_CASE(what_is_kept_is_bounded)
{
    facts f;
    std::string text;
    for (int i = 0; i != 3000; ++i)
        text += "Key" + std::to_string(i) + ": " + std::string(300, 'v') + "\n";
    f.read_instruction(text);
    BOOST_TEST(f.all().size() == facts::most);
    for (auto const& x : f.all())
        BOOST_TEST(x.value.size() <= facts::max_value + 3);
}

BOOST_AUTO_TEST_CASE(any_text_is_survived)
{
    std::mt19937 random(11);
    std::string_view const units[] = {"the user's ", "plan", " is ",         "my ",  "name ",     "I am ", "call me ",
                                      "{",           "}",    "\"a\":1",      ":",    "=",         ", ",    ". ",
                                      "\n",          "?",    "\xe2\x80\x99", "Ada ", "remember ", "that ", "you are ",
                                      "- "};
    for (int round = 0; round != 2000; ++round) {
        std::string text;
        for (auto n = random() % 20; n != 0; --n)
            text += units[random() % std::size(units)];
        facts f;
        f.read_instruction(text);
        for (auto s : split_sentences(text))
            for (auto const& c : split_clauses(s))
                f.read_statement(c);
        for (auto const& x : f.all()) {
            BOOST_TEST(!x.key.empty());
            BOOST_TEST(!x.value.empty());
            BOOST_TEST(!x.sentence.empty());
        }
    }
}

} // namespace server_offline_facts_cases
BOOST_AUTO_TEST_SUITE_END()
