// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/crypto/fingerprint.hpp>

#include <boost/test/unit_test.hpp>

#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <vector>

BOOST_AUTO_TEST_SUITE(crypto_fingerprint)
namespace crypto_fingerprint_cases {

using namespace chatwire;
using value = crypto::fingerprinter::value;

std::string hex(value const& v)
{
    std::string out;
    for (auto const word : v)
        for (int shift = 0; shift != 64; shift += 8)
            for (int nibble : {4, 0})
                out += "0123456789abcdef"[word >> (shift + nibble) & 0xf];
    return out;
}

// The paper's key and texts, 00 01 02 ...; what they give was asked of OpenSSL (`openssl mac SIPHASH`).
BOOST_AUTO_TEST_CASE(agrees_with_another_implementation)
{
    crypto::fingerprinter const f(0x0706050403020100U, 0x0f0e0d0c0b0a0908U);
    struct {
        std::size_t length;
        char const* value;
    } const cases[] = {
        {0, "a3817f04ba25a8e66df67214c7550293"},   {1, "da87c1d86b99af44347659119b22fc45"},
        {7, "a1f1ebbed8dbc153c0b84aa61ff08239"},   {8, "3b62a9ba6258f5610f83e264f31497b4"},
        {9, "264499060ad9baabc47f8b02bb6d71ed"},   {15, "5493e99933b0a8117e08ec0f97cfc3d9"},
        {16, "6ee2a4ca67b054bbfd3315bf85230577"},  {63, "5150d1772f50834a503e069a973fbd7c"},
        {255, "1c9bb67528165f8e468248e3799b0eab"}, {256, "67a00304d3834c4612eaee7b5f579acb"},
    };
    for (auto const& c : cases) {
        std::string text;
        for (std::size_t i = 0; i != c.length; ++i)
            text += static_cast<char>(i);
        BOOST_TEST(hex(f(text)) == c.value);
    }
}

BOOST_AUTO_TEST_CASE(every_text_has_its_own)
{
    crypto::fingerprinter const f;
    std::set<value> seen;
    std::string text(40, '\0');
    seen.insert(f(text));
    for (auto& c : text)
        for (int bit = 0; bit != 8; ++bit) {
            c = static_cast<char>(c ^ (1 << bit));
            seen.insert(f(text));
            c = static_cast<char>(c ^ (1 << bit));
        }
    for (std::size_t n = 0; n != text.size(); ++n)
        seen.insert(f(std::string_view(text).substr(0, n)));
    BOOST_TEST(seen.size() == 1U + 40 * 8 + 40);
    BOOST_TEST((f(text) == f(std::string(40, '\0'))));
    BOOST_TEST((f(text) != crypto::fingerprinter()(text))); // another key
}

BOOST_AUTO_TEST_CASE(several_texts_are_more_than_their_bytes)
{
    crypto::fingerprinter const f(1, 2);
    std::vector<std::vector<std::string_view>> const lists = {{},         {""},       {"", ""},   {"ab"},
                                                              {"a", "b"}, {"", "ab"}, {"ab", ""}, {"b", "a"}};
    std::set<value> seen;
    for (auto const& l : lists)
        BOOST_TEST(seen.insert(f(l)).second);
    BOOST_TEST((f(lists[4]) == f(std::vector<std::string_view>{"a", "b"})));
}

} // namespace crypto_fingerprint_cases
BOOST_AUTO_TEST_SUITE_END()
