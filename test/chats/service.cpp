// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include "../support/chats.hpp"

#include <chatwire/chats/service.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <set>
#include <utility>

BOOST_AUTO_TEST_SUITE(chats_service)

namespace chats_service_test {

using namespace chatwire;
using world = test::chats_world;

std::string const hello = R"("messages":[{"role":"user","content":"Hello!"}])";

BOOST_AUTO_TEST_CASE(the_two_steps_of_the_documentation)
{
    world w;
    auto const made = w.call("ada-key", "POST", "/chats",
                             R"({"projectId":"prj_a","aiProviderId":"aip_a",)"
                             R"("systemMessage":"You are a helpful assistant.","name":"My Assistant"})");
    BOOST_TEST(made.status == 201);
    BOOST_TEST(made.field("content-type") == "application/json");
    auto const chat = test::parse_json(made.body);
    auto const id = test::text_of(chat, "id");
    BOOST_TEST(id.size() == 20U);
    BOOST_TEST(id.starts_with("cht_"));
    BOOST_TEST(
        std::all_of(id.begin() + 4, id.end(), [](char c) { return std::isalnum(static_cast<unsigned char>(c)); }));
    BOOST_TEST(test::text_of(chat, "projectId") == "prj_a");
    BOOST_TEST(test::text_of(chat, "aiProviderId") == "aip_a");
    BOOST_TEST(test::text_of(chat, "name") == "My Assistant");
    BOOST_TEST(test::text_of(chat, "systemMessage") == "You are a helpful assistant.");
    BOOST_TEST(chat.at("model").is_null());
    auto const created = test::text_of(chat, "createdAt");
    BOOST_TEST(created.size() == std::string_view("2026-03-01T00:00:00.001Z").size());
    BOOST_TEST(created.ends_with('Z'));
    BOOST_TEST(test::text_of(chat, "updatedAt") == created);
    BOOST_TEST(chat.as_object().size() == 8U);

    auto const answer = w.complete(id, hello, "ada-key");
    BOOST_TEST(answer.status == 200);
    auto const c = test::parse_json(answer.body);
    BOOST_TEST(test::text_of(c, "object") == "chat.completion");
    BOOST_TEST(test::text_of(c, "model") == "default-model");
    BOOST_TEST(test::text_of(c.at("choices").at(0).at("message"), "content") == "Hi there");
    BOOST_TEST(w.last_asked() == "system:You are a helpful assistant.|user:Hello!");

    auto const streamed = w.complete(id, hello + R"(,"stream":true)", "ada-key");
    BOOST_TEST(streamed.status == 200);
    BOOST_TEST(streamed.field("content-type") == "text/event-stream");
    BOOST_TEST(test::well_ended(streamed.body));
    auto const chunks = test::read_chunks(streamed.body);
    BOOST_TEST(test::content_of(chunks) == "Hi there");
    for (std::size_t i = 0; i < chunks.size(); ++i) {
        auto const& choices = chunks[i].at("choices").as_array();
        BOOST_TEST_REQUIRE(choices.size() == 1U);
        BOOST_TEST(choices[0].at("delta").as_object().contains("content") == (i + 1 < chunks.size()));
    }
}

// The table of the specification, row by row.
BOOST_AUTO_TEST_CASE(statuses)
{
    world w;
    auto const chat = w.create();
    auto const other = w.create("", "b");
    std::string const chats = "/chats", one = "/chats/" + chat, completions = one + "/completions";
    struct row {
        char const* key;
        char const* method;
        std::string target;
        std::string body;
        int status;
        char const* error;
    };
    std::string const create_a = R"({"projectId":"prj_a","aiProviderId":"aip_a"})";
    auto const* const no_messages = "messages is required and must be a non-empty array";
    row const rows[] = {
        // POST /chats
        {"ada", "POST", chats, create_a, 201, nullptr},
        {"ada", "POST", chats, R"({"aiProviderId":"aip_a"})", 201, nullptr}, // has one project
        {"ada", "POST", chats, R"({"aiProviderId":"aip_a","projectId":null,"name":null})", 201, nullptr},
        {"ada", "POST", chats, R"({"projectId":"prj_a"})", 400, "aiProviderId is required"},
        {"ada", "POST", chats, R"({"projectId":"prj_a","aiProviderId":null})", 400, "aiProviderId is required"},
        {"ada", "POST", chats, R"({"projectId":"prj_a","aiProviderId":""})", 400, "aiProviderId is required"},
        {"ada", "POST", chats, R"({"aiProviderId":7})", 400, "aiProviderId: expected a string"},
        {"ada", "POST", chats, R"({"aiProviderId":"aip_a","projectId":7})", 400, "projectId: expected a string"},
        {"ada", "POST", chats, "[]", 400, nullptr},
        {"ada", "POST", chats, "", 400, nullptr},
        {"both", "POST", chats, R"({"aiProviderId":"aip_a"})", 400, "projectId is required"},
        {"admin", "POST", chats, R"({"aiProviderId":"aip_a"})", 400, "projectId is required"},
        {"both-key", "POST", chats, R"({"aiProviderId":"aip_a"})", 201, nullptr}, // a key has one project
        {"", "POST", chats, create_a, 401, "Unauthorized"},
        {"wrong", "POST", chats, create_a, 401, "Unauthorized"},
        {"reader", "POST", chats, create_a, 403, "Forbidden"},
        {"reader-key", "POST", chats, create_a, 403, "Forbidden"},
        {"bob", "POST", chats, create_a, 403, "Forbidden"},
        {"nobody", "POST", chats, R"({"aiProviderId":"aip_a"})", 403, "Forbidden"},
        {"admin", "POST", chats, R"({"projectId":"prj_none","aiProviderId":"aip_a"})", 403, "Forbidden"},
        {"ada", "POST", chats, R"({"projectId":"prj_a","aiProviderId":"aip_none"})", 404, "AI provider not found"},
        {"ada", "POST", chats, R"({"projectId":"prj_a","aiProviderId":"aip_b"})", 404, "AI provider not found"},
        {"both", "POST", chats, R"({"projectId":"prj_a","aiProviderId":"aip_b"})", 201, nullptr}, // belongs to both
        // GET /chats
        {"ada", "GET", chats, "", 200, nullptr},
        {"nobody", "GET", chats, "", 200, nullptr},
        {"ada", "GET", chats + "?projectId=prj_a", "", 200, nullptr},
        {"", "GET", chats, "", 401, "Unauthorized"},
        {"ada", "GET", chats + "?projectId=prj_b", "", 403, "Forbidden"},
        {"ada-key", "GET", chats + "?projectId=prj_b", "", 403, "Forbidden"},
        {"both-key", "GET", chats + "?projectId=prj_b", "", 403, "Forbidden"}, // never leaves its project
        {"admin", "GET", chats + "?projectId=prj_none", "", 403, "Forbidden"},
        // GET /chats/{chatId}
        {"ada", "GET", one, "", 200, nullptr},
        {"reader-key", "GET", one, "", 200, nullptr},
        {"", "GET", one, "", 401, "Unauthorized"},
        {"bob", "GET", one, "", 404, "Chat not found"}, // sees nothing of the project
        {"nobody", "GET", one, "", 404, "Chat not found"},
        {"ada", "GET", "/chats/cht_none", "", 404, "Chat not found"},
        {"ada", "GET", "/chats/completions", "", 404, "Chat not found"},
        // POST /chats/{chatId}/completions
        {"ada", "POST", completions, '{' + hello + '}', 200, nullptr},
        {"ada", "POST", completions, '{' + hello + R"(,"stream":true})", 200, nullptr},
        {"ada", "POST", completions, '{' + hello + R"(,"aiProviderId":"aip_a"})", 200, nullptr},
        {"ada", "POST", completions, "{}", 400, no_messages},
        {"ada", "POST", completions, R"({"messages":[]})", 400, no_messages},
        {"ada", "POST", completions, R"({"messages":null})", 400, no_messages},
        {"ada", "POST", completions, R"({"messages":"Hello!"})", 400, no_messages},
        {"ada", "POST", completions, R"({"messages":{}})", 400, no_messages},
        {"ada", "POST", completions, R"({"messages":["Hello!"]})", 400, nullptr},
        {"both", "POST", completions, '{' + hello + R"(,"aiProviderId":"aip_b"})", 400,
         "aiProviderId must be the chat's, or not given"},
        {"ada", "POST", completions, '{' + hello + R"(,"systemMessage":"Be brief."})", 400, nullptr},
        {"ada", "POST", completions, '{' + hello + R"(,"model":5})", 400, nullptr},
        {"ada", "POST", completions, '{' + hello + R"(,"temperature":5})", 400, nullptr},
        {"", "POST", completions, '{' + hello + '}', 401, "Unauthorized"},
        {"reader", "POST", completions, '{' + hello + '}', 403, "Forbidden"},
        {"bob", "POST", completions, '{' + hello + '}', 404, "Chat not found"},
        {"ada", "POST", "/chats/cht_none/completions", '{' + hello + '}', 404, "Chat not found"},
        {"ada", "POST", completions, R"({"messages":[{"role":"user","documentId":"doc_none"}]})", 404,
         "Document not found"},
        // POST /chats/completions
        {"ada", "POST", "/chats/completions", '{' + hello + R"(,"aiProviderId":"aip_a"})", 200, nullptr},
        {"reader", "POST", "/chats/completions", '{' + hello + R"(,"aiProviderId":"aip_a"})", 200,
         nullptr}, // no policy
        {"ada", "POST", "/chats/completions", '{' + hello + R"(,"aiProviderId":"aip_a","stream":true})", 200, nullptr},
        {"ada", "POST", "/chats/completions", '{' + hello + '}', 400, "aiProviderId is required"},
        {"ada", "POST", "/chats/completions", '{' + hello + R"(,"aiProviderId":null})", 400, nullptr},
        {"ada", "POST", "/chats/completions", '{' + hello + R"(,"aiProviderId":3})", 400,
         "aiProviderId: expected a string"},
        {"ada", "POST", "/chats/completions", R"({"aiProviderId":"aip_a"})", 400, no_messages},
        {"", "POST", "/chats/completions", '{' + hello + R"(,"aiProviderId":"aip_a"})", 401, "Unauthorized"},
        {"bob", "POST", "/chats/completions", '{' + hello + R"(,"aiProviderId":"aip_a"})", 404,
         "AI provider not found"},
        {"both-key", "POST", "/chats/completions", '{' + hello + R"(,"aiProviderId":"aip_b"})", 404,
         "AI provider not found"},
        {"ada", "POST", "/chats/completions", '{' + hello + R"(,"aiProviderId":"aip_none"})", 404,
         "AI provider not found"},
        {"ada", "POST", "/chats/completions",
         R"({"messages":[{"role":"user","documentId":"doc_b"}],"aiProviderId":"aip_a"})", 404, "Document not found"},
        // DELETE /chats/{chatId}
        {"", "DELETE", one, "", 401, "Unauthorized"},
        {"reader", "DELETE", one, "", 403, "Forbidden"},
        {"reader-key", "DELETE", one, "", 403, "Forbidden"},
        {"bob", "DELETE", one, "", 404, "Chat not found"},
        {"ada", "DELETE", "/chats/" + other, "", 404, "Chat not found"},
        {"ada", "DELETE", one, "", 204, nullptr},
        {"ada", "DELETE", one, "", 404, "Chat not found"},
        {"ada", "GET", one, "", 404, "Chat not found"},
        {"ada", "POST", completions, '{' + hello + '}', 404, "Chat not found"},
        // other methods
        {"ada", "PUT", chats, "", 405, nullptr},
        {"ada", "PATCH", one, "", 405, nullptr},
        {"ada", "POST", "/nothing", "", 404, nullptr},
    };
    for (auto const& r : rows) {
        BOOST_TEST_CONTEXT(r.key << ' ' << r.method << ' ' << r.target << ' ' << r.body)
        {
            auto const a = w.call(r.key, r.method, r.target, r.body);
            BOOST_TEST(a.status == r.status, a.body);
            if (r.status == 204)
                BOOST_TEST(a.body.empty());
            if (r.status >= 400) {
                auto const said = test::error_text(a.body);
                BOOST_TEST((r.error ? said == r.error : !said.empty()), said);
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(lists_are_the_newest_first_and_hold_what_may_be_listed)
{
    world w;
    auto const first = w.create(), second = w.create(), third = w.create("", "b"), fourth = w.create();
    w.add_user("picky", chats::principal::kind::user,
               R"({"effect":"Allow","action":"chats:ListChats","resource":["soat:prj_a:chat:)" + first +
                   R"(","soat:prj_b:chat:*"]},{"effect":"Deny","action":"*","resource":"soat:*:*:)" + second + "\"}");
    auto const listed = [&](std::string const& key, std::string const& query = {}) {
        auto const a = w.call(key, "GET", "/chats" + query);
        BOOST_TEST_REQUIRE(a.status == 200, a.body);
        std::string out;
        auto const all = test::parse_json(a.body);
        for (auto const& c : all.as_array())
            out += test::text_of(c, "id") + ' ';
        return out;
    };
    BOOST_TEST(listed("admin") == fourth + ' ' + third + ' ' + second + ' ' + first + ' ');
    BOOST_TEST(listed("both") == listed("admin"));
    BOOST_TEST(listed("both", "?projectId=prj_b") == third + ' ');
    BOOST_TEST(listed("both", "?projectId=prj%5Fb") == third + ' ');
    BOOST_TEST(listed("admin", "?projectId=prj_empty").empty());
    BOOST_TEST(listed("ada") == fourth + ' ' + second + ' ' + first + ' ');
    BOOST_TEST(listed("both-key") == listed("ada")); // a key sees its project
    BOOST_TEST(listed("admin-key") == third + ' ');
    BOOST_TEST(listed("picky") == third + ' ' + first + ' ');
    BOOST_TEST(listed("nobody").empty());
}

BOOST_AUTO_TEST_CASE(what_a_completion_is_made_of)
{
    world w;
    auto const plain = w.create();
    auto const set_up = w.create(R"(,"systemMessage":"stored","model":"chosen")");
    struct row {
        std::string chat; // empty: none
        std::string more;
        char const* asked;
        char const* model;
    };
    row const rows[] = {
        {plain, hello, "user:Hello!", "default-model"},
        {plain, hello + R"(,"model":"asked-for")", "user:Hello!", "asked-for"},
        {set_up, hello, "system:stored|user:Hello!", "chosen"},
        {set_up, hello + R"(,"model":"asked-for")", "system:stored|user:Hello!", "asked-for"},
        // one of its own stays in its place, and the stored one is not said
        {set_up,
         R"("messages":[{"role":"user","content":"a"},{"role":"system","content":"now"},{"role":"assistant","content":"b"}])",
         "user:a|system:now|assistant:b", "chosen"},
        {set_up, R"("messages":[{"role":"system","documentId":"doc_a"},{"role":"user","content":"x"}])",
         "system:the text of a|user:x", "chosen"},
        {plain, R"("messages":[{"role":"user","documentId":"doc_a"},{"role":"assistant","content":""}])",
         "user:the text of a|assistant:", "default-model"},
        {"", hello, "user:Hello!", "default-model"},
        {"", hello + R"(,"systemMessage":"said first","model":"m")", "system:said first|user:Hello!", "m"},
        {"", R"("messages":[{"role":"system","content":"now"}],"systemMessage":"said first")", "system:now",
         "default-model"},
        {"", hello + R"(,"systemMessage":"")", "user:Hello!", "default-model"},
    };
    for (auto const& r : rows) {
        auto const a = r.chat.empty()
                           ? w.call("ada", "POST", "/chats/completions", '{' + r.more + R"(,"aiProviderId":"aip_a"})")
                           : w.complete(r.chat, r.more);
        BOOST_TEST_REQUIRE(a.status == 200, r.more << ": " << a.body);
        BOOST_TEST(w.last_asked() == r.asked, r.more);
        BOOST_TEST(w.asked.back().model == r.model, r.more);
        BOOST_TEST(test::text_of(test::parse_json(a.body), "model") == r.model);
    }
    // the chat is not changed by it, and nothing of it is kept
    auto const shown = test::parse_json(w.call("ada", "GET", "/chats/" + set_up).body);
    BOOST_TEST(test::text_of(shown, "systemMessage") == "stored");
    BOOST_TEST(test::text_of(shown, "model") == "chosen");
    BOOST_TEST(test::text_of(shown, "updatedAt") == test::text_of(shown, "createdAt"));
    BOOST_TEST(w.memory->rows() == 2U);
}

BOOST_AUTO_TEST_CASE(messages_are_checked)
{
    world w;
    auto const chat = w.create();
    auto const asked_before = w.asked.size();
    for (std::string const message :
         {R"({"role":"tool","content":"x","tool_call_id":"c"})", R"({"role":"developer","content":"x"})",
          R"({"role":"function","content":"x"})", R"({"role":"owner","content":"x"})", R"({"content":"x"})",
          R"({"role":5,"content":"x"})", R"({"role":"user"})", R"({"role":"user","content":null})",
          R"({"role":"user","content":"x","documentId":"doc_a"})", R"({"role":"user","documentId":null})",
          R"({"role":"user","documentId":7})", R"({"role":"user","content":7})", "null", "[]"}) {
        auto const a = w.complete(chat, R"("messages":[{"role":"user","content":"ok"},)" + message + ']');
        BOOST_TEST(a.status == 400, message << ": " << a.body);
        BOOST_TEST(test::error_text(a.body).find("messages[1]") != std::string::npos, a.body);
    }
    BOOST_TEST(w.asked.size() == asked_before);
}

BOOST_AUTO_TEST_CASE(what_the_module_does_not_know_goes_to_the_provider_as_it_came)
{
    world w;
    auto const chat = w.create();
    auto const a = w.complete(
        chat,
        R"("messages":[{"role":"user","content":"x","x_mark":1.50}],"aiProviderId":"aip_a","x_top":{"b":[1, 2]},"seed":7)");
    BOOST_TEST_REQUIRE(a.status == 200, a.body);
    auto const text = json::to_text(w.asked.back());
    BOOST_TEST(text.find(R"("x_mark":1.50)") != std::string::npos, text);
    BOOST_TEST(text.find(R"("x_top":{"b":[1, 2]})") != std::string::npos, text);
    BOOST_TEST(text.find(R"("seed":7)") != std::string::npos, text);
    for (auto const* own : {"aiProviderId", "systemMessage", "documentId"})
        BOOST_TEST(text.find(own) == std::string::npos, text);
}

BOOST_AUTO_TEST_CASE(a_misspelt_member_of_a_chat_is_not_lost_without_a_word)
{
    world w;
    auto const a = w.call("ada", "POST", "/chats", R"({"aiProviderId":"aip_a","sytemMessage":"x"})");
    BOOST_TEST(a.status == 400);
    BOOST_TEST(test::error_text(a.body).find("sytemMessage") != std::string::npos, a.body);
}

BOOST_AUTO_TEST_CASE(a_provider_of_another_project_answers_only_who_belongs_there_too)
{
    world w;
    auto const a = w.call("both", "POST", "/chats", R"({"projectId":"prj_a","aiProviderId":"aip_b"})");
    BOOST_TEST_REQUIRE(a.status == 201, a.body);
    auto const chat = test::text_of(test::parse_json(a.body), "id");
    BOOST_TEST(w.complete(chat, hello, "both").status == 200);
    auto const refused = w.complete(chat, hello, "ada");
    BOOST_TEST(refused.status == 404);
    BOOST_TEST(test::error_text(refused.body) == "AI provider not found");
    BOOST_TEST(w.complete(chat, hello, "both-key").status == 404); // a key does not leave its project through a chat
    // documents are the chat's project's
    std::string const ask_for = R"("messages":[{"role":"user","documentId":"doc_)";
    BOOST_TEST(w.complete(chat, ask_for + R"(a"}])", "both").status == 200);
    BOOST_TEST(w.complete(chat, ask_for + R"(b"}])", "both").status == 404);
}

