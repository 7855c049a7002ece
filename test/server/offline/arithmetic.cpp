// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/server/offline/arithmetic.hpp>

#include <boost/test/unit_test.hpp>

#include <limits>
#include <random>

BOOST_AUTO_TEST_SUITE(server_offline_arithmetic)
namespace server_offline_arithmetic_cases {

using namespace chatwire::offline;

BOOST_AUTO_TEST_CASE(table)
{
    struct {
        char const* text;
        char const* answer;
    } const cases[] = {
        {"What is 2+2?", "2 + 2 = 4"},
        {"what is 2 plus 3 * 4", "2 + 3 * 4 = 14"},
        {"(2 + 3) * 4", "(2 + 3) * 4 = 20"},
        {"How much is 7 times 6, please?", "7 * 6 = 42"},
        {"12 divided by 8", "12 / 8 = 1.5"},
        {"3 x 4", "3 * 4 = 12"},
        {"3x4", "3 * 4 = 12"},
        {"2^10", "2 ^ 10 = 1024"},
        {"2^3^2", "2 ^ 3 ^ 2 = 512"},
        {"10 % 4", "10 % 4 = 2"},
        {"-5 + 3", "-5 + 3 = -2"},
        {"4 * -2", "4 * -2 = -8"},
        {"1,000 + 1", "1000 + 1 = 1001"},
        {"0.1 + 0.2", "0.1 + 0.2 = 0.3"},
        {"1 / 3", "1 / 3 = 0.3333333333"},
        {"1.5 - 0.5", "1.5 - 0.5 = 1"},
        {"6 \xc3\x97 7", "6 * 7 = 42"},
        {"6 \xc3\xb7 3", "6 / 3 = 2"},
        {"5 - 5", "5 - 5 = 0"},
        {"1 / 0", ""},
        {"7", ""},
        {"2 apples and 3 pears", ""},
        {"C++ is a - b", ""},
        {"+ + +", ""},
        {"1..2 + 3", ""},
        {"(1 + 2", ""},
        {"", ""},
    };
    for (auto const& c : cases)
        BOOST_TEST(work_out(c.text).value_or("") == c.answer, c.text << " -> " << work_out(c.text).value_or(""));
}

BOOST_AUTO_TEST_CASE(agrees_with_the_machine)
{
    std::mt19937 random(5);
    for (int i = 0; i != 500; ++i) {
        int const a = int(random() % 1000), b = int(random() % 1000) + 1, c = int(random() % 1000);
        auto const text = std::to_string(a) + " * " + std::to_string(b) + " - " + std::to_string(c);
        BOOST_TEST(work_out(text).value() == text + " = " + std::to_string(a * b - c));
    }
}

BOOST_AUTO_TEST_CASE(deep_and_long_sums_are_given_up)
{
    for (auto const* unit : {"(", "-", "1^", "1+", "2*(", ")"}) {
        std::string s;
        while (s.size() < 100000)
            s += unit;
        BOOST_TEST(!work_out(s + "1").has_value());
    }
}

BOOST_AUTO_TEST_CASE(numbers)
{
    BOOST_TEST(write_number(-0.0) == "0");
    BOOST_TEST(write_number(1e20) == "1e+20");
    BOOST_TEST(write_number(2.5) == "2.5");
    BOOST_TEST(write_number(1234567890123) == "1234567890123");
    BOOST_TEST(write_number(1e-9) == "1e-09");
}

} // namespace server_offline_arithmetic_cases
BOOST_AUTO_TEST_SUITE_END()
