// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/chats/ai_provider_config.hpp>
#include <chatwire/json/reader.hpp>

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(chats_ai_provider_config)

namespace chats_ai_provider_config_test {

using namespace chatwire;

BOOST_AUTO_TEST_CASE(is_read_with_whatever_it_has)
{
    auto const none = json::read<chats::ai_provider_config>("{}").value();
    BOOST_TEST((none == chats::ai_provider_config{}));
    auto const all = json::read<chats::ai_provider_config>(
                         R"({"region":"us-east-1","api_version":"2024-10-21","resource_name":"mine"})")
                         .value();
    BOOST_TEST((all == chats::ai_provider_config{"mine", "2024-10-21", "us-east-1"}));
}

} // namespace chats_ai_provider_config_test
BOOST_AUTO_TEST_SUITE_END()