// Nothing of a project is seen or changed by anybody's key but its own people's, whatever is tried.
BOOST_AUTO_TEST_CASE(no_key_gets_at_another_project)
{
    world w;
    auto const chat = w.create(R"(,"name":"the secret of a","systemMessage":"the secret of a")");
    w.create("", "b");
    std::string const with_document = R"("messages":[{"role":"user","documentId":"doc_a"}])";
    struct try_out {
        char const* method;
        std::string target;
        std::string body;
    };
    try_out const tries[] = {
        {"GET", "/chats", ""},
        {"GET", "/chats?projectId=prj_a", ""},
        {"GET", "/chats/" + chat, ""},
        {"DELETE", "/chats/" + chat, ""},
        {"POST", "/chats/" + chat + "/completions", '{' + hello + '}'},
        {"POST", "/chats/" + chat + "/completions", '{' + with_document + '}'},
        {"POST", "/chats", R"({"projectId":"prj_a","aiProviderId":"aip_a"})"},
        {"POST", "/chats", R"({"projectId":"prj_b","aiProviderId":"aip_a"})"},
        {"POST", "/chats", R"({"aiProviderId":"aip_a"})"},
        {"POST", "/chats/completions", '{' + hello + R"(,"aiProviderId":"aip_a"})"},
        {"POST", "/chats/completions", '{' + with_document + R"(,"aiProviderId":"aip_b"})"},
    };
    w.add_key("empty-key", "admin", "prj_empty", {});
    w.add_key("fenced-key", "both", "prj_b", R"({"effect":"Allow","action":"*"})");
    w.add_user(
        "denied", chats::principal::kind::user,
        R"({"effect":"Allow","action":"*","resource":"soat:prj_b:*:*"},{"effect":"Deny","action":"*","resource":"soat:prj_a:*:*"})");
    auto const rows = w.memory->rows();
    for (std::string const key :
         {"", "wrong", "bob", "bob-key", "admin-key", "empty-key", "fenced-key", "denied", "nobody"}) {
        for (auto const& t : tries) {
            BOOST_TEST_CONTEXT(key << ' ' << t.method << ' ' << t.target << ' ' << t.body)
            {
                auto const asked_before = w.asked.size();
                auto const a = w.call(key, t.method, t.target, t.body);
                BOOST_TEST((a.status >= 400 || t.target == "/chats"), a.body);
                BOOST_TEST((a.status != 401 || key.empty() || key == "wrong"));
                BOOST_TEST(w.asked.size() == asked_before);
                for (auto const* secret : {"the secret of a", "the text of a"})
                    BOOST_TEST(a.body.find(secret) == std::string::npos);
                BOOST_TEST(a.body.find(chat) == std::string::npos);
            }
        }
    }
    BOOST_TEST(w.memory->rows() == rows);
    BOOST_TEST(w.call("ada", "GET", "/chats/" + chat).status == 200);
}

