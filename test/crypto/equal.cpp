// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/crypto/equal.hpp>

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

BOOST_AUTO_TEST_SUITE(crypto_equal)
namespace crypto_equal_cases {

using namespace chatwire;

BOOST_AUTO_TEST_CASE(agrees_with_plain_comparison)
{
    using namespace std::string_literals;
    std::vector<std::string> const words = {"",
                                            "a",
                                            "b",
                                            "aa",
                                            "ab",
                                            "ba",
                                            "a\0"s,
                                            "\0a"s,
                                            "\0"s,
                                            "\0\0"s,
                                            "sk-0123456789",
                                            "sk-0123456788",
                                            "tk-0123456789",
                                            "\xff\xfe",
                                            "\x7f\xfe"};
    for (auto const& a : words)
        for (auto const& b : words)
            BOOST_TEST(crypto::equal(a, b) == (a == b));
}

BOOST_AUTO_TEST_CASE(sees_every_single_bit)
{
    std::string const key = "sk-live-0123456789abcdef";
    BOOST_TEST(crypto::equal(key, key));
    for (std::size_t i = 0; i != key.size(); ++i)
        for (int bit = 0; bit != 8; ++bit) {
            auto other = key;
            other[i] = static_cast<char>(other[i] ^ (1 << bit));
            BOOST_TEST(!crypto::equal(other, key));
        }
    for (std::size_t n = 0; n != key.size(); ++n) {
        BOOST_TEST(!crypto::equal(key.substr(0, n), key));
        BOOST_TEST(!crypto::equal(key, key.substr(0, n)));
    }
}

} // namespace crypto_equal_cases
BOOST_AUTO_TEST_SUITE_END()
