// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/crypto/random_id.hpp>

#include <boost/test/unit_test.hpp>

#include <cmath>
#include <map>
#include <set>
#include <thread>
#include <vector>

BOOST_AUTO_TEST_SUITE(crypto_random_id)
namespace crypto_random_id_cases {

using namespace chatwire;

bool is_plain(std::string_view s)
{
    for (char c : s)
        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')))
            return false;
    return true;
}

BOOST_AUTO_TEST_CASE(has_its_prefix_and_length)
{
    auto const id = crypto::random_id("chat_");
    BOOST_TEST(id.size() == 21u);
    BOOST_TEST(id.substr(0, 5) == "chat_");
    BOOST_TEST(is_plain(id.substr(5)));
    for (std::size_t n : {0u, 1u, 2u, 63u, 64u, 65u, 1000u}) {
        auto const some = crypto::random_id("", n);
        BOOST_TEST(some.size() == n);
        BOOST_TEST(is_plain(some));
    }
}

BOOST_AUTO_TEST_CASE(never_comes_twice)
{
    std::vector<std::set<std::string>> of(4);
    std::vector<std::thread> crew;
    for (auto& mine : of)
        crew.emplace_back([&mine] {
            for (int i = 0; i != 500; ++i)
                mine.insert(crypto::random_id("x_"));
        });
    for (auto& t : crew)
        t.join();
    std::set<std::string> all;
    for (auto& mine : of)
        all.merge(mine);
    BOOST_TEST(all.size() == 2000u);
}

BOOST_AUTO_TEST_CASE(every_character_is_equally_likely)
{
    constexpr std::size_t n = 62 * 1000;
    std::map<char, int> count;
    for (char c : crypto::random_id("", n))
        ++count[c];
    BOOST_TEST(count.size() == 62u);
    double chi2 = 0;
    for (auto [c, k] : count)
        chi2 += (k - 1000.0) * (k - 1000.0) / 1000.0;
    // 61 degrees of freedom: above 160 once in ten thousand million runs. Taking bytes modulo 62 without rejection
    // would add 1,900.
    BOOST_TEST(chi2 < 160);
}

BOOST_AUTO_TEST_CASE(a_token_carries_the_bits_asked_for)
{
    BOOST_TEST(crypto::random_token(128).size() == 22u);
    BOOST_TEST(crypto::random_token(0).empty());
    for (std::size_t bits = 1; bits != 1025; ++bits) {
        auto const t = crypto::random_token(bits);
        BOOST_TEST(std::pow(62.0L, static_cast<long double>(t.size())) >=
                   std::pow(2.0L, static_cast<long double>(bits)));
        BOOST_TEST(std::pow(62.0L, static_cast<long double>(t.size()) - 2) <
                   std::pow(2.0L, static_cast<long double>(bits)));
        BOOST_TEST(is_plain(t));
    }
}

} // namespace crypto_random_id_cases
BOOST_AUTO_TEST_SUITE_END()
