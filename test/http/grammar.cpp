// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/http/grammar.hpp>

#include <boost/test/unit_test.hpp>

#include <string>

namespace http_grammar_test {
namespace {

using namespace std::string_view_literals;
namespace http = chatwire::http;

int port_of(std::string_view authority, std::string_view wanted)
{
    std::string_view host = "untouched";
    auto const port = http::split_authority(authority, host);
    BOOST_TEST(host == (port ? wanted : "untouched"sv));
    return port ? *port : -1;
}

} // namespace

BOOST_AUTO_TEST_SUITE(http_grammar)

BOOST_AUTO_TEST_CASE(case_of_ascii_letters)
{
    BOOST_TEST(http::iequals("Content-TYPE", "content-type"));
    BOOST_TEST(!http::iequals("a", "ab"));
    BOOST_TEST(!http::iequals("[", "{")); // 0x5b and 0x7b differ as A and a do
    BOOST_TEST(http::iequals("", ""));
}

BOOST_AUTO_TEST_CASE(trimming)
{
    BOOST_TEST(http::trim(" \ta b\t ") == "a b");
    BOOST_TEST(http::trim(" \t ") == "");
    BOOST_TEST(http::trim("") == "");
    BOOST_TEST(http::trim("\r") == "\r");
}

BOOST_AUTO_TEST_CASE(tokens_by_every_byte)
{
    auto const allowed = "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"sv;
    for (int i = 0; i < 256; ++i) {
        auto const c = static_cast<char>(i);
        BOOST_TEST(http::is_token({&c, 1}) == (allowed.find(c) != allowed.npos), i);
        BOOST_TEST(http::valid_field_value({&c, 1}) == ((i >= 0x20 && i != 0x7f) || c == '\t'), i);
    }
    BOOST_TEST(!http::is_token(""));
    BOOST_TEST(!http::is_token("a b"));
    BOOST_TEST(http::valid_field_value(""));
}

BOOST_AUTO_TEST_CASE(authorities)
{
    BOOST_TEST(port_of("a", "a") == 0);
    BOOST_TEST(port_of("a.b-c_d~e:8080", "a.b-c_d~e") == 8080);
    BOOST_TEST(port_of("[::1]", "[::1]") == 0);
    BOOST_TEST(port_of("[2001:db8::7]:443", "[2001:db8::7]") == 443);
    BOOST_TEST(port_of("[::ffff:1.2.3.4]:1", "[::ffff:1.2.3.4]") == 1);
    for (auto bad :
         {"",     ":80", "a:",       "a:0", "a:65536", "a:-1", "a:+1",    "a: 1",   "a:1:2", "a/",
          "a@b",  "a b", "[::1",     "::1", "[]",      "[a]",  "[::1]80", "[::1]:", "[::g]", "[fe80::1%25eth0]",
          "a%41", "a,b", "\xc3\xa9", "a\\b"})
        BOOST_TEST(port_of(bad, "") == -1, bad);
    BOOST_TEST(port_of("a\0b"sv, "") == -1);
}

BOOST_AUTO_TEST_CASE(targets)
{
    BOOST_TEST(http::valid_target("GET", "/"));
    BOOST_TEST(http::valid_target("GET", "/a%20b?c=d&e"));
    BOOST_TEST(http::valid_target("GET", "HTTP://a?b"));
    BOOST_TEST(http::valid_target("OPTIONS", "*"));
    BOOST_TEST(http::valid_target("CONNECT", "a:1"));
    BOOST_TEST(!http::valid_target("GET", ""));
    BOOST_TEST(!http::valid_target("GET", "*"));
    BOOST_TEST(!http::valid_target("GET", "http:/a"));
    BOOST_TEST(!http::valid_target("CONNECT", "http://a:1"));
    for (int i = 0; i < 256; ++i) {
        std::string const target{'/', static_cast<char>(i)};
        bool const refused = i < 0x21 || i > 0x7e || "\"#<>\\"sv.find(static_cast<char>(i)) != std::string_view::npos;
        BOOST_TEST(http::valid_target("GET", target) == !refused, i);
    }
}

BOOST_AUTO_TEST_CASE(decimals)
{
    BOOST_TEST(http::parse_decimal("0").value() == 0u);
    BOOST_TEST(http::parse_decimal("007").value() == 7u);
    BOOST_TEST(http::parse_decimal("18446744073709551615").value() == 18446744073709551615u);
    for (auto bad : {"", "-1", "+1", " 1", "1 ", "0x1", "1.0", "1,1", "18446744073709551616"})
        BOOST_TEST(!http::parse_decimal(bad), bad);
}

BOOST_AUTO_TEST_SUITE_END()
} // namespace http_grammar_test
