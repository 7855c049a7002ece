// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/chats/key_ring.hpp>

#include <boost/test/unit_test.hpp>

#include <memory>

BOOST_AUTO_TEST_SUITE(chats_key_ring)

BOOST_AUTO_TEST_CASE(a_key_leads_to_whose_it_is)
{
    using namespace chatwire;
    using chats::principal;
    chats::key_ring keys;
    auto const ada = std::make_shared<principal const>(principal{.id = "ada"});
    auto const bob = std::make_shared<principal const>(principal{.id = "bob"});
    BOOST_TEST(!keys.find(""));
    BOOST_TEST(keys.add(api_key("k-ada"), ada));
    BOOST_TEST(keys.add(api_key("k-bob"), bob));
    BOOST_TEST(keys.find("k-ada") == ada);
    BOOST_TEST(keys.find("k-bob") == bob);
    for (auto const* wrong : {"", "k-", "k-ad", "k-adaa", "K-ADA"})
        BOOST_TEST(!keys.find(wrong), wrong);
    BOOST_TEST(!keys.add(api_key("k-ada"), bob));
    BOOST_TEST(keys.find("k-ada") == ada);
}

BOOST_AUTO_TEST_SUITE_END()
