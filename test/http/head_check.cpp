// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/http/head_check.hpp>

#include <boost/test/unit_test.hpp>

#include <utility>
#include <vector>

namespace http_head_check_test {
namespace {

using chatwire::errc;
using chatwire::http::head_check;
using kind = head_check::kind;

chatwire::error_code check(head_check& c, std::vector<char const*> const& lines)
{
    for (auto const* line : lines)
        if (auto const error = c.line(line))
            return error;
    return c.finish();
}

} // namespace

BOOST_AUTO_TEST_SUITE(http_head_check)

BOOST_AUTO_TEST_CASE(what_it_tells_of_a_request)
{
    head_check c(kind::request);
    BOOST_TEST(!check(c, {"POST / HTTP/1.1", "Host: a", "Content-Length: 7", "Expect: 100-continue"}));
    BOOST_TEST(c.version() == 11);
    BOOST_TEST(c.content_length().value() == 7u);
    BOOST_TEST(!c.chunked());
    BOOST_TEST(c.expects_continue());
    c.reset();
    BOOST_TEST(!check(c, {"POST / HTTP/1.1", "Host: b", "Transfer-Encoding: chunked"}));
    BOOST_TEST(!c.content_length());
    BOOST_TEST(c.chunked());
    BOOST_TEST(!c.expects_continue());
}

BOOST_AUTO_TEST_CASE(reset_forgets_everything)
{
    head_check c(kind::request, 2);
    BOOST_TEST(!check(c, {"GET http://a/ HTTP/1.1", "Host: a", "Content-Length: 0"}));
    c.reset();
    BOOST_TEST(!check(c, {"GET / HTTP/1.0", "Host: b", "Content-Length: 0"}));
    BOOST_TEST(c.version() == 10);
    c.reset();
    BOOST_TEST((check(c, {"GET / HTTP/1.1"}) == errc::bad_host));
}

BOOST_AUTO_TEST_CASE(later_minor_versions_are_read_as_the_one_that_is_known)
{
    for (auto const* line : {"GET / HTTP/1.1", "GET / HTTP/1.2", "GET / HTTP/1.9"}) {
        head_check c(kind::request);
        BOOST_TEST(!check(c, {line, "Host: a"}));
        BOOST_TEST(c.version() == 11);
    }
}

BOOST_AUTO_TEST_CASE(codings_before_chunked_are_not_known_and_none_is_after_it)
{
    std::pair<std::vector<char const*>, errc> const rows[] = {
        {{"POST / HTTP/1.1", "Host: a", "Transfer-Encoding: gzip,chunked"}, errc::not_implemented},
        {{"POST / HTTP/1.1", "Host: a", "Transfer-Encoding: gzip", "Transfer-Encoding: chunked"},
         errc::not_implemented},
        {{"POST / HTTP/1.1", "Host: a", "Transfer-Encoding: gzip"}, errc::bad_transfer_encoding},
        {{"POST / HTTP/1.1", "Host: a", "Transfer-Encoding: chunked,gzip"}, errc::bad_transfer_encoding},
        {{"POST / HTTP/1.0", "Host: a", "Transfer-Encoding: gzip,chunked"}, errc::bad_transfer_encoding},
        {{"POST / HTTP/1.1", "Host: a", "Transfer-Encoding: gzip", "Content-Length: 1"}, errc::bad_content_length},
    };
    for (auto const& [lines, error] : rows) {
        head_check c(kind::request);
        BOOST_TEST((check(c, lines) == error), lines.back());
        c.reset();
        BOOST_TEST(!check(c, {"GET / HTTP/1.1", "Host: a"}));
    }
}

BOOST_AUTO_TEST_CASE(what_it_tells_of_a_response)
{
    head_check c(kind::response);
    BOOST_TEST(!check(c, {"HTTP/1.0 503 Busy", "Host: x", "Host: y", "Expect: z"})); // only requests have these
    BOOST_TEST(c.status() == 503);
    BOOST_TEST(c.version() == 10);
    c.reset();
    BOOST_TEST(!check(c, {"HTTP/1.1 999 "}));
    BOOST_TEST(c.status() == 999);
}

BOOST_AUTO_TEST_CASE(a_trailer_has_no_start_line)
{
    head_check c(kind::trailer, 2);
    BOOST_TEST(!check(c, {}));
    c.reset();
    BOOST_TEST(!check(c, {"A: 1", "B: 2"}));
    c.reset();
    BOOST_TEST((check(c, {"A: 1", "B: 2", "C: 3"}) == errc::field_limit));
    c.reset();
    BOOST_TEST((check(c, {"content-length: 1"}) == errc::bad_field));
}

BOOST_AUTO_TEST_CASE(a_head_has_one)
{
    head_check c(kind::request);
    BOOST_TEST((c.finish() == errc::bad_start_line));
    head_check d(kind::response);
    BOOST_TEST((check(d, {""}) == errc::bad_start_line));
}

BOOST_AUTO_TEST_CASE(the_order_of_fields_does_not_matter)
{
    head_check c(kind::request);
    BOOST_TEST((check(c, {"GET http://a/ HTTP/1.1", "Content-Length: 1", "Transfer-Encoding: chunked", "Host: a"}) ==
                errc::bad_content_length));
    c.reset();
    BOOST_TEST((check(c, {"GET http://a/ HTTP/1.1", "X: y", "Host: b"}) == errc::bad_host));
}

BOOST_AUTO_TEST_SUITE_END()
} // namespace http_head_check_test
