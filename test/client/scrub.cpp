// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/client/scrub.hpp>
#include <chatwire/json/error_reader.hpp>

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

BOOST_AUTO_TEST_SUITE(client_scrub)

namespace client_scrub_test {

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

BOOST_AUTO_TEST_CASE(what_a_client_sends_to_prove_who_it_is)
{
    auto const texts_of = [](client_options const& o) {
        std::vector<std::string> out;
        for (auto const& s : secrets_of(o))
            out.emplace_back(s.reveal());
        return out;
    };
    auto const of = [](std::vector<std::string> v) { return v; };
    BOOST_TEST(texts_of({}) == of({}), boost::test_tools::per_element());
    BOOST_TEST(texts_of({.api_key = key}) == of({key}), boost::test_tools::per_element());
    BOOST_TEST(texts_of({.headers = {{"authorization", "Bearer " + key},
                                     {"X-Api-Key", "another"},
                                     {"X-Other", "no credential"},
                                     {"Cookie", "abc"}}}) == of({key, "another"}), // the last is too short
               boost::test_tools::per_element());
    BOOST_TEST(texts_of({.headers = {{"Authorization", "Bearer " + key + " "},
                                     {"Cookie", "session=TOPSECRET123; theme=dark; a=b"},
                                     {"X-Api-Key", "\t" + key + "\t"}}}) ==
                   of({key, "session=TOPSECRET123; theme=dark; a=b", "TOPSECRET123", "dark", key}),
               boost::test_tools::per_element());
    BOOST_TEST(texts_of({.headers = {{"Authorization", "Digest username=\"somebody\", uri=/, response=\"0123abcd\""},
                                     {"Authorization", "AWS4-HMAC-SHA256 Credential=AKID/today, Signature=fe5f"}}}) ==
                   of({"username=\"somebody\", uri=/, response=\"0123abcd\"", "somebody", "0123abcd",
                       "Credential=AKID/today, Signature=fe5f", "AKID/today", "fe5f"}),
               boost::test_tools::per_element());
    BOOST_TEST(texts_of({.proxy = "http://me:pass%20word@proxy:3128"}) ==
                   of({"http://me:pass%20word@proxy:3128", "bWU6cGFzcyB3b3Jk", "pass word"}),
               boost::test_tools::per_element());
    BOOST_TEST(texts_of({.proxy = "http://proxy:3128"}) == of({}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(it_is_taken_out_of_all_words_of_a_failure)
{
    failure f(errc::refused, "message " + key);
    f.type = "type " + key;
    f.param = "param " + key;
    f.api_code = "code " + key;
    f.request_id = "id " + key;
    f.status = 401;
    auto const clean = scrub(f, secrets_of({.api_key = key}));
    BOOST_TEST(clean.message == "message [secret]");
    BOOST_TEST(clean.type == "type [secret]");
    BOOST_TEST(clean.param == "param [secret]");
    BOOST_TEST(clean.api_code == "code [secret]");
    BOOST_TEST(clean.request_id == "id [secret]");
    BOOST_TEST(clean.status == 401);
    BOOST_TEST((clean.code == errc::refused));
}

// Part of a secret in the midst of a text would be no longer found.
BOOST_AUTO_TEST_CASE(its_words_are_cut_when_they_are_clean)
{
    failure f(errc::refused, std::string(json::max_error_text - 10, 'm') + key + "' and more");
    f.type = std::string(json::max_error_text + 1, 't');
    f.param = std::string(json::max_error_text - 1, 'p') + "\xc3\xa9"; // no half a character
    f.api_code = std::string(100'000, 'c');
    f.request_id = std::string(json::max_error_text, 'i');
    auto const clean = scrub(f, secrets_of({.api_key = key}));
    BOOST_TEST(clean.message == std::string(json::max_error_text - 10, 'm') + "[secret]' ");
    BOOST_TEST(clean.type == f.type.substr(1));
    BOOST_TEST(clean.param == std::string(json::max_error_text - 1, 'p'));
    BOOST_TEST(clean.api_code.size() == json::max_error_text);
    BOOST_TEST(clean.request_id == f.request_id);
}

} // namespace client_scrub_test
BOOST_AUTO_TEST_SUITE_END()
