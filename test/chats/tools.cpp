// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include "../support/chats.hpp"

#include <chatwire/chats/tools.hpp>

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

BOOST_AUTO_TEST_SUITE(chats_tools)

namespace chats_tools_test {

using namespace chatwire;

// The service of chats_world, and its tools at /mcp.
struct world : test::chats_world {
    world() : tools({.about = {.name = "chats", .version = "1"}})
    {
        chats::add_tools(tools, service).value();
        tools.mount(routes, "/mcp", [this](server_call const& call) { return service.authenticate(call); });
    }

    test::seen_answer post_rpc(std::string const& key, std::string const& body)
    {
        test::served s(routes);
        s.receive(test::post("/mcp", body,
                             "Accept: application/json, text/event-stream\r\nContent-Type: application/json\r\n" +
                                 (key.empty() ? "" : "Authorization: Bearer " + key + "\r\n")));
        s.end();
        auto const all = test::read_answers(s.sent, {"POST"});
        BOOST_TEST_REQUIRE(all.size() == 1U);
        return all[0];
    }

    struct outcome {
        bool is_error;
        std::string text;
    };
    outcome use(std::string const& tool, std::string const& arguments, std::string const& key = "ada")
    {
        auto const a = post_rpc(key, R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":")" + tool +
                                         R"(","arguments":)" + arguments + "}}");
        BOOST_TEST_REQUIRE(a.status == 200, a.body);
        auto const v = test::parse_json(a.body);
        auto const& r = v.at("result").as_object();
        BOOST_TEST_REQUIRE(r.at("content").as_array().size() == 1U);
        return {r.at("isError").as_bool(), test::text_of(r.at("content").at(0), "text")};
    }

    mcp::tool_server tools;
};

BOOST_AUTO_TEST_CASE(the_six_tools_do_what_the_routes_do)
{
    world w;
    auto const made = w.use("create-chat", R"({"projectId":"prj_a","aiProviderId":"aip_a","systemMessage":"stored"})");
    BOOST_TEST(!made.is_error);
    auto const id = test::text_of(test::parse_json(made.text), "id");
    auto const shown = w.call("ada", "GET", "/chats/" + id);
    BOOST_TEST(made.text == shown.body);
    BOOST_TEST(w.use("get-chat", R"({"chatId":")" + id + "\"}").text == shown.body);
    BOOST_TEST(w.use("list-chats", "{}").text == '[' + shown.body + ']');
    BOOST_TEST(w.use("list-chats", R"({"projectId":"prj_a"})").text == '[' + shown.body + ']');

    auto const answer =
        w.use("create-chat-completion-for-chat",
              R"({"chatId":")" + id + R"(","messages":[{"role":"user","content":"Hi"}],"seed":7,"stream":true})");
    BOOST_TEST(!answer.is_error, answer.text);
    BOOST_TEST(test::text_of(test::parse_json(answer.text).at("choices").at(0).at("message"), "content") == "Hi there");
    BOOST_TEST(w.last_asked() == "system:stored|user:Hi");
    BOOST_TEST(*w.asked.back().seed == 7);

    auto const alone = w.use("create-chat-completion",
                             R"({"aiProviderId":"aip_a","messages":[{"role":"user","documentId":"doc_a"}]})");
    BOOST_TEST(!alone.is_error, alone.text);
    BOOST_TEST(w.last_asked() == "user:the text of a");

    auto const gone = w.use("delete-chat", R"({"chatId":")" + id + "\"}");
    BOOST_TEST(!gone.is_error);
    BOOST_TEST(gone.text == "Deleted successfully.");
    BOOST_TEST(w.use("list-chats", "{}").text == "[]");
}

BOOST_AUTO_TEST_CASE(a_refusal_is_a_result_that_says_so)
{
    world w;
    auto const chat = w.create(R"(,"name":"the secret of a")");
    std::string const hello = R"("messages":[{"role":"user","content":"Hi"}])";
    struct row {
        char const* key;
        char const* tool;
        std::string arguments;
        std::string text;
    };
    std::string const of_chat = R"({"chatId":")" + chat + '"';
    for (auto const& r : std::vector<row>{
             {"reader", "create-chat", R"({"projectId":"prj_a","aiProviderId":"aip_a"})", "Forbidden"},
             {"ada", "create-chat", R"({"projectId":"prj_a","aiProviderId":"aip_b"})", "AI provider not found"},
             {"both", "create-chat", R"({"aiProviderId":"aip_a"})", "projectId is required"},
             {"ada", "create-chat", R"({"aiProviderId":""})", "aiProviderId is required"},
             {"bob", "get-chat", of_chat + '}', "Chat not found"},
             {"bob", "delete-chat", of_chat + '}', "Chat not found"},
             {"reader", "delete-chat", of_chat + '}', "Forbidden"},
             {"ada", "get-chat", R"({"chatId":"../chats"})", "Chat not found"},
             {"ada", "list-chats", R"({"projectId":"prj_b"})", "Forbidden"},
             {"reader", "create-chat-completion-for-chat", of_chat + ',' + hello + '}', "Forbidden"},
             {"bob", "create-chat-completion-for-chat", of_chat + ',' + hello + '}', "Chat not found"},
             {"ada", "create-chat-completion-for-chat", of_chat + R"(,"messages":[]})",
              "messages is required and must be a non-empty array"},
             {"bob", "create-chat-completion", R"({"aiProviderId":"aip_a",)" + hello + '}', "AI provider not found"},
             {"ada", "create-chat-completion",
              R"({"aiProviderId":"aip_a","messages":[{"role":"user","documentId":"doc_b"}]})", "Document not found"}}) {
        auto const o = w.use(r.tool, r.arguments, r.key);
        BOOST_TEST(o.is_error, r.key << ' ' << r.tool << r.arguments);
        BOOST_TEST(test::error_text(o.text) == r.text, r.key << ' ' << r.tool << r.arguments);
    }
    // an id that is none would lead to another route
    for (auto const* tool : {"get-chat", "delete-chat"})
        BOOST_TEST(w.use(tool, R"({"chatId":""})").is_error);
    BOOST_TEST(w.use("create-chat-completion-for-chat", R"({"chatId":"",)" + hello + '}').is_error);
    BOOST_TEST(w.call("ada", "GET", "/chats/" + chat).status == 200);

    for (auto const* key : {"", "wrong"})
        BOOST_TEST(w.post_rpc(key, R"({"jsonrpc":"2.0","id":1,"method":"tools/list"})").status == 401);
}

BOOST_AUTO_TEST_CASE(a_chat_is_no_larger_than_the_route_takes_it)
{
    world w;
    auto const o = w.use("create-chat", R"({"projectId":"prj_a","aiProviderId":"aip_a","systemMessage":")" +
                                            std::string(std::size_t{1} << 20, 's') + "\"}");
    BOOST_TEST(o.is_error);
    BOOST_TEST(w.memory->rows() == 0U);
}

BOOST_AUTO_TEST_CASE(names_are_there_once)
{
    world w;
    BOOST_TEST(!chats::add_tools(w.tools, w.service));
}

} // namespace chats_tools_test

BOOST_AUTO_TEST_SUITE_END()
