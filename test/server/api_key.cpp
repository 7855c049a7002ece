// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/crypto/sha256.hpp>
#include <chatwire/server/api_key.hpp>

#include <boost/test/unit_test.hpp>

#include <cstddef>
#include <string>

BOOST_AUTO_TEST_SUITE(server_api_key)

BOOST_AUTO_TEST_CASE(a_key_is_itself_and_nothing_else)
{
    using chatwire::api_key;
    api_key const k("sk-one");
    BOOST_TEST(k.is(api_key::shown("sk-one")));
    for (auto const* wrong : {"", "sk-on", "sk-onee", "SK-ONE"})
        BOOST_TEST(!k.is(api_key::shown(wrong)), wrong);
    BOOST_TEST((k == api_key("sk-one")));
    BOOST_TEST((k != api_key("sk-two")));
}

BOOST_AUTO_TEST_CASE(a_key_may_be_known_by_its_hash_only)
{
    using chatwire::api_key;
    auto const hash = "sha256:" + chatwire::crypto::sha256_hex("sk-one");
    api_key const k(hash);
    BOOST_TEST(k.is(api_key::shown("sk-one")));
    BOOST_TEST(!k.is(api_key::shown(hash))); // who has read the config cannot come in with it
    BOOST_TEST((k == api_key("sk-one")));
    auto upper = hash;
    for (auto& c : upper)
        if (upper.rfind(':') < static_cast<std::size_t>(&c - upper.data()) && c >= 'a')
            c = static_cast<char>(c - 'a' + 'A');
    BOOST_TEST(upper != hash);
    BOOST_TEST((api_key(upper) == k));

    // what only looks similar is a key
    for (auto const& text : {std::string("sha256:"), hash.substr(0, 70), hash + '0', "sha256:" + std::string(64, 'g')})
        BOOST_TEST(api_key(text).is(api_key::shown(text)), text);
}

BOOST_AUTO_TEST_SUITE_END()
