// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifdef CHATWIRE_TLS
#include <chatwire/crypto/seal.hpp>

#include <boost/test/unit_test.hpp>

#include <set>
#include <string>
#include <vector>

BOOST_AUTO_TEST_SUITE(crypto_seal)
namespace crypto_seal_cases {

using namespace chatwire;
using crypto::open_sealed;
using crypto::parse_sealing_key;
using crypto::seal;
using crypto::sealing_key;

sealing_key counted(unsigned char first = 0)
{
    sealing_key k{};
    for (std::size_t i = 0; i != k.size(); ++i)
        k[i] = static_cast<unsigned char>(first + i);
    return k;
}
auto const key = counted();

BOOST_AUTO_TEST_CASE(what_was_sealed_opens)
{
    std::string all_bytes;
    for (int c = 0; c != 256; ++c)
        all_bytes += static_cast<char>(c);
    for (std::string const& plain :
         {std::string(), std::string("x"), std::string("sk-secret"), all_bytes, std::string(1'000'001, 'l')})
        for (std::string const& associated : {std::string(), std::string("provider/one"), all_bytes}) {
            auto const text = seal(key, plain, associated);
            BOOST_TEST(text.starts_with("v1."));
            BOOST_TEST((open_sealed(key, text, associated).value() == plain));
        }
}

// Made with Node's crypto, from the key 00 01 02 ... 1f, nonces of our choice, and what is to come out.
BOOST_AUTO_TEST_CASE(opens_what_another_implementation_sealed)
{
    struct {
        char const* plain;
        char const* associated;
        char const* sealed;
    } const cases[] = {
        {"sk-not-a-real-key", "provider/one", "v1.AAECAwQFBgcICQoLNGn7daqR73qgM/Lq3cQTCPq/J8bi122O174nfBqOtI6X"},
        {"", "", "v1.////////////////2HnhJSBSoY6hT1495q3nNQ=="},
        {"0123456789abcdef0123456789abcdef!", "x",
         "v1.oKGio6Slpqeoqaqr1ilOHnH+NIhaXOaxZB6luECdayOmgnRbpDdH5BzPEGfzK+iPup4YeFEON42Nl9GOcg=="},
    };
    for (auto const& c : cases)
        BOOST_TEST(open_sealed(key, c.sealed, c.associated).value() == c.plain);
}

BOOST_AUTO_TEST_CASE(no_two_are_alike)
{
    std::set<std::string> seen;
    for (int i = 0; i != 1000; ++i)
        BOOST_TEST(seen.insert(seal(key, "the same", "")).second);
}

BOOST_AUTO_TEST_CASE(another_key_or_purpose_does_not_open_it)
{
    auto const text = seal(key, "secret", "provider/one");
    for (std::size_t i = 0; i != key.size(); ++i)
        for (int bit = 0; bit != 8; ++bit) {
            auto other = key;
            other[i] = static_cast<unsigned char>(other[i] ^ 1 << bit);
            BOOST_TEST((open_sealed(other, text, "provider/one").error().code == errc::bad_value));
        }
    for (auto const* other : {"", "provider/two", "provider/on", "provider/one "})
        BOOST_TEST((open_sealed(key, text, other).error().code == errc::bad_value));
}

// Every character, changed to every other byte; every part of it; and whatever is put in.
BOOST_AUTO_TEST_CASE(a_changed_text_does_not_open)
{
    for (auto const* plain : {"", "7 bytes", "8 bytes.", "nine byte"}) {
        auto const text = seal(key, plain, "a");
        auto const refused = [&](std::string const& changed) {
            auto const r = open_sealed(key, changed, "a");
            return !r && r.error().code == errc::bad_value;
        };
        int opened = 0;
        for (std::size_t i = 0; i != text.size(); ++i) {
            for (int c = 0; c != 256; ++c) {
                auto changed = text;
                changed[i] = static_cast<char>(c);
                opened += changed != text && !refused(changed);
            }
            opened += !refused(text.substr(0, i)) + !refused(text.substr(i + 1));
            for (char const c : {'A', '=', ' ', '\n', '\0'})
                opened += !refused(text.substr(0, i) + c + text.substr(i));
        }
        for (auto const* more : {"=", "==", "AAAA", "\n", " "})
            opened += !refused(text + more);
        BOOST_TEST(opened == 0);
    }
    for (auto const* nothing : {"", "v1.", "v1", "v2.AAAA", "v1.AAAA", "plain text"})
        BOOST_TEST((open_sealed(key, nothing, "").error().code == errc::bad_value));
}

BOOST_AUTO_TEST_CASE(keys_are_hexadecimal_or_base64)
{
    std::string const hex = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
    std::string const base64 = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    BOOST_TEST((parse_sealing_key(hex).value() == key));
    BOOST_TEST((parse_sealing_key("000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F").value() == key));
    BOOST_TEST((parse_sealing_key(base64).value() == key));
    for (std::string const& wrong :
         {std::string(), hex.substr(1), hex + "0", hex.substr(2), "g" + hex.substr(1), " " + hex, base64.substr(0, 43),
          base64 + "\n", base64.substr(0, 42) + "9=", base64.substr(4), "AAAA" + base64, std::string(32, 'k')}) {
        auto const r = parse_sealing_key(wrong);
        BOOST_TEST((r.error().code == errc::invalid_argument));
        BOOST_TEST((wrong.empty() || r.error().message.find(wrong) == std::string::npos));
    }
}

} // namespace crypto_seal_cases
BOOST_AUTO_TEST_SUITE_END()
#endif
