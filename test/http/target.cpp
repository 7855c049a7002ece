// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/http/target.hpp>

#include <boost/test/unit_test.hpp>

#include <string>

namespace http_target_test {
namespace {

using namespace std::string_view_literals;
namespace http = chatwire::http;

} // namespace

BOOST_AUTO_TEST_SUITE(http_target)

BOOST_AUTO_TEST_CASE(splitting)
{
    auto check = [](std::string_view target, std::string_view path, std::string_view query) {
        auto const t = http::split_target(target);
        BOOST_TEST(t.path == path, target);
        BOOST_TEST(t.query == query, target);
    };
    check("/", "/", "");
    check("/a/b?c=d", "/a/b", "c=d");
    check("/a?", "/a", "");
    check("/?a?b", "/", "a?b");
    check("http://host:1/a?b", "/a", "b");
    check("http://host", "/", "");
    check("http://host?b", "/", "b");
    check("/a?u=http://b/c", "/a", "u=http://b/c");
    check("//a://b?c", "//a://b", "c");
    check("*", "*", "");
    check("host:443", "host:443", "");
    check("", "", "");
}

BOOST_AUTO_TEST_CASE(coding)
{
    BOOST_TEST(http::encode_segment("az-._~09") == "az-._~09");
    BOOST_TEST(http::encode_segment("a b/c?\xc3\xa9%") == "a%20b%2Fc%3F%C3%A9%25");
    BOOST_TEST(http::decode_segment("a%20b%2fc+%C3%a9").value() == "a b/c+\xc3\xa9");
    for (auto bad : {"%", "%2", "%g0", "%0g", "a%", "%%30", "%00", "a%00b"}) {
        auto const r = http::decode_segment(bad);
        BOOST_TEST((!r && r.error().code == chatwire::errc::bad_target), bad);
    }
    for (int i = 1; i < 256; ++i) {
        std::string const one(1, static_cast<char>(i));
        BOOST_TEST(http::decode_segment(http::encode_segment(one)).value() == one);
    }
    BOOST_TEST(http::encode_segment(".") == "%2E");
    BOOST_TEST(http::encode_segment("..") == "%2E%2E");
    BOOST_TEST(http::encode_segment("...") == "...");
}

BOOST_AUTO_TEST_CASE(queries)
{
    auto const query = "a=1&b=x%20y+z&c&d=&a=2&%65=f&&g=%zz&h=a=b"sv;
    BOOST_TEST(http::find_query(query, "a").value() == "1");
    BOOST_TEST(http::find_query(query, "b").value() == "x y z");
    BOOST_TEST(http::find_query(query, "c").value() == "");
    BOOST_TEST(http::find_query(query, "d").value() == "");
    BOOST_TEST(http::find_query(query, "e").value() == "f");
    BOOST_TEST(http::find_query(query, "h").value() == "a=b");
    BOOST_TEST(!http::find_query(query, "g"));
    BOOST_TEST(!http::find_query(query, "x"));
    BOOST_TEST(!http::find_query("", "a"));
}

BOOST_AUTO_TEST_SUITE_END()
} // namespace http_target_test
