// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/json/chunk.hpp>
#include <chatwire/json/completion.hpp>
#include <chatwire/json/reader.hpp>
#include <chatwire/json/request.hpp>
#include <chatwire/json/writer.hpp>
#include <chatwire/pathors/dialect.hpp>

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(pathors_dialect)

namespace pathors_dialect_test {

using namespace chatwire;

BOOST_AUTO_TEST_CASE(a_session_id_stands_beside_the_members_of_the_protocol)
{
    pathors::request const r{.messages = {message::user("Hi")}, .ext = {.session_id = "s-1"}};
    auto const text = json::to_text(r);
    BOOST_TEST(text == R"({"messages":[{"role":"user","content":"Hi"}],"session_id":"s-1"})");
    auto const back = json::read<pathors::request>(text);
    BOOST_REQUIRE(back);
    BOOST_TEST((*back == r));
}

BOOST_AUTO_TEST_CASE(without_a_session_nothing_is_written)
{
    pathors::request const r{.messages = {message::user("Hi")}};
    BOOST_TEST(json::to_text(r).find("session_id") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(answers_carry_the_session)
{
    auto const c = json::read<pathors::completion>(
        R"({"id":"chatcmpl-abc123","object":"chat.completion","created":1677858242,"model":"pathway-default",
            "choices":[{"index":0,"message":{"role":"assistant","content":"Hi!"},"finish_reason":"stop"}],
            "usage":{"prompt_tokens":-1,"completion_tokens":-1,"total_tokens":-1},"session_id":"session-xyz789"})",
        nullptr, json::read_options::for_answers());
    BOOST_REQUIRE(c);
    BOOST_TEST(c->ext.session_id.value() == "session-xyz789");
    BOOST_TEST(c->text() == "Hi!");
    BOOST_TEST(!c->usage->known());

    auto const k = json::read<pathors::chunk>(
        R"({"id":"x","object":"chat.completion.chunk","created":1,"model":"m",
            "choices":[{"index":0,"delta":{"content":"Hi"},"finish_reason":null}],"session_id":"session-xyz789"})",
        nullptr, json::read_options::for_answers());
    BOOST_REQUIRE(k);
    BOOST_TEST(k->ext.session_id.value() == "session-xyz789");
    BOOST_TEST(k->text() == "Hi");
}

} // namespace pathors_dialect_test

BOOST_AUTO_TEST_SUITE_END()