BOOST_AUTO_TEST_CASE(a_service_may_ask_for_a_permission_without_a_chat_too)
{
    world w({.permission_for_stateless = true});
    auto const body = '{' + hello + R"(,"aiProviderId":"aip_a"})";
    BOOST_TEST(w.call("ada", "POST", "/chats/completions", body).status == 200);
    auto const refused = w.call("reader", "POST", "/chats/completions", body);
    BOOST_TEST(refused.status == 403);
    BOOST_TEST(test::error_text(refused.body) == "Forbidden");
    BOOST_TEST(w.call("bob", "POST", "/chats/completions", body).status == 404);
}

BOOST_AUTO_TEST_CASE(a_store_that_fails_is_the_servers_affair)
{
    world w;
    auto const chat = w.create();
    struct try_out {
        char const* method;
        std::string target;
        std::string body;
    };
    for (auto const& t : std::vector<try_out>{{"GET", "/chats", ""},
                                              {"GET", "/chats/" + chat, ""},
                                              {"DELETE", "/chats/" + chat, ""},
                                              {"POST", "/chats/" + chat + "/completions", '{' + hello + '}'},
                                              {"POST", "/chats", R"({"aiProviderId":"aip_a"})"}}) {
        w.store->fail_from = w.store->calls;
        w.store->with = failure(errc::connection_lost, "the password is hunter2");
        auto const a = w.call("ada", t.method, t.target, t.body);
        BOOST_TEST(a.status == 500, t.method << t.target);
        BOOST_TEST(test::error_text(a.body) == "Internal server error");
    }
    BOOST_TEST(w.call("ada", "GET", "/chats/" + chat).status == 200);

    world full({}, {.rows = 1});
    full.create();
    BOOST_TEST(full.call("ada", "POST", "/chats", R"({"aiProviderId":"aip_a"})").status == 500);
}

