// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/chats/dialect.hpp>
#include <chatwire/json/reader.hpp>
#include <chatwire/json/request.hpp>
#include <chatwire/json/writer.hpp>

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(chats_dialect)

namespace chats_dialect_test {

using namespace chatwire;

BOOST_AUTO_TEST_CASE(a_provider_stands_beside_the_members_of_the_protocol)
{
    chats::request const r{.messages = {chats::message::user("Hello!")},
                           .ext = {.ai_provider_id = "aip_abc123", .system_message = "You are a helpful assistant."}};
    auto const text = json::to_text(r);
    BOOST_TEST(text == R"({"messages":[{"role":"user","content":"Hello!"}],"aiProviderId":"aip_abc123",)"
                       R"("systemMessage":"You are a helpful assistant."})");
    auto const back = json::read<chats::request>(text);
    BOOST_REQUIRE(back);
    BOOST_TEST((*back == r));
}

BOOST_AUTO_TEST_CASE(a_message_may_be_a_documents_text)
{
    chats::request const r{.messages = {chats::from_document("doc_1"), chats::from_document("doc_2", role::system)}};
    auto const text = json::to_text(r);
    BOOST_TEST(text == R"({"messages":[{"role":"user","documentId":"doc_1"},{"role":"system","documentId":"doc_2"}]})");
    auto const back = json::read<chats::request>(text);
    BOOST_REQUIRE(back);
    BOOST_TEST((*back == r));
}

} // namespace chats_dialect_test

BOOST_AUTO_TEST_SUITE_END()
