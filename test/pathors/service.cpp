// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include "../support/sessions.hpp"

#include <chatwire/json/utf8.hpp>
#include <chatwire/pathors/service.hpp>

#include <boost/test/unit_test.hpp>

#include <set>

BOOST_AUTO_TEST_SUITE(pathors_service)

namespace pathors_service_test {

using namespace chatwire;
using world = test::sessions_world;

std::string const hello = R"("messages":[{"role":"user","content":"Hello!"}])";

std::string quoted(std::string_view text) { return json::to_text(std::string(text)); }

// The session a completion says it belongs to; of a stream: what every chunk says.
std::string session_of(test::seen_answer const& a)
{
    if (a.field("content-type") != "text/event-stream")
        return test::text_of(test::parse_json(a.body), "session_id");
    std::set<std::string> all;
    for (auto const& c : test::read_chunks(a.body))
        all.insert(test::text_of(c, "session_id"));
    BOOST_TEST_REQUIRE(all.size() == 1U);
    return *all.begin();
}

BOOST_AUTO_TEST_CASE(a_completion_has_the_documented_shape)
{
    world w;
    auto const a = w.complete(hello + R"(,"stream":false,"session_id":"s")");
    BOOST_TEST(a.status == 200);
    BOOST_TEST(a.field("content-type") == "application/json");
    BOOST_TEST(a.field("x-session-id") == "s");
    auto const v = test::parse_json(a.body);
    auto const& o = v.as_object();
    BOOST_TEST(test::text_of(v, "id").starts_with("chatcmpl-"));
    BOOST_TEST(test::text_of(v, "object") == "chat.completion");
    BOOST_TEST(o.at("created").is_int64());
    BOOST_TEST(test::text_of(v, "model") == "pathway-default");
    BOOST_TEST(test::text_of(v, "session_id") == "s");
    BOOST_TEST_REQUIRE(o.at("choices").as_array().size() == 1U);
    auto const& choice = o.at("choices").at(0);
    BOOST_TEST(choice.at("index").to_number<int>() == 0);
    BOOST_TEST(test::text_of(choice, "finish_reason") == "stop");
    BOOST_TEST(test::text_of(choice.at("message"), "role") == "assistant");
    BOOST_TEST(test::text_of(choice.at("message"), "content") == "Hi there");
    for (auto const* count : {"prompt_tokens", "completion_tokens", "total_tokens"})
        BOOST_TEST(o.at("usage").at(count).to_number<int>() == -1);

    auto const mine =
        w.call("POST", w.base("q") + "/chat/completions", '{' + hello + '}', "Authorization: bearer l\r\n");
    BOOST_TEST(test::text_of(test::parse_json(mine.body), "model") == "mine");
}

BOOST_AUTO_TEST_CASE(usage_that_is_known_is_passed_on)
{
    world w;
    w.model = test::knows({test::saying("a"), test::costing(7, 2), test::finishing()});
    auto const v = test::parse_json(w.complete(hello).body);
    BOOST_TEST(v.at("usage").at("prompt_tokens").to_number<int>() == 7);
    BOOST_TEST(v.at("usage").at("completion_tokens").to_number<int>() == 2);
    BOOST_TEST(v.at("usage").at("total_tokens").to_number<int>() == 9);
}

BOOST_AUTO_TEST_CASE(every_chunk_has_the_documented_shape)
{
    for (bool include : {false, true}) {
        for (bool known : {false, true}) {
            world w;
            std::vector<chunk> chunks = {test::saying("Hi "), test::saying("there"), test::finishing()};
            chunk thought;
            thought.choices.resize(1);
            thought.choices[0].delta.reasoning_content = "hm";
            chunks.insert(chunks.begin(), thought);
            if (known)
                chunks.insert(chunks.begin() + 1, test::costing(3, 4));
            w.model = test::knows(chunks);
            auto const a = w.complete(hello + R"(,"stream":true,"session_id":"s","stream_options":{"include_usage":)" +
                                      (include ? "true}" : "false}"));
            BOOST_TEST(a.status == 200);
            BOOST_TEST(a.field("content-type") == "text/event-stream");
            BOOST_TEST(a.field("cache-control") == "no-cache");
            BOOST_TEST(a.field("x-accel-buffering") == "no");
            BOOST_TEST(a.field("x-session-id") == "s");
            BOOST_TEST(test::well_ended(a.body));
            auto const all = test::read_chunks(a.body);
            BOOST_TEST(test::content_of(all) == "Hi there");
            std::set<std::string> ids;
            for (std::size_t i = 0; i < all.size(); ++i) {
                auto const& o = all[i].as_object();
                bool const last = i + 1 == all.size();
                ids.insert(test::text_of(all[i], "id") + boost::json::serialize(o.at("created")).c_str());
                BOOST_TEST(test::text_of(all[i], "object") == "chat.completion.chunk");
                BOOST_TEST(test::text_of(all[i], "model") == "pathway-default");
                BOOST_TEST(test::text_of(all[i], "session_id") == "s");
                BOOST_TEST_REQUIRE(o.at("choices").as_array().size() == 1U);
                auto const& choice = o.at("choices").at(0).as_object();
                auto const& delta = choice.at("delta").as_object();
                BOOST_TEST(delta.contains("role") == (i == 0));
                if (last) {
                    BOOST_TEST(delta.empty());
                    BOOST_TEST(test::text_of(choice, "finish_reason") == "stop");
                } else {
                    BOOST_TEST(delta.at("content").is_string());
                    BOOST_TEST(choice.at("finish_reason").is_null());
                }
                if (last && include)
                    BOOST_TEST(o.at("usage").at("prompt_tokens").to_number<int>() == (known ? 3 : -1));
                else
                    BOOST_TEST((!o.contains("usage") || o.at("usage").is_null()));
            }
            BOOST_TEST(ids.size() == 1U);
        }
    }
}

BOOST_AUTO_TEST_CASE(the_header_names_the_session_before_the_body_does)
{
    for (std::string const stream : {"", R"(,"stream":true)"}) {
        world w;
        auto const a = w.complete(hello + R"(,"session_id":"body")" + stream, "X-Session-ID: header\r\n");
        BOOST_TEST(session_of(a) == "header");
        BOOST_TEST(a.field("x-session-id") == "header");
        BOOST_TEST(w.kept("header") == "user:Hello!|assistant:Hi there");
        BOOST_TEST(w.kept("body") == "none");
        BOOST_TEST(session_of(w.complete(hello + stream, "x-session-id:  other  \r\n")) == "other");
        auto const b = w.complete(hello + R"(,"session_id":"body")" + stream);
        BOOST_TEST(session_of(b) == "body");
        BOOST_TEST(b.field("x-session-id") == "body");
        BOOST_TEST(w.last_asked() == "user:Hello!"); // an id nobody has seen begins a session
        // it is nobody else's business
        for (auto const& r : w.asked)
            BOOST_TEST(!r.extra.find("session_id"));
    }
}

BOOST_AUTO_TEST_CASE(without_an_id_the_server_makes_one_that_nobody_can_guess)
{
    world w;
    std::set<std::string> ids;
    for (std::string const more : {"", R"(,"stream":true)", R"(,"session_id":null)"}) {
        for (int i = 0; i < 20; ++i) {
            auto const a = w.complete(hello + more);
            auto const id = session_of(a);
            BOOST_TEST(a.field("x-session-id") == id);
            BOOST_TEST_REQUIRE(id.starts_with("session-"));
            BOOST_TEST(id.size() >= 8U + 22U); // 22 of [A-Za-z0-9] carry 128 bits
            BOOST_TEST(std::all_of(id.begin() + 8, id.end(), [](unsigned char c) { return std::isalnum(c) != 0; }));
            BOOST_TEST(w.kept(id) == "user:Hello!|assistant:Hi there");
            ids.insert(id);
        }
    }
    BOOST_TEST(ids.size() == 60U);
    BOOST_TEST(w.say("2", *ids.begin()).status == 200);
    BOOST_TEST(w.last_asked() == "user:Hello!|assistant:Hi there|user:2");
}

BOOST_AUTO_TEST_CASE(a_repeat_is_the_same_turn_of_the_same_session)
{
    for (bool stream : {false, true}) {
        world w;
        w.routes.repeats = std::make_shared<idempotency>();
        auto const body =
            std::string(R"("messages":[{"role":"user","content":"Hi"}],"stream":)") + (stream ? "true" : "false");
        std::string const key = "Idempotency-Key: k\r\n";
        auto const first = w.complete(body, key), second = w.complete(body, key);
        auto const id = first.field("x-session-id"); // which the server has made
        BOOST_TEST(second.body == first.body);
        BOOST_TEST(second.field("x-session-id") == id);
        BOOST_TEST(second.field("idempotent-replayed") == "true");
        BOOST_TEST(w.kept(id) == "user:Hi|assistant:Hi there");
        BOOST_TEST(w.asked.size() == 1U);

        // the session is part of what is asked, wherever it stands; the project is another place
        auto const elsewhere = w.complete(body, key + "X-Session-ID: other\r\n");
        BOOST_TEST(elsewhere.status == 422);
        BOOST_TEST(test::error_text(elsewhere.body) == "This Idempotency-Key was used for another request");
        BOOST_TEST(w.complete(body + R"(,"session_id":"other")", key).status == 422);
        BOOST_TEST(w.kept("other") == "none");
        auto const project =
            w.call("POST", w.base("q") + "/chat/completions", '{' + body + '}', "Authorization: Bearer l\r\n" + key);
        BOOST_TEST(project.status == 200);
        BOOST_TEST(project.field("idempotent-replayed") == "");
        // as is a project's other key
        auto const other_key =
            w.call("POST", w.base() + "/chat/completions", '{' + body + '}', "Authorization: Bearer k2\r\n" + key);
        BOOST_TEST(other_key.field("x-session-id") != id);
    }
}

BOOST_AUTO_TEST_CASE(a_turn_that_failed_is_taken_again)
{
    world w;
    w.routes.repeats = std::make_shared<idempotency>();
    std::string const body = R"("messages":[{"role":"user","content":"Hi"}],"session_id":"s","stream":true)";
    w.store->fail_from = 0; // the store is away for a moment
    w.store->fail_count = 1;
    BOOST_TEST(w.complete(body, "Idempotency-Key: k\r\n").status >= 500);
    auto const again = w.complete(body, "Idempotency-Key: k\r\n");
    BOOST_TEST(again.status == 200);
    BOOST_TEST(again.field("idempotent-replayed") == "");
    BOOST_TEST(w.kept("s") == "user:Hi|assistant:Hi there");
    BOOST_TEST(w.complete(body, "Idempotency-Key: k\r\n").body == again.body);
    BOOST_TEST(w.kept("s") == "user:Hi|assistant:Hi there");
}

BOOST_AUTO_TEST_CASE(an_id_that_no_header_can_carry_stands_in_the_body_alone)
{
    for (std::string const id : {"a\r\nX-Evil: 1", "a\nb", "tab\there", " outer", "outer ", " ", "\x01", "\x7f",
                                 "J\xc3\xb6hn", "\xf0\x9f\x98\x80"}) {
        for (std::string const stream : {"", R"(,"stream":true)"}) {
            world w;
            auto const a = w.complete(hello + R"(,"session_id":)" + quoted(id) + stream);
            BOOST_TEST(a.status == 200);
            BOOST_TEST(!a.fields.find("x-session-id").has_value());
            BOOST_TEST(!a.fields.find("x-evil").has_value());
            BOOST_TEST(session_of(a) == id);
            BOOST_TEST(w.kept(id) == "user:Hello!|assistant:Hi there");
        }
    }
    world w;
    BOOST_TEST(w.complete(hello + R"(,"session_id":"in side ~!\"")").field("x-session-id") == "in side ~!\"");
}

BOOST_AUTO_TEST_CASE(an_id_is_1_to_1024_bytes_of_utf_8)
{
    std::string const umlauts = [] {
        std::string out;
        for (int i = 0; i < 512; ++i)
            out += "\xc3\xb6";
        return out;
    }();
    struct {
        std::string id;
        bool good;
    } const cases[] = {
        {"", false},
        {"x", true},
        {std::string(1024, 'x'), true},
        {std::string(1025, 'x'), false},
        {umlauts, true},
        {umlauts + "x", false},
        {"\xff", false},
        {"\xc3", false},
        {"\xed\xa0\x80", false}, // half a surrogate pair
        {"\xc0\xaf", false},
    };
    for (auto const& c : cases) {
        BOOST_TEST_CONTEXT(c.id.size() << " bytes: " << c.id.substr(0, 10))
        {
            auto const status = c.good ? 200 : 400;
            std::string const raw = '"' + c.id + '"';
            for (std::string const stream : {"", R"(,"stream":true)"}) {
                world w;
                for (auto const& a : {w.complete(hello + R"(,"session_id":)" + raw + stream),
                                      w.complete(hello + stream, "X-Session-ID: " + c.id + "\r\n")}) {
                    BOOST_TEST(a.status == status);
                    if (!c.good)
                        BOOST_TEST(!test::error_text(a.body).empty());
                }
                BOOST_TEST(w.memory->rows() == (c.good ? 1U : 0U));
                BOOST_TEST(w.asked.size() == (c.good ? 2U : 0U));
            }
            world w;
            BOOST_TEST(w.create(R"({"session_id":)" + raw + '}').status == status);
            BOOST_TEST(w.memory->rows() == (c.good ? 1U : 0U));
            auto const gone = w.end(R"({"session_id":)" + raw + '}').status;
            BOOST_TEST((c.good ? gone == 200 : gone == 400 || gone == 404), gone);
        }
    }
}

BOOST_AUTO_TEST_CASE(in_a_path_an_id_is_one_encoded_segment)
{
    std::pair<std::string, std::string> const cases[] = {
        {"plain", "plain"},
        {"a/b//c", "a%2Fb%2F%2Fc"},
        {"/", "%2f"},
        {"100%", "100%25"},
        {"%2F", "%252F"},
        {"..", "%2E%2E"},
        {"a?b#c&d=e+f g", "a%3Fb%23c%26d%3De+f%20g"},
        {"J\xc3\xb6hn \xf0\x9f\x98\x80", "J%C3%B6hn%20%F0%9F%98%80"},
        {"a\r\nb", "a%0D%0Ab"},
        {std::string(1024, 'x'), std::string(1024, 'x')},
    };
    for (auto const& [id, encoded] : cases) {
        BOOST_TEST_CONTEXT(encoded)
        {
            world w;
            BOOST_TEST(w.show(encoded).status == 404);
            w.create(R"({"session_id":)" + quoted(id) + R"(,"variables":{"a":1}})");
            auto const a = w.show(encoded);
            BOOST_TEST_REQUIRE(a.status == 200);
            BOOST_TEST(test::text_of(test::parse_json(a.body), "sessionId") == id);
        }
    }
    world w;
    w.create(R"({"session_id":"a/b"})");
    BOOST_TEST(w.show("a/b").status == 404);
    for (auto const* nobody : {"%ff", "%", "%zz", "%00"}) {
        auto const a = w.show(nobody);
        BOOST_TEST((a.status == 404 || a.status == 400), a.status);
        BOOST_TEST(!test::error_text(a.body).empty());
    }
}

BOOST_AUTO_TEST_CASE(a_session_is_made_with_its_variables_and_shown_with_its_messages)
{
    world w;
    auto const made = w.create(
        R"({"session_id":"user-123-session-456","variables":{"userName":"John Doe","userRole":"admin","n":{"a":[1]}}})");
    BOOST_TEST(made.status == 200);
    BOOST_TEST(made.body == R"({"sessionId":"user-123-session-456","pathwayId":"p"})");
    auto const id = std::string("user-123-session-456");
    w.say("1", id);
    // again: the conversation stays, the variables are merged
    auto const again = w.create(R"({"session_id":")" + id + R"(","variables":{"userRole":"guest","more":null}})");
    BOOST_TEST(again.body == made.body);
    BOOST_TEST(w.create(R"({"session_id":")" + id + R"("})").status == 200);
    BOOST_TEST(w.create(R"({"session_id":")" + id + R"(","variables":null})").status == 200);
    w.say("2", id);
    BOOST_TEST(w.last_asked() == "user:1|assistant:Hi there|user:2");

    auto const a = w.show(id);
    BOOST_TEST(a.status == 200);
    auto const v = test::parse_json(a.body);
    BOOST_TEST(v.as_object().size() == 4U);
    BOOST_TEST(test::text_of(v, "sessionId") == id);
    BOOST_TEST(v.at("data").as_object().size() == 2U);
    BOOST_TEST((v.at("data").at("variables") ==
                test::parse_json(R"({"userName":"John Doe","userRole":"guest","n":{"a":[1]},"more":null})")));
    auto const& messages = v.at("data").at("messages").as_array();
    BOOST_TEST_REQUIRE(messages.size() == 4U);
    BOOST_TEST(test::text_of(messages[0], "role") == "user");
    BOOST_TEST(test::text_of(messages[0], "content") == "1");
    BOOST_TEST(test::text_of(messages[3], "role") == "assistant");
    BOOST_TEST(test::text_of(messages[3], "content") == "Hi there");
    for (auto const* when : {"createdAt", "updatedAt"}) {
        auto const t = test::text_of(v, when);
        BOOST_TEST(t.size() == 24U);
        BOOST_TEST((t[10] == 'T' && t[19] == '.' && t.back() == 'Z'), t);
    }
    BOOST_TEST(test::text_of(v, "createdAt") <= test::text_of(v, "updatedAt"));

    BOOST_TEST(
        test::parse_json(
            w.call("POST", w.base("q") + "/session", R"({"session_id":"s"})", "Authorization: Bearer l\r\n").body) ==
        test::parse_json(R"({"sessionId":"s","pathwayId":"way"})"));
}

BOOST_AUTO_TEST_CASE(a_session_that_ended_is_gone)
{
    world w;
    w.create(R"({"session_id":"s","variables":{"a":1}})");
    w.say("1", "s");
    w.say("1", "t");
    auto const a = w.end(R"({"session_id":"s"})");
    BOOST_TEST(a.status == 200);
    auto const v = test::parse_json(a.body);
    BOOST_TEST(v.as_object().size() == 3U);
    BOOST_TEST(v.at("success").as_bool());
    BOOST_TEST(test::text_of(v, "sessionId") == "s");
    BOOST_TEST(!test::text_of(v, "message").empty());
    for (auto const& gone : {w.show("s"), w.end(R"({"session_id":"s"})")}) {
        BOOST_TEST(gone.status == 404);
        BOOST_TEST(gone.body == R"({"error":"Session not found"})");
    }
    BOOST_TEST(w.memory->rows() == 1U);
    w.say("new", "s");
    BOOST_TEST(w.last_asked() == "user:new");
    BOOST_TEST(w.memory->get(w.key("s")).value().body == "{}");
}

BOOST_AUTO_TEST_CASE(a_key_opens_its_own_project_and_no_other)
{
    world w;
    w.say("1", "s");
    std::string const body = '{' + hello + R"(,"session_id":"s"})";
    for (std::string const project : {"p", "q", "nobody", "unknown"}) {
        for (std::string const key : {"k", "k2", "l", "wrong", ""}) {
            auto const fields = key.empty() ? std::string() : "Authorization: Bearer " + key + "\r\n";
            bool const in = (project == "p" && key.starts_with("k")) || (project == "q" && key == "l");
            for (std::string const method : {"POST", "POST /session", "DELETE", "GET"}) {
                BOOST_TEST_CONTEXT(project << ' ' << key << ' ' << method)
                {
                    auto const base = w.base(project);
                    auto const asked = w.asked.size();
                    auto const a = method == "POST"  ? w.call("POST", base + "/chat/completions", body, fields)
                                   : method == "GET" ? w.call("GET", base + "/session/s", {}, fields)
                                   : method == "DELETE"
                                       ? w.call("DELETE", base + "/session", R"({"session_id":"z"})", fields)
                                       : w.call("POST", base + "/session", R"({"session_id":"s"})", fields);
                    BOOST_TEST((a.status != 401) == in);
                    if (!in) {
                        BOOST_TEST(a.body == R"({"error":"Invalid authentication"})");
                        BOOST_TEST(w.asked.size() == asked);
                    }
                }
            }
        }
    }
    // both keys of a project speak in the same session, and the other project has one of that name, too
    BOOST_TEST(w.kept("s") ==
               "user:1|assistant:Hi there|user:Hello!|assistant:Hi there|user:Hello!|assistant:Hi there");
    BOOST_TEST(w.kept("s", "q") == "user:Hello!|assistant:Hi there");
    BOOST_TEST(w.memory->rows() == 2U);
    w.end(R"({"session_id":"s"})");
    BOOST_TEST(w.kept("s", "q") == "user:Hello!|assistant:Hi there");
    // what is wrong with the rest is not told to strangers
    BOOST_TEST(w.call("POST", w.base() + "/chat/completions", "{", "Authorization: Bearer l\r\n").status == 401);
}

BOOST_AUTO_TEST_CASE(an_empty_key_opens_nothing)
{
    pathors::service s(std::make_shared<store::memory>());
    s.add({.id = "p", .keys = {""}, .pathway = {.complete = test::knows({test::saying("a"), test::finishing()})}});
    router r;
    s.mount(r);
    for (std::string const fields :
         {"", "Authorization: Bearer \r\n", "x-api-key: \r\n", "Authorization: Basic a\r\n"}) {
        test::served c(r);
        c.receive(test::post(world::base() + "/chat/completions", '{' + hello + '}', fields));
        BOOST_TEST(test::read_answers(c.sent, {"POST"}).at(0).status == 401);
    }
}

BOOST_AUTO_TEST_CASE(what_is_no_request_is_refused_with_a_text)
{
    struct {
        std::string body;
        std::string text; // "": any
    } const completions[] = {
        {"", ""},
        {"{", ""},
        {"[]", ""},
        {"null", ""},
        {"{}", ""},
        {R"({"messages":null})", ""},
        {R"({"messages":[]})", ""},
        {R"({"messages":{}})", ""},
        {R"({"messages":"hi"})", ""},
        {R"({"messages":["hi"]})", ""},
        {R"({"messages":[{}]})", ""},
        {R"({"messages":[{"content":"a"}]})", ""},
        {R"({"messages":[{"role":"user"}]})", ""},
        {R"({"messages":[{"role":"user","content":null}]})", ""},
        {R"({"messages":[{"role":"user","content":5}]})", ""},
        {R"({"messages":[{"role":5,"content":"a"}]})", ""},
        {R"({"messages":[{"role":"robot","content":"a"}]})", ""},
        {R"({"messages":[{"role":"function","name":"f","content":"a"}]})",
         "messages: role must be system, user, assistant or tool"},
        {R"({"messages":[{"role":"tool","content":"a"}]})", ""},
        {'{' + hello + R"(,"stream":"yes"})", ""},
        {'{' + hello + R"(,"stream":1})", ""},
        {'{' + hello + R"(,"tools":{}})", ""},
        {'{' + hello + R"(,"tools":[{"type":"function"}]})", ""},
        {'{' + hello + R"(,"session_id":5})", "session_id: expected a string"},
        {'{' + hello + R"(,"session_id":["s"]})", "session_id: expected a string"},
        {'{' + hello + R"(,"session_id":{}})", "session_id: expected a string"},
        {'{' + hello + R"(,"session_id":true})", "session_id: expected a string"},
        {'{' + hello + R"(,"session_id":""})", "session_id must be 1 to 1024 bytes of UTF-8"},
    };
    world w;
    auto const check = [](test::seen_answer const& a, std::string const& text) {
        BOOST_TEST(a.status == 400);
        BOOST_TEST(a.field("content-type") == "application/json");
        BOOST_TEST(!a.field("x-request-id").empty());
        auto const told = test::error_text(a.body);
        BOOST_TEST((text.empty() ? !told.empty() : told == text), told);
    };
    for (auto const& c : completions)
        for (std::string const fields : {"", "X-Session-ID: s\r\n"})
            BOOST_TEST_CONTEXT(c.body << ' ' << fields)
            {
                // the header wins over a body's id that would be one, an empty one included
                if (!fields.empty() && c.text.starts_with("session_id must"))
                    continue;
                check(w.call("POST", w.base() + "/chat/completions", c.body, "Authorization: Bearer k\r\n" + fields),
                      c.text);
            }

    std::string const required = "session_id is required";
    struct {
        std::string body;
        std::string text;
        bool end; // whether it is wrong of a DELETE, too
    } const sessions[] = {
        {"", "", true},
        {"{", "", true},
        {"[]", "", true},
        {"\"s\"", "", true},
        {"{}", required, true},
        {R"({"variables":{}})", required, true},
        {R"({"session_id":null})", required, true},
        {R"({"session_id":""})", required, true},
        {R"({"session_id":5})", required, true},
        {R"({"session_id":["s"]})", required, true},
        {R"({"sessionId":"s"})", required, true},
        {R"({"session_id":"s","variables":[]})", "variables: expected an object", false},
        {R"({"session_id":"s","variables":"a"})", "variables: expected an object", false},
        {R"({"session_id":"s","variables":1})", "variables: expected an object", false},
    };
    for (auto const& c : sessions)
        BOOST_TEST_CONTEXT(c.body)
        {
            check(w.create(c.body), c.text);
            if (c.end)
                check(w.end(c.body), c.text);
        }
    BOOST_TEST(w.memory->rows() == 0U);
    BOOST_TEST(w.asked.empty());
}

BOOST_AUTO_TEST_CASE(what_clients_are_known_to_send_is_taken)
{
    for (std::string const body : {
             R"("messages":[{"role":"user","content":[{"type":"text","text":"a"}]}])",
             R"("messages":[{"role":"user","content":"a","name":"n"}],"stop":null,"tools":null,"n":null,"stream":null)",
             R"("messages":[{"role":"developer","content":"a"},{"role":"user","content":"b"}])",
             R"("messages":[{"role":"assistant","content":null,"tool_calls":[{"id":"c","type":"function","function":
                {"name":"f","arguments":"{}"}}]},{"role":"tool","tool_call_id":"c","content":"a"}])",
             R"("model":"anything","messages":[{"role":"user","content":"a"}],"unknown":{"a":[]},"max_tokens":1.0)",
         })
        BOOST_TEST(world().complete(body).status == 200, body);
}

