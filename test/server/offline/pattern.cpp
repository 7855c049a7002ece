// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/server/offline/detail/pattern.hpp>
#include <chatwire/server/offline/pattern.hpp>

#include <boost/test/unit_test.hpp>

#include <functional>
#include <random>

BOOST_AUTO_TEST_SUITE(server_offline_pattern)
namespace server_offline_pattern_cases {

using namespace chatwire::offline;

std::string taken(std::string_view pattern, std::string_view text)
{
    auto const c = read_words(text).bare();
    auto const m = match(pattern, c);
    if (!m)
        return "no";
    std::string all;
    for (auto const& x : *m)
        all += "[" + c.verbatim(x.first, x.last) + "]";
    return all;
}

BOOST_AUTO_TEST_CASE(table)
{
    struct {
        char const* pattern;
        char const* text;
        char const* taken;
    } const cases[] = {
        {"", "", ""},
        {"", "a", "no"},
        {"a", "A", ""},
        {"a", "a a", "no"},
        {"*", "", "[]"},
        {"*", "a b", "[a b]"},
        {"+", "", "no"},
        {"+", "a b", "[a b]"},
        {"_", "a", "[a]"},
        {"_", "a b", "no"},
        {"i like *", "I like green tea", "[green tea]"},
        {"* my * is *", "well my dog is what is it", "[well][dog][what is it]"},
        {"* my * is", "my a is b is", "[][a is b]"},
        {"* a|b *", "x b y", "[x][b][y]"},
        {"* a|b *", "x c y", "no"},
        {"* + a", "a", "no"},
        {"* + a", "x a", "[][x]"},
        {"* + a", "a a", "[][a]"},
        {"+ is +", "is is is", "[is][is]"},
        {"my _ is *", "my dog is here", "[dog][here]"},
        {"my _ is *", "my old dog is here", "no"},
    };
    for (auto const& c : cases)
        BOOST_TEST_CONTEXT(c.pattern << " / " << c.text)
    BOOST_TEST(taken(c.pattern, c.text) == c.taken);
}

// Finds a match exactly when trying every split finds one; and what is taken covers all words, in order.
BOOST_AUTO_TEST_CASE(agrees_with_trying_everything)
{
    std::mt19937 random(3);
    std::string_view const parts[] = {"*", "+", "_", "a", "b", "a|b"};
    for (int round = 0; round != 5000; ++round) {
        std::vector<std::string_view> p;
        std::string pattern, text;
        for (auto n = random() % 6; n != 0; --n) {
            p.push_back(parts[random() % std::size(parts)]);
            pattern += (pattern.empty() ? "" : " ") + std::string(p.back());
        }
        for (auto n = random() % 7; n != 0; --n)
            text += (text.empty() ? "" : " ") + std::string(1, "abc"[random() % 3]);
        auto const c = read_words(text).bare();
        std::function<bool(std::size_t, std::size_t)> fits = [&](std::size_t i, std::size_t w) {
            if (i == p.size())
                return w == c.words.size();
            if (p[i] == "*" || p[i] == "+") {
                for (auto to = w + (p[i] == "+"); to <= c.words.size(); ++to)
                    if (fits(i + 1, to))
                        return true;
                return false;
            }
            return w < c.words.size() && (p[i] == "_" || detail::fits(p[i], c.words[w].lower)) && fits(i + 1, w + 1);
        };
        BOOST_TEST_CONTEXT(pattern << " / " << text)
        {
            auto const m = match(pattern, c);
            BOOST_TEST(m.has_value() == fits(0, 0));
            if (m)
                for (std::size_t i = 0, at = 0; i != m->size(); at = (*m)[i++].last) {
                    BOOST_TEST((*m)[i].first >= at);
                    BOOST_TEST((*m)[i].last <= c.words.size());
                }
        }
    }
}

BOOST_AUTO_TEST_CASE(many_wildcards_stay_cheap)
{
    std::string text, pattern;
    for (int i = 0; i != 2000; ++i)
        text += "a ";
    for (int i = 0; i != 40; ++i)
        pattern += "* a ";
    BOOST_TEST(taken(pattern + "b", text) == "no");
}

BOOST_AUTO_TEST_CASE(captures_are_put_into_sentences)
{
    auto const c = read_words("I gave my dog to you").bare();
    auto const m = match("* my * to *", c).value();
    BOOST_TEST(fill_in("Did (1) part with (2)? [1] [2] [3] (9) (x) (", c, m) ==
               "Did you gave part with dog? I gave dog you  (x) (");
    BOOST_TEST(fill_in("", c, m) == "");
}

} // namespace server_offline_pattern_cases
BOOST_AUTO_TEST_SUITE_END()
