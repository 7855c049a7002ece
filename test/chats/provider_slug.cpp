// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/chats/provider_slug.hpp>

#include "support/words.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(chats_provider_slug)

BOOST_AUTO_TEST_CASE(words)
{
    using chatwire::chats::provider_slug;
    support::check_words<provider_slug>({{provider_slug::openai, "openai"},
                                         {provider_slug::anthropic, "anthropic"},
                                         {provider_slug::google, "google"},
                                         {provider_slug::xai, "xai"},
                                         {provider_slug::groq, "groq"},
                                         {provider_slug::ollama, "ollama"},
                                         {provider_slug::azure, "azure"},
                                         {provider_slug::bedrock, "bedrock"},
                                         {provider_slug::gateway, "gateway"},
                                         {provider_slug::custom, "custom"}});
}

BOOST_AUTO_TEST_SUITE_END()
