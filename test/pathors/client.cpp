// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include "../support/answers.hpp"
#include "../support/asked.hpp"
#include "../support/clients.hpp"

#include <chatwire/pathors/client.hpp>

#include <boost/test/unit_test.hpp>

#include <string>
#include <utility>
#include <vector>

BOOST_AUTO_TEST_SUITE(pathors_client)

namespace pathors_client_test {

using namespace chatwire;
using namespace chatwire::test;

client_options const options{
    .base_url = "http://h", .api_key = "k", .credentials_in_the_clear = true, .retries = {.max_retries = 0}};

BOOST_AUTO_TEST_CASE_TEMPLATE(sessions, Kit, pathors_kits)
{
    std::vector<std::string> asked;
    peer p(
        {answers({http_answer(R"({"sessionId":"a/b","pathwayId":"prj_1"})"),
                  http_answer(R"({"sessionId":"s","pathwayId":"prj_1"})"),
                  http_answer(R"({"sessionId":"a/b","data":{"variables":{"city":"Lisbon"},"messages":[{"role":"user",)"
                              R"("content":"Hi"}]},"createdAt":"2025-01-02T03:04:05.678Z","updatedAt":"x"})"),
                  http_answer(R"({"error":"Session not found"})", 404),
                  http_answer(R"({"success":true,"sessionId":"a/b","message":"Session ended"})")},
                 asked)});
    Kit kit(p.connector(), options, "prj_1");
    auto const created = kit(kit.client.create_session("a/b", raw_json::trusted(R"({"city":"Lisbon"})")));
    BOOST_REQUIRE(created);
    BOOST_TEST(created->session_id == "a/b");
    BOOST_TEST(created->pathway_id == "prj_1");
    BOOST_TEST(kit(kit.client.create_session("s")).has_value());

    auto const data = kit(kit.client.get_session("a/b"));
    BOOST_REQUIRE(data);
    BOOST_TEST(data->data.variables.text() == R"({"city":"Lisbon"})");
    BOOST_REQUIRE(data->data.messages.size() == 1u);
    BOOST_TEST(data->data.messages[0].text() == "Hi");
    BOOST_TEST(data->created_at == "2025-01-02T03:04:05.678Z");

    auto const none = kit(kit.client.get_session("gone"));
    BOOST_REQUIRE(!none);
    BOOST_TEST(none.error().code == make_error_code(errc::refused));
    BOOST_TEST(none.error().status == 404);
    BOOST_TEST(none.error().message == "Session not found");

    auto const ended = kit(kit.client.end_session("a/b"));
    BOOST_REQUIRE(ended);
    BOOST_TEST(ended->success);

    std::string const base = "/api/project/prj_1/integration/api";
    BOOST_REQUIRE(asked.size() == 5u);
    is(asked[0], "POST " + base + "/session", R"({"session_id":"a/b","variables":{"city":"Lisbon"}})");
    is(asked[1], "POST " + base + "/session", R"({"session_id":"s"})");
    is(asked[2], "GET " + base + "/session/a%2Fb", "");
    is(asked[3], "GET " + base + "/session/gone", "");
    is(asked[4], "DELETE " + base + "/session", R"({"session_id":"a/b"})");
    BOOST_TEST(p.connections() == 1u);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_session_is_talked_in, Kit, pathors_kits)
{
    std::vector<std::string> asked;
    peer p({answers({http_answer(R"({"sessionId":"s-1","pathwayId":"prj_1"})"), http_answer(whole_answer),
                     chunked(stream_body()), http_answer(R"({"sessionId":"s-1","data":{"messages":[]}})"),
                     http_answer(R"({"success":true,"sessionId":"s-1","message":"Session ended"})"),
                     http_answer(R"({"error":"no"})", 400)},
                    asked)});
    Kit kit(p.connector(), options, "prj_1");
    auto s = kit(kit.client.session("s-1", raw_json::trusted(R"({"city":"Lisbon"})"))).value();
    BOOST_TEST(s.id() == "s-1");
    BOOST_TEST(kit(s.say("Hi")).value().text() == "Hello");
    auto answer = kit(s.stream("And you?")).value();
    while (kit(answer.next()).value())
        ;
    BOOST_TEST(answer.completion().text() == "Hello");
    BOOST_TEST(kit(s.data()).value().data.messages.empty());
    BOOST_TEST(kit(s.end()).value().success);
    BOOST_TEST(!kit(kit.client.session("s-2")));

    std::string const base = "/api/project/prj_1/integration/api";
    BOOST_REQUIRE(asked.size() == 6u);
    is(asked[0], "POST " + base + "/session", R"({"session_id":"s-1","variables":{"city":"Lisbon"}})");
    is(asked[1], "POST " + base + "/chat/completions",
       R"({"messages":[{"role":"user","content":"Hi"}],"session_id":"s-1"})");
    is(asked[2], "POST " + base + "/chat/completions",
       R"({"messages":[{"role":"user","content":"And you?"}],"stream":true,"session_id":"s-1"})");
    is(asked[3], "GET " + base + "/session/s-1", "");
    is(asked[4], "DELETE " + base + "/session", R"({"session_id":"s-1"})");
}

BOOST_AUTO_TEST_CASE_TEMPLATE(completions_belong_to_sessions, Kit, pathors_kits)
{
    std::vector<std::string> asked;
    auto const with_session = [](std::string_view json) {
        return std::string(json.substr(0, json.size() - 1)) + R"(,"session_id":"s-1"})";
    };
    peer p({answers({http_answer(with_session(whole_answer)),
                     chunked(event(with_session(chunk_a)) + event(with_session(chunk_end)) + event("[DONE]"))},
                    asked)});
    Kit kit(p.connector(), options, "prj_1");
    pathors::request const r{.messages = {message::user("Hi")}, .ext = {.session_id = "s-1"}};
    auto const c = kit(kit.client.create(r));
    BOOST_REQUIRE(c);
    BOOST_TEST(c->ext.session_id.value_or("") == "s-1");

    auto s = kit(kit.client.stream(r)).value();
    BOOST_TEST(kit(s.next()).value()->ext.session_id.value_or("") == "s-1");
    while (kit(s.next()).value())
        ;
    BOOST_TEST(s.completion().ext.session_id.value_or("") == "s-1");
    is(asked[0], "POST /api/project/prj_1/integration/api/chat/completions",
       R"({"messages":[{"role":"user","content":"Hi"}],"session_id":"s-1"})");
}

} // namespace pathors_client_test

BOOST_AUTO_TEST_SUITE_END()
