// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/relay/scrub.hpp>

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(relay_scrub)

namespace relay_scrub_test {

using namespace chatwire;

std::string scrub_of(std::string text, std::string_view secret)
{
    scrub(text, secret);
    return text;
}

std::string const key = "sk-0123456789abcdef";

BOOST_AUTO_TEST_CASE(a_secret_is_taken_out_wherever_it_stands)
{
    BOOST_TEST(scrub_of("", key) == "");
    BOOST_TEST(scrub_of("all is well", key) == "all is well");
    BOOST_TEST(scrub_of(key, key) == "[secret]");
    BOOST_TEST(scrub_of("bad key '" + key + "', I say, " + key + key + "!", key) ==
               "bad key '[secret]', I say, [secret][secret]!");
    BOOST_TEST(scrub_of("x", "") == "x");
    BOOST_TEST(scrub_of("banana", "a") == "b[secret]n[secret]n[secret]");
    BOOST_TEST(scrub_of("[secret]", "secret") == "[[secret]]"); // comes to an end
}

BOOST_AUTO_TEST_CASE(the_beginning_of_one_at_the_end_of_a_text_is_one_that_was_cut)
{
    for (std::size_t n = 0; n < key.size(); ++n) {
        auto const text = "Incorrect API key: " + key.substr(0, n);
        BOOST_TEST(scrub_of(text, key) == (n < least_scrubbed ? text : "Incorrect API key: [secret]"));
    }
    BOOST_TEST(scrub_of(key.substr(0, 12) + " and more", key) == key.substr(0, 12) + " and more");
    BOOST_TEST(scrub_of(key + " " + key.substr(0, 9), key) == "[secret] [secret]");
    BOOST_TEST(scrub_of("s", "secret") == "s");
}

} // namespace relay_scrub_test
BOOST_AUTO_TEST_SUITE_END()
