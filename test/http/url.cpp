// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/http/url.hpp>

#include <boost/test/unit_test.hpp>

#include <string>

namespace http_url_test {
namespace {

using namespace std::string_view_literals;
namespace http = chatwire::http;

std::string parts(std::string_view text)
{
    auto const u = http::parse_url(text).value();
    return u.origin.scheme + " " + u.origin.host + " " + std::to_string(u.origin.port) + " " + u.path + " " + u.query;
}

} // namespace

BOOST_AUTO_TEST_SUITE(http_url)

BOOST_AUTO_TEST_CASE(urls)
{
    BOOST_TEST(parts("http://localhost:8080/v1") == "http localhost 8080 /v1 ");
    BOOST_TEST(parts("https://API.example.com") == "https api.example.com 443 / ");
    BOOST_TEST(parts("HTTP://a") == "http a 80 / ");
    BOOST_TEST(parts("http://a/") == "http a 80 / ");
    BOOST_TEST(parts("http://a/b%20c/?d=e&f=g?h") == "http a 80 /b%20c/ d=e&f=g?h");
    BOOST_TEST(parts("http://a?b/c") == "http a 80 / b/c");
    BOOST_TEST(parts("https://[2001:DB8::1]:8443/x") == "https 2001:db8::1 8443 /x ");
    BOOST_TEST(parts("http://127.0.0.1:65535") == "http 127.0.0.1 65535 / ");
    BOOST_TEST(parts("http://a/b@c:d") == "http a 80 /b@c:d ");
}

BOOST_AUTO_TEST_CASE(what_is_no_url_of_ours)
{
    for (auto bad : {""sv,
                     "a"sv,
                     "/v1"sv,
                     "localhost:8080"sv,
                     "//a/b"sv,
                     "ftp://a"sv,
                     "httpx://a"sv,
                     "http:a"sv,
                     "http:/a"sv,
                     "http://"sv,
                     "http:///x"sv,
                     "http://:80"sv,
                     "http://a:"sv,
                     "http://a:0"sv,
                     "http://a:65536"sv,
                     "http://a:x"sv,
                     "http://u@a"sv,
                     "http://u:p@a/"sv,
                     "http://a b"sv,
                     "http://a/b c"sv,
                     "http://a/b#c"sv,
                     "http://a#c"sv,
                     "http://a/\r\nX: y"sv,
                     "http://a/\0"sv,
                     "http://\xc3\xa9/"sv,
                     "http://a/\xc3\xa9"sv,
                     "http://[::1"sv,
                     "http://::1/"sv,
                     "http://[a]/"sv,
                     " http://a"sv,
                     "http://a "sv,
                     "http://a\\b"sv,
                     "http://a/\\"sv,
                     "http://a%00b/"sv}) {
        auto const r = http::parse_url(bad);
        BOOST_TEST(!r, bad);
        if (!r)
            BOOST_TEST((r.error().code == chatwire::errc::invalid_url), bad);
    }
}

BOOST_AUTO_TEST_CASE(target)
{
    BOOST_TEST(http::parse_url("http://a").value().target() == "/");
    BOOST_TEST(http::parse_url("http://a/b?c").value().target() == "/b?c");
    BOOST_TEST(http::parse_url("http://a?c").value().target() == "/?c");
}

BOOST_AUTO_TEST_CASE(more_of_a_path)
{
    BOOST_TEST(http::append_path("https://a.b", "/c/d") == "https://a.b/c/d");
    BOOST_TEST(http::append_path("https://a.b/", "/c") == "https://a.b/c");
    BOOST_TEST(http::append_path("https://a.b/x?k=v?w", "/c") == "https://a.b/x/c?k=v?w");
}

BOOST_AUTO_TEST_CASE(joining)
{
    BOOST_TEST(http::join("/v1", "/chat/completions") == "/v1/chat/completions");
    BOOST_TEST(http::join("/v1/", "/chat/completions") == "/v1/chat/completions");
    BOOST_TEST(http::join("/v1/", "chat") == "/v1/chat");
    BOOST_TEST(http::join("/v1", "chat") == "/v1/chat");
    BOOST_TEST(http::join("/", "/models") == "/models");
    BOOST_TEST(http::join("", "models") == "/models");
    BOOST_TEST(http::join("/v1//", "//models") == "/v1/models");
    BOOST_TEST(http::join("/v1", "") == "/v1");
}

BOOST_AUTO_TEST_SUITE_END()
} // namespace http_url_test