BOOST_AUTO_TEST_CASE(a_model_that_fails_is_a_status_before_the_first_token_and_an_event_afterwards)
{
    world w;
    auto const chat = w.create();
    auto broken = failure(errc::refused, "no more");
    broken.status = 502;
    w.model = test::knows({}, broken);
    for (std::string const stream : {"", R"(,"stream":true)"}) {
        auto const a = w.complete(chat, hello + stream);
        BOOST_TEST(a.status == 502);
        BOOST_TEST(test::error_text(a.body) == "no more");
    }
    w.model = test::knows({test::saying("Hi")}, broken);
    auto const a = w.complete(chat, hello + R"(,"stream":true)");
    BOOST_TEST(a.status == 200);
    BOOST_TEST(a.body.find("data: {\"error\":\"no more\"}\n\n") != std::string::npos, a.body);
    BOOST_TEST(a.body.find("[DONE]") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(usage_rides_in_the_chunk_that_finishes)
{
    world w;
    auto const chat = w.create();
    w.model = test::knows({test::saying("Hi"), test::costing(3, 4), test::finishing()});
    auto const a = w.complete(chat, hello + R"(,"stream":true,"stream_options":{"include_usage":true})");
    auto const all = test::read_chunks(a.body);
    BOOST_TEST_REQUIRE(!all.empty());
    BOOST_TEST(all.back().at("usage").at("total_tokens").to_number<int>() == 7);
    BOOST_TEST(test::text_of(all.back().at("choices").at(0), "finish_reason") == "stop");
}

// With a key a plan waits for another, which asks the store for a third.
BOOST_AUTO_TEST_CASE(a_completion_with_a_key_is_made_once)
{
    world w;
    auto const chat = w.create();
    for (bool stream : {false, true}) {
        auto const body = '{' + hello + (stream ? R"(,"stream":true})" : "}");
        auto const ask = [&](std::string const& more) {
            return w.call("ada", "POST", "/chats/" + chat + "/completions", body,
                          "Idempotency-Key: k" + std::to_string(stream) + more + "\r\n");
        };
        auto const before = w.asked.size();
        auto const first = ask("");
        BOOST_TEST(first.status == 200);
        BOOST_TEST(first.field("content-type") == (stream ? "text/event-stream" : "application/json"));
        BOOST_TEST(first.body.find("default-model") != std::string::npos);
        BOOST_TEST((stream ? test::well_ended(first.body) : first.body.find("Hi there") != std::string::npos));
        auto const again = ask("");
        BOOST_TEST(again.body == first.body);
        BOOST_TEST(again.field("idempotent-replayed") == "true");
        BOOST_TEST(w.asked.size() == before + 1);

        auto broken = failure(errc::refused, "no more");
        broken.status = 502;
        auto const model = std::exchange(w.model, test::knows({}, broken));
        BOOST_TEST(ask("-other").status == 502);
        w.model = model;
    }
}

BOOST_AUTO_TEST_CASE(a_policy_for_one_project_opens_no_other)
{
    world w;
    using kind = chats::principal::kind;
    w.add_user("one", kind::user,
               R"({"effect":"Allow","action":"chats:*","condition":{"StringEquals":{"soat:ProjectId":"prj_a"}}})");
    w.add_user("but", kind::user,
               R"({"effect":"Allow","action":"*"},{"effect":"Deny","action":"*","resource":"soat:prj_b:*:*"})");
    for (std::string const key : {"one", "but"}) {
        auto const ask = [&](std::string const& p) {
            return w.call(key, "POST", "/chats/completions",
                          R"({"aiProviderId":"aip_)" + p + R"(","messages":[{"role":"user","documentId":"doc_)" + p +
                              "\"}]}");
        };
        BOOST_TEST(ask("a").status == 200, key);
        auto const other = ask("b");
        BOOST_TEST(other.status == 404, key);
        BOOST_TEST(test::error_text(other.body) == "AI provider not found");
        BOOST_TEST(w.last_asked() == "user:the text of a");
        BOOST_TEST(w.call(key, "GET", "/chats?projectId=prj_b").status == 403);
    }
}

BOOST_AUTO_TEST_CASE(a_body_that_is_too_large_is_not_taken)
{
    world w({.max_chat_body = 64, .max_completion_body = 128});
    BOOST_TEST(
        w.call("ada", "POST", "/chats", R"({"aiProviderId":"aip_a","name":")" + std::string(64, 'n') + "\"}").status ==
        413);
    auto const chat = w.create();
    BOOST_TEST(w.complete(chat, hello + R"(,"user":")" + std::string(128, 'u') + '"').status == 413);
}

} // namespace chats_service_test

BOOST_AUTO_TEST_SUITE_END()
