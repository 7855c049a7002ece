// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/client/writer.hpp>
#include <chatwire/http/parser.hpp>

#include <boost/test/unit_test.hpp>

#include <optional>

BOOST_AUTO_TEST_SUITE(client_writer_)

namespace client_writer_test {

using namespace chatwire;
using answer = client_call::answer;

struct received {
    http::request_head head;
    std::string body;
};

// What a server makes of it.
received receive(std::string const& bytes)
{
    http::request_parser p;
    p.feed(bytes);
    received r;
    for (;;) {
        auto const piece = p.next().value();
        switch (piece.what) {
        case http::piece::kind::head: r.head = p.head(); break;
        case http::piece::kind::body: r.body += piece.body; break;
        case http::piece::kind::end: BOOST_TEST(p.idle()); return r;
        default: BOOST_FAIL("no whole request"); return r;
        }
    }
}

received written(client_options const& o, client_call const& c)
{
    std::string out;
    auto const r = write_call(out, o, http::parse_url(o.base_url).value(), c);
    BOOST_REQUIRE(r);
    return receive(out);
}

std::string header(received const& r, std::string_view name)
{
    BOOST_TEST(r.head.fields.count(name) <= 1u);
    return std::string(r.head.fields.find(name).value_or("(none)"));
}

BOOST_AUTO_TEST_CASE(a_request_is_what_a_server_reads)
{
    client_options const o{.base_url = "http://example.org:8080/v1/", .api_key = "sk-1", .user_agent = "me/1"};
    auto const r = written(o, {.method = "POST", .path = "/chat/completions", .body = "{}", .expects = answer::stream});
    BOOST_TEST(r.head.method == "POST");
    BOOST_TEST(r.head.target == "/v1/chat/completions");
    BOOST_TEST(r.head.version == 11);
    BOOST_TEST(r.body == "{}");
    BOOST_TEST(header(r, "Host") == "example.org:8080");
    BOOST_TEST(header(r, "Authorization") == "Bearer sk-1");
    BOOST_TEST(header(r, "User-Agent") == "me/1");
    BOOST_TEST(header(r, "Accept") == "text/event-stream");
    BOOST_TEST(header(r, "Accept-Encoding") == "identity");
    BOOST_TEST(header(r, "Content-Type") == "application/json");
    BOOST_TEST(header(r, "Content-Length") == "2");
}

BOOST_AUTO_TEST_CASE(without_a_body_or_a_key_nothing_is_said_of_them)
{
    auto const r = written({.base_url = "http://h"}, {.path = "/models"});
    BOOST_TEST(r.head.method == "GET");
    BOOST_TEST(r.head.target == "/models");
    BOOST_TEST(header(r, "Host") == "h");
    BOOST_TEST(header(r, "Accept") == "application/json");
    for (auto const name : {"Authorization", "Content-Type", "Content-Length"})
        BOOST_TEST(header(r, name) == "(none)");
    BOOST_TEST(header(written({.base_url = "http://h"}, {.method = "DELETE", .path = "/x"}), "Content-Length") == "0");
}

BOOST_AUTO_TEST_CASE(paths_and_queries_are_joined)
{
    auto const target = [](std::string_view base, std::string_view path) {
        return call_target(http::parse_url(base).value(), path);
    };
    BOOST_TEST(target("http://h", "/models") == "/models");
    BOOST_TEST(target("http://h/", "models") == "/models");
    BOOST_TEST(target("http://h/a/b", "/c/d") == "/a/b/c/d");
    BOOST_TEST(target("http://h/a/?v=1", "/c") == "/a/c?v=1");
    BOOST_TEST(target("http://h/a", "/c?x=2") == "/a/c?x=2");
    BOOST_TEST(target("http://h/a?v=1", "c?x=2") == "/a/c?v=1&x=2");
}

BOOST_AUTO_TEST_CASE(the_callers_headers_take_the_place_of_ours)
{
    client_options const o{.base_url = "http://h",
                           .api_key = "sk-1",
                           .headers = {{"authorization", "Basic x"}, {"X-More", "1"}, {"Accept", "*/*"}}};
    auto const r = written(o, {.path = "/models"});
    BOOST_TEST(header(r, "Authorization") == "Basic x");
    BOOST_TEST(header(r, "Accept") == "*/*");
    BOOST_TEST(header(r, "X-More") == "1");
}

BOOST_AUTO_TEST_CASE(what_http_forbids_is_never_written)
{
    auto const refused = [](client_options o, client_call c, errc code) {
        o.base_url = "http://h/v1";
        std::string out = "before";
        auto const r = write_call(out, o, http::parse_url(o.base_url).value(), c);
        BOOST_REQUIRE(!r);
        BOOST_TEST(r.error().code == make_error_code(code));
        BOOST_TEST((r.error().code == condition::misuse));
        BOOST_TEST(out == "before");
        return r.error().what();
    };
    client_call const get{.path = "/models"};
    refused({.headers = {{"X-A", "1\r\nX-B: 2"}}}, get, errc::invalid_header);
    refused({.headers = {{"X-A", std::string("1\0", 2)}}}, get, errc::invalid_header);
    refused({.headers = {{"X A", "1"}}}, get, errc::invalid_header);
    refused({.headers = {{"", "1"}}}, get, errc::invalid_header);
    refused({.user_agent = "a\nb"}, get, errc::invalid_header);
    refused({.headers = {{"Host", "a b"}}}, get, errc::invalid_header);
    for (auto const name : {"Content-Length", "transfer-encoding", "Accept-Encoding", "Expect", "Upgrade"})
        refused({.headers = {{name, "1"}}}, get, errc::invalid_header);
    refused({}, {.method = "GE T", .path = "/models"}, errc::invalid_argument);
    refused({}, {.path = "/a b"}, errc::invalid_argument);
    refused({}, {.path = "/a\r\nX: y"}, errc::invalid_argument);
    // and the refusal does not tell the secret
    auto const said = refused({.api_key = "sk-secret\n"}, get, errc::invalid_header);
    BOOST_TEST(said.find("sk-secret") == std::string::npos);
    BOOST_TEST(said.find("Authorization") != std::string::npos);
}

} // namespace client_writer_test

BOOST_AUTO_TEST_SUITE_END()