BOOST_AUTO_TEST_CASE(other_paths_and_methods_are_refused_with_a_text)
{
    world w;
    auto const base = w.base();
    for (auto const& target : {base, base + "/", base + "/models", base + "/session/a/b", base + "/chat/completions/x",
                               std::string("/api/project"), std::string("/api/project/p/integration")}) {
        auto const a = w.call("GET", target);
        BOOST_TEST(a.status == 404, target);
        BOOST_TEST(!test::error_text(a.body).empty());
    }
    std::pair<std::string, std::string> const wrong[] = {
        {"GET", "/chat/completions"}, {"DELETE", "/chat/completions"}, {"PUT", "/session"},
        {"GET", "/session"},          {"POST", "/session/s"},          {"DELETE", "/session/s"},
    };
    for (auto const& [method, path] : wrong) {
        auto const a = w.call(method, base + path);
        BOOST_TEST(a.status == 405, method << path);
        BOOST_TEST(!a.field("allow").empty());
        BOOST_TEST(!test::error_text(a.body).empty());
    }
    BOOST_TEST(w.call("GET", base + "/session").field("allow") == "POST, DELETE");
}

BOOST_AUTO_TEST_CASE(a_store_that_fails_at_any_call_is_the_servers_fault_and_changes_nothing)
{
    using call = std::function<test::seen_answer(world&)>;
    std::pair<char const*, call> const calls[] = {
        {"create", [](world& w) { return w.create(R"({"session_id":"new","variables":{"b":2}})"); }},
        {"create again", [](world& w) { return w.create(R"({"session_id":"s","variables":{"b":2}})"); }},
        {"create where an old one was", [](world& w) { return w.create(R"({"session_id":"old"})"); }},
        {"show", [](world& w) { return w.show("s"); }},
        {"show an old one", [](world& w) { return w.show("old"); }},
        {"end", [](world& w) { return w.end(R"({"session_id":"s"})"); }},
    };
    auto const prepare = [](world& w) {
        w.ago = std::chrono::hours(2);
        w.memory->put({.key = w.key("old"), .body = "{}"}).value();
        w.ago = std::chrono::seconds(0);
        w.memory->put({.key = w.key("s"), .body = R"({"a":1})"}).value();
        w.memory->append(w.key("s"), std::nullopt, {R"({"role":"user","content":"1"})"}).value();
    };
    pathors::session_limits const limits{.max_age = std::chrono::hours(1)};
    for (auto const& [name, make] : calls) {
        world quiet(limits);
        prepare(quiet);
        auto const good = make(quiet);
        BOOST_TEST((good.status == 200 || good.status == 404));
        auto const n = quiet.store->calls;
        BOOST_TEST(n >= 2U);
        for (std::size_t k = 0; k < n; ++k) {
            for (auto const code : {errc::connection_lost, errc::store_limit, errc::idle_timeout,
                                    errc::protocol_violation, errc::bad_json, errc::refused, errc::conflict}) {
                for (std::size_t times : {std::size_t{1}, std::size_t{1'000'000}}) {
                    BOOST_TEST_CONTEXT(name << ", call " << k << ", " << to_string(code) << ", " << times)
                    {
                        world w(limits);
                        prepare(w);
                        w.store->fail_from = k;
                        w.store->fail_count = times;
                        w.store->with = failure(code, "a secret of the store");
                        auto const a = make(w);
                        if (a.status == 200) { // somebody came in between, and it was done again
                            BOOST_TEST((code == errc::conflict && times == 1));
                            BOOST_TEST(a.body == good.body);
                            continue;
                        }
                        BOOST_TEST(a.status == 500);
                        BOOST_TEST(a.body == R"({"error":"Internal server error"})");
                        BOOST_TEST(w.kept("new") == "none");
                        BOOST_TEST(w.memory->get(w.key("s")).value().body == R"({"a":1})");
                        BOOST_TEST(w.kept("s") == "user:1");
                    }
                }
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(variables_given_at_the_same_time_are_all_kept)
{
    world w;
    int others = 0;
    w.store->before = [&](std::string_view what) {
        if (what == "put" && others < 3) // each time it has just been read
            w.memory->put({.key = w.key("s"), .body = R"({"other":)" + std::to_string(++others) + '}'}).value();
    };
    BOOST_TEST(w.create(R"({"session_id":"s","variables":{"mine":1}})").status == 200);
    BOOST_TEST(w.memory->get(w.key("s")).value().body == R"({"other":3,"mine":1})");
}

} // namespace pathors_service_test

BOOST_AUTO_TEST_SUITE_END()
