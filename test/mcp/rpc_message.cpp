// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/mcp/rpc_message.hpp>

#include <boost/test/unit_test.hpp>

#include <string>

BOOST_AUTO_TEST_SUITE(mcp_rpc_message)

namespace mcp_rpc_message_test {

using namespace chatwire;
using namespace chatwire::mcp;

rpc_message one(std::string_view text)
{
    auto const t = read_rpc_text(text);
    BOOST_TEST(!t.batch);
    BOOST_TEST_REQUIRE(t.items.size() == 1U);
    auto const* m = std::get_if<rpc_message>(&t.items[0]);
    BOOST_TEST_REQUIRE(bool(m), text);
    return *m;
}

rpc_text::fault broken(std::string_view text)
{
    auto const t = read_rpc_text(text);
    BOOST_TEST(!t.batch);
    BOOST_TEST_REQUIRE(t.items.size() == 1U);
    auto const* f = std::get_if<rpc_text::fault>(&t.items[0]);
    BOOST_TEST_REQUIRE(bool(f), text);
    return *f;
}

BOOST_AUTO_TEST_CASE(three_kinds_of_message)
{
    auto const request = one(R"( {"jsonrpc":"2.0","id":7,"method":"m","params":{"a":1},"unknown":0} )");
    BOOST_TEST(request.is_request());
    BOOST_TEST(*request.method == "m");
    BOOST_TEST(request.params->text() == R"({"a":1})");
    auto const note = one(R"({"jsonrpc":"2.0","method":"m"})");
    BOOST_TEST(note.is_notification());
    BOOST_TEST(!note.is_request());
    for (auto const* text : {R"({"jsonrpc":"2.0","id":"a","result":{}})",
                             R"({"jsonrpc":"2.0","id":"a","error":{"code":1,"message":"x"}})"}) {
        auto const answer = one(text);
        BOOST_TEST(!answer.is_request());
        BOOST_TEST(!answer.is_notification());
    }
}

BOOST_AUTO_TEST_CASE(ids_are_kept_byte_for_byte)
{
    for (std::string const id : {"1", "-7", "1.50", "123456789012345678901234567890", R"("a\u0041\/")", R"("")"})
        BOOST_TEST(one(R"({"jsonrpc":"2.0","method":"m","id":)" + id + "}").id->text() == id);
    BOOST_TEST(rpc_result(raw_json::trusted("1.50"), raw_json::trusted("{}")) ==
               R"({"jsonrpc":"2.0","id":1.50,"result":{}})");
}

BOOST_AUTO_TEST_CASE(what_is_no_message)
{
    for (auto const* text : {"", "x", "not json", R"({"jsonrpc":"2.0","id":1,"method":"m")", "{}{}", "[1", "\"\xff\""})
        BOOST_TEST((broken(text).error == rpc_code::parse_error), text);
    for (auto const* text :
         {"1", "null", R"("text")", "{}", R"({"method":"m"})", R"({"jsonrpc":"1.0","method":"m"})",
          R"({"jsonrpc":2,"method":"m"})", R"({"jsonrpc":"2.0","method":"m","id":null})",
          R"({"jsonrpc":"2.0","method":"m","id":true})", R"({"jsonrpc":"2.0","method":5})", R"({"jsonrpc":"2.0"})",
          R"({"jsonrpc":"2.0","method":"m","id":1,"result":{}})", R"({"jsonrpc":"2.0","id":1})",
          R"({"jsonrpc":"2.0","result":{}})", R"({"jsonrpc":"2.0","id":1,"result":{},"error":{"code":1,"message":""}})",
          R"({"jsonrpc":"2.0","id":1,"error":"x"})", "[]"})
        BOOST_TEST((broken(text).error == rpc_code::invalid_request), text);
    // whose it was is told where it can be
    BOOST_TEST(broken(R"({"jsonrpc":"1.0","id":"a","method":"m"})").id->text() == R"("a")");
    BOOST_TEST(broken(R"({"jsonrpc":"2.0","id":4,"method":5})").id->text() == "4");
    BOOST_TEST(broken(R"({"jsonrpc":"2.0","id":null,"method":"m"})").id.is_absent());
    BOOST_TEST(broken("x").id.is_absent());
}

BOOST_AUTO_TEST_CASE(batches_are_bounded)
{
    std::string const ping = R"({"jsonrpc":"2.0","id":1,"method":"ping"})";
    auto const t = read_rpc_text(" [" + ping + ", 5 ," + ping + "]", 3);
    BOOST_TEST(t.batch);
    BOOST_TEST_REQUIRE(t.items.size() == 3U);
    BOOST_TEST((t.items[0].index() == 0U && t.items[1].index() == 1U && t.items[2].index() == 0U));
    auto const much = read_rpc_text("[" + ping + "," + ping + "]", 1);
    BOOST_TEST(!much.batch);
    BOOST_TEST((std::get<rpc_text::fault>(much.items.at(0)).error == rpc_code::invalid_request));
}

BOOST_AUTO_TEST_CASE(answers_are_messages)
{
    BOOST_TEST(rpc_failure(raw_json::trusted(R"("a")"), {rpc_code::method_not_found, "none"}) ==
               R"({"jsonrpc":"2.0","id":"a","error":{"code":-32601,"message":"none"}})");
    BOOST_TEST(rpc_failure({}, {rpc_code::parse_error, "no"}) ==
               R"({"jsonrpc":"2.0","error":{"code":-32700,"message":"no"}})");
    BOOST_TEST(rpc_notification("n", raw_json::trusted(R"({"a":1})")) ==
               R"({"jsonrpc":"2.0","method":"n","params":{"a":1}})");
}

} // namespace mcp_rpc_message_test
BOOST_AUTO_TEST_SUITE_END()
