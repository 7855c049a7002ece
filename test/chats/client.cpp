// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include "../support/answers.hpp"
#include "../support/asked.hpp"
#include "../support/clients.hpp"

#include <chatwire/chats/client.hpp>

#include <boost/test/unit_test.hpp>

#include <string>
#include <utility>
#include <vector>

BOOST_AUTO_TEST_SUITE(chats_client)

namespace chats_client_test {

using namespace chatwire;
using namespace chatwire::test;

client_options const options{
    .base_url = "http://h", .api_key = "k", .credentials_in_the_clear = true, .retries = {.max_retries = 0}};

std::string chat_named(std::string const& id)
{
    return R"({"id":")" + id +
           R"(","projectId":"prj_1","aiProviderId":"aip_1","name":"N","systemMessage":null,)"
           R"("model":null,"createdAt":"2026-01-02T03:04:05.678Z","updatedAt":"x"})";
}

BOOST_AUTO_TEST_CASE_TEMPLATE(chats_are_made_listed_shown_and_deleted, Kit, chats_kits)
{
    std::vector<std::string> asked;
    peer p({answers({http_answer(chat_named("cht_1"), 201),
                     http_answer('[' + chat_named("cht_2") + ',' + chat_named("cht_1") + ']'), http_answer("[]"),
                     http_answer(chat_named("a/b")), http_answer(R"({"error":"Chat not found"})", 404),
                     "HTTP/1.1 204 No Content\r\n\r\n", http_answer(R"({"error":"Forbidden"})", 403)},
                    asked)});
    Kit kit(p.connector(), options);
    auto const made = kit(kit.client.create_chat({.project_id = "prj_1", .ai_provider_id = "aip_1", .name = "N"}));
    BOOST_REQUIRE(made);
    BOOST_TEST(made->id == "cht_1");
    BOOST_TEST(made->name.value_or("") == "N");
    BOOST_TEST(!made->model);

    auto const all = kit(kit.client.list_chats());
    BOOST_REQUIRE(all);
    BOOST_REQUIRE(all->size() == 2u);
    BOOST_TEST(all->front().id == "cht_2");
    BOOST_TEST(kit(kit.client.list_chats("prj/1")).value().empty());

    BOOST_TEST(kit(kit.client.get_chat("a/b")).value().created_at == "2026-01-02T03:04:05.678Z");
    auto const none = kit(kit.client.get_chat("gone"));
    BOOST_REQUIRE(!none);
    BOOST_TEST(none.error().status == 404);
    BOOST_TEST(none.error().message == "Chat not found");

    BOOST_TEST(kit(kit.client.delete_chat("cht_1")).has_value());
    BOOST_TEST(kit(kit.client.delete_chat("..")).error().status == 403);

    BOOST_REQUIRE(asked.size() == 7u);
    is(asked[0], "POST /api/v1/chats", R"({"projectId":"prj_1","aiProviderId":"aip_1","name":"N"})");
    is(asked[1], "GET /api/v1/chats", "");
    is(asked[2], "GET /api/v1/chats?projectId=prj%2F1", "");
    is(asked[3], "GET /api/v1/chats/a%2Fb", "");
    is(asked[4], "GET /api/v1/chats/gone", "");
    is(asked[5], "DELETE /api/v1/chats/cht_1", "");
    is(asked[6], "DELETE /api/v1/chats/%2E%2E", "");
    BOOST_TEST(p.connections() == 1u);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(completions_with_a_chat_and_without, Kit, chats_kits)
{
    std::vector<std::string> asked;
    auto const streamed = chunked(event(chunk_a) + event(chunk_end) + event("[DONE]"));
    peer p({answers({http_answer(whole_answer), streamed, http_answer(whole_answer), streamed}, asked)});
    Kit kit(p.connector(), options);
    chats::request const r{.messages = {chats::message::user("Hi")}};
    chats::request const alone{.messages = {chats::from_document("doc_1")}, .ext = {.ai_provider_id = "aip_1"}};

    BOOST_TEST(!kit(kit.client.create_for_chat("cht_1", r)).value().text().empty());
    {
        auto s = kit(kit.client.stream_for_chat("cht_1", r)).value();
        while (kit(s.next()).value())
            ;
        BOOST_TEST(s.end().success());
    }
    BOOST_TEST(!kit(kit.client.create(alone)).value().text().empty());
    {
        auto s = kit(kit.client.stream(alone)).value();
        while (kit(s.next()).value())
            ;
        BOOST_TEST(s.end().success());
    }
    BOOST_REQUIRE(asked.size() == 4u);
    is(asked[0], "POST /api/v1/chats/cht_1/completions", R"({"messages":[{"role":"user","content":"Hi"}]})");
    is(asked[1], "POST /api/v1/chats/cht_1/completions",
       R"({"messages":[{"role":"user","content":"Hi"}],"stream":true})");
    is(asked[2], "POST /api/v1/chats/completions",
       R"({"messages":[{"role":"user","documentId":"doc_1"}],"aiProviderId":"aip_1"})");
    is(asked[3], "POST /api/v1/chats/completions",
       R"({"messages":[{"role":"user","documentId":"doc_1"}],"stream":true,"aiProviderId":"aip_1"})");
}

} // namespace chats_client_test

BOOST_AUTO_TEST_SUITE_END()
