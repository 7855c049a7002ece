// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/client/proxy_tunnel.hpp>
#include <chatwire/io/endpoint.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <string>
#include <string_view>

BOOST_AUTO_TEST_SUITE(client_proxy_tunnel)

namespace client_proxy_tunnel_test {

using namespace chatwire;

static_assert(io::endpoint<proxy_tunnel>);

client_options const options{.user_agent = "me/1"};
client_route const way{.service = {.host = "example.org", .port = 443}, .secure = true, .proxy = "http://p:1"};

result<std::optional<proxy_tunnel::event>> after(std::string_view answer, std::size_t split, bool eof = false)
{
    proxy_tunnel t(way, options);
    BOOST_TEST(t.output() == "CONNECT example.org:443 HTTP/1.1\r\nHost: example.org:443\r\nUser-Agent: me/1\r\n\r\n");
    t.consume(10);
    BOOST_TEST(t.output().starts_with("ample.org"));
    for (auto const piece : {answer.substr(0, split), answer.substr(split)}) {
        auto const room = t.prepare();
        std::copy(piece.begin(), piece.end(), room.begin());
        t.commit(piece.size());
        auto e = t.next_event();
        if (!e || *e)
            return e;
    }
    if (eof)
        t.commit_eof();
    return t.next_event();
}

BOOST_AUTO_TEST_CASE(a_tunnel_is_granted_or_not_wherever_the_answer_is_split)
{
    struct row {
        std::string_view answer;
        errc code; // 0: granted
        int status = 0;
    };
    for (auto const& r : {
             row{"HTTP/1.1 200 Connection established\r\n\r\n", {}},
             row{"HTTP/1.0 200 OK\r\nProxy-agent: x\r\n\r\n", {}},
             row{"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 Fine\r\n\r\n", {}},
             row{"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", {}}, // RFC 9110, 9.3.6: ignored
             row{"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 3\r\n\r\nno!", errc::proxy_refused,
                 407},
             row{"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n", errc::proxy_refused, 502},
             row{"HTTP/1.1 302 Found\r\nLocation: http://elsewhere/\r\n\r\n", errc::proxy_refused, 302},
             row{"SSH-2.0-x\r\n\r\n", errc::bad_start_line},
         })
        for (std::size_t split = 0; split <= r.answer.size(); ++split) {
            auto const e = after(r.answer, split);
            BOOST_TEST_CONTEXT(r.answer << " split at " << split)
            {
                BOOST_REQUIRE(e.has_value() == (r.code == errc{}));
                if (e) {
                    BOOST_TEST(e->has_value());
                    continue;
                }
                BOOST_TEST((e.error().code == r.code || e.error().code == condition::peer_violation));
                BOOST_TEST(e.error().status == r.status);
                BOOST_TEST(e.error().message.starts_with("the proxy http://p:1 made no tunnel to example.org:443"));
            }
        }
}

BOOST_AUTO_TEST_CASE(what_comes_before_the_first_word_is_not_taken_for_the_services)
{
    auto const e = after("HTTP/1.1 200 OK\r\n\r\nHTTP/1.1 200 OK", 0);
    BOOST_REQUIRE(!e);
    BOOST_TEST(e.error().code == make_error_code(errc::unexpected_body));
}

BOOST_AUTO_TEST_CASE(a_proxy_that_closes_has_made_no_tunnel)
{
    BOOST_TEST(after("", 0, true).error().code == make_error_code(errc::connection_lost));
    BOOST_TEST(after("HTTP/1.1 200 O", 3, true).error().code == make_error_code(errc::incomplete_message));
}

BOOST_AUTO_TEST_CASE(who_asks_and_for_what)
{
    client_route const v6{.service = {.host = "::1", .port = 8443}, .proxy_authorization = "Basic YTpi"};
    proxy_tunnel t(v6, {.api_key = "secret", .headers = {{"Cookie", "secret"}}, .user_agent = ""});
    BOOST_TEST(t.output() ==
               "CONNECT [::1]:8443 HTTP/1.1\r\nHost: [::1]:8443\r\nProxy-Authorization: Basic YTpi\r\n\r\n");
}

} // namespace client_proxy_tunnel_test

BOOST_AUTO_TEST_SUITE_END()
