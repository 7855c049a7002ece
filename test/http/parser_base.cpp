// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/http/parser.hpp>
#include <chatwire/http/parser_base.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <string>

namespace http_parser_base_test {
namespace {

namespace http = chatwire::http;
using chatwire::errc;
using kind = http::piece::kind;

// Takes everything out; the code the connection failed with, if it did.
template <class Parser>
chatwire::error_code drain(Parser& p)
{
    for (;;) {
        auto const r = p.next();
        if (!r)
            return r.error().code;
        if (r->what == kind::need_more || r->what == kind::closed)
            return {};
    }
}

chatwire::error_code request(std::string const& bytes, http::limits l, std::size_t step = 1 << 30)
{
    http::request_parser p(l);
    for (std::size_t at = 0; at < bytes.size(); at += step) {
        p.feed(std::string_view(bytes).substr(at, step));
        if (auto const error = drain(p))
            return error;
    }
    return {};
}

std::string const head = "GET / HTTP/1.1\r\nHost: a\r\n";

} // namespace

BOOST_AUTO_TEST_SUITE(http_parser_base)

BOOST_AUTO_TEST_CASE(it_stops_after_the_head)
{
    http::request_parser p;
    BOOST_TEST(p.idle());
    p.feed("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhel");
    BOOST_TEST(!p.idle());
    BOOST_TEST((p.next().value().what == kind::head));
    BOOST_TEST(p.content_length().value() == 5u);
    BOOST_TEST(!p.chunked());
    BOOST_TEST(p.body_bytes() == 0u);
    BOOST_TEST(p.unread() == "hel");
    BOOST_TEST(p.offset() == 47u);
    auto const first = p.next().value();
    BOOST_TEST((first.what == kind::body));
    BOOST_TEST(first.body == "hel");
    BOOST_TEST((p.next().value().what == kind::need_more));
    p.feed("loGET");
    BOOST_TEST(p.next().value().body == "lo");
    BOOST_TEST(p.body_bytes() == 5u);
    BOOST_TEST((p.next().value().what == kind::end));
    BOOST_TEST(p.head().method == "POST"); // stays until the next head
    BOOST_TEST(p.unread() == "GET");
    BOOST_TEST(!p.idle());
    BOOST_TEST((p.next().value().what == kind::need_more));
    BOOST_TEST(p.head().method == "POST");
    p.feed(" /2 HTTP/1.1\r\nHost: a\r\n\r\n");
    BOOST_TEST((p.next().value().what == kind::head));
    BOOST_TEST(p.head().target == "/2");
    BOOST_TEST(!p.content_length());
    BOOST_TEST((p.next().value().what == kind::end));
    BOOST_TEST(p.idle());
}

BOOST_AUTO_TEST_CASE(the_room_is_used_from_its_beginning)
{
    http::request_parser p;
    std::string const bytes = head + "\r\n";
    for (char c : bytes) {
        auto const room = p.prepare(1);
        BOOST_REQUIRE(!room.empty());
        room[0] = c;
        p.commit(1);
    }
    BOOST_TEST((p.next().value().what == kind::head));
}

BOOST_AUTO_TEST_CASE(who_keeps_the_connection)
{
    struct {
        char const* version;
        char const* field;
        bool keep;
    } const table[] = {
        {"HTTP/1.1", "", true},
        {"HTTP/1.1", "Connection: close\r\n", false},
        {"HTTP/1.1", "Connection: Close\r\n", false},
        {"HTTP/1.1", "Connection: x, close ,y\r\n", false},
        {"HTTP/1.1", "Connection: keep-alive\r\n", true},
        {"HTTP/1.1", "Connection: keep-alive\r\nConnection: close\r\n", false},
        {"HTTP/1.1", "Connection: closed\r\n", true},
        {"HTTP/1.0", "", false},
        {"HTTP/1.0", "Connection: keep-alive\r\n", true},
        {"HTTP/1.0", "Connection: Keep-Alive\r\n", true},
    };
    for (auto const& c : table) {
        http::request_parser p;
        p.feed(std::string("GET / ") + c.version + "\r\nHost: a\r\n" + c.field + "\r\n");
        BOOST_TEST((p.next().value().what == kind::head));
        BOOST_TEST(p.keep_alive() == c.keep, c.version << " " << c.field);
    }
}

BOOST_AUTO_TEST_CASE(the_head_is_bounded)
{
    http::limits l;
    l.max_head = 64;
    for (std::size_t step : {1u, 7u, 1000u}) {
        auto const fits = head + "X: " + std::string(64 - head.size() - 7, 'x') + "\r\n\r\n";
        BOOST_TEST(fits.size() == 64u);
        BOOST_TEST(!request(fits, l, step));
        BOOST_TEST(!request(fits + fits, l, step));
        auto const large = head + "X: " + std::string(64 - head.size() - 6, 'x') + "\r\n\r\n";
        BOOST_TEST((request(large, l, step) == errc::head_limit));
        BOOST_TEST((request("GET /" + std::string(100, 'x'), l, step) == errc::target_limit));
        BOOST_TEST((request("GET /" + std::string(60, 'x') + " HTTP/1.1\r\n", l, step) == errc::target_limit));
        BOOST_TEST((request(std::string(100, 'G') + " / HTTP/1.1\r\n", l, step) == errc::not_implemented));
        BOOST_TEST((request(head + std::string(100, 'x'), l, step) == errc::head_limit));
    }
}

BOOST_AUTO_TEST_CASE(the_number_of_fields_is_bounded)
{
    http::limits l;
    l.max_fields = 3;
    BOOST_TEST(!request(head + "A: 1\r\nB: 2\r\n\r\n", l));
    BOOST_TEST((request(head + "A: 1\r\nB: 2\r\nC: 3\r\n\r\n", l) == errc::field_limit));
    BOOST_TEST(!request(head + "A: 1\r\nB: 2\r\n\r\n" + head + "A: 1\r\nB: 2\r\n\r\n", l));
    auto const chunked = head + "Transfer-Encoding: chunked\r\n\r\n0\r\n";
    auto const full = chunked + "A: 1\r\nB: 2\r\nC: 3\r\n\r\n";
    BOOST_TEST(!request(full + full, l));
    BOOST_TEST((request(chunked + "A: 1\r\nB: 2\r\nC: 3\r\nD: 4\r\n\r\n", l) == errc::field_limit));
}

BOOST_AUTO_TEST_CASE(bodies_are_bounded)
{
    http::limits l;
    l.max_body = 8;
    auto const length = head + "Content-Length: ";
    BOOST_TEST(!request(length + "8\r\n\r\n12345678", l));
    BOOST_TEST((request(length + "9\r\n\r\n", l) == errc::body_limit)); // before any of it came
    auto const chunked = head + "Transfer-Encoding: chunked\r\n\r\n";
    for (std::size_t step : {1u, 1000u}) {
        BOOST_TEST(!request(chunked + "4\r\nabcd\r\n4\r\nabcd\r\n0\r\n\r\n" + chunked + "8\r\nabcdabcd\r\n0\r\n\r\n", l,
                            step));
        BOOST_TEST((request(chunked + "4\r\nabcd\r\n5\r\n", l, step) == errc::body_limit));
        BOOST_TEST((request(chunked + "ffffffffffffffff\r\n", l, step) == errc::body_limit));
        BOOST_TEST((request(chunked + "4\r\nabcd\r\nffffffffffffffff\r\n", l, step) == errc::body_limit));
    }
    http::response_parser p(l);
    p.expect("GET");
    p.feed("HTTP/1.1 200 OK\r\n\r\n12345678");
    BOOST_TEST(!drain(p));
    p.feed("9");
    BOOST_TEST((drain(p) == errc::body_limit));
    BOOST_TEST(p.body_bytes() == 8u);
}

BOOST_AUTO_TEST_CASE(the_bound_of_a_body_can_be_set_after_the_head)
{
    http::limits l;
    l.max_body = 1;
    auto const one = head + "Content-Length: 4\r\n\r\nabcd";
    http::request_parser p(l);
    p.feed(one + one);
    BOOST_TEST((p.next().value().what == kind::head));
    p.body_limit(4);
    BOOST_TEST(p.next().value().body == "abcd");
    BOOST_TEST((p.next().value().what == kind::end));
    BOOST_TEST((p.next().value().what == kind::head)); // for one message only
    BOOST_TEST((p.next().error().code == errc::body_limit));

    http::request_parser q;
    q.feed(one);
    BOOST_TEST((q.next().value().what == kind::head));
    q.body_limit(3);
    BOOST_TEST((q.next().error().code == errc::body_limit));
    BOOST_TEST((q.next().error().code == errc::body_limit)); // for good
}

BOOST_AUTO_TEST_CASE(chunk_lines_and_trailers_are_bounded)
{
    http::limits l;
    l.max_chunk_line = 16;
    l.max_trailer = 32;
    auto const chunked = head + "Transfer-Encoding: chunked\r\n\r\n";
    for (std::size_t step : {1u, 1000u}) {
        BOOST_TEST(!request(chunked + "1;a=789012345678\r\nx\r\n0\r\n\r\n", l, step));
        BOOST_TEST((request(chunked + "1;a=7890123456789\r\nx\r\n0\r\n\r\n", l, step) == errc::bad_chunk));
        BOOST_TEST((request(chunked + "1\r\nx\r\n1;a=78901234567890", l, step) == errc::bad_chunk));
        BOOST_TEST(!request(chunked + "0\r\nA: " + std::string(25, 'x') + "\r\n\r\n", l, step));
        BOOST_TEST((request(chunked + "0\r\nA: " + std::string(26, 'x') + "\r\n\r\n", l, step) == errc::head_limit));
        BOOST_TEST((request(chunked + "0\r\n" + std::string(40, 'x'), l, step) == errc::head_limit));
    }
}

BOOST_AUTO_TEST_CASE(a_length_of_64_bits)
{
    http::limits l;
    l.max_body = http::no_limit;
    http::request_parser p(l);
    p.feed(head + "Content-Length: 18446744073709551615\r\n\r\nx");
    BOOST_TEST((p.next().value().what == kind::head));
    BOOST_TEST(p.content_length().value() == 18446744073709551615u);
    BOOST_TEST(p.next().value().body == "x");
}

// Were a search begun anew with every byte, the sizes below would take minutes.
BOOST_AUTO_TEST_CASE(work_is_linear)
{
    http::limits l;
    l.max_head = 1 << 21;
    auto const large = head + "X: " + std::string(1 << 20, 'x') + "\r\n\r\n";
    BOOST_TEST(!request(large, l, 8));

    std::string many;
    for (int i = 0; i < 20000; ++i)
        many += head + "\r\n";
    http::request_parser p;
    p.feed(many);
    std::size_t heads = 0;
    for (;;) {
        auto const r = p.next().value();
        if (r.what == kind::need_more)
            break;
        heads += r.what == kind::head;
    }
    BOOST_TEST(heads == 20000u);
    BOOST_TEST(p.offset() == many.size());
}

BOOST_AUTO_TEST_CASE(bodies_are_not_held)
{
    http::response_parser p;
    p.expect("GET");
    p.feed("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
    std::size_t most = 0;
    for (int i = 0; i < 10000; ++i) {
        auto const room = p.prepare(128);
        most = std::max(most, room.size());
        std::string const chunk = "20\r\n" + std::string(32, 'x') + "\r\n";
        std::copy(chunk.begin(), chunk.end(), room.begin());
        p.commit(chunk.size());
        BOOST_REQUIRE(!drain(p));
    }
    BOOST_TEST(most <= 1024u);
    BOOST_TEST(p.body_bytes() == 320000u);
}

BOOST_AUTO_TEST_CASE(a_parser_can_be_moved)
{
    http::request_parser a;
    a.feed("GET / HTTP/1.1\r\nHo");
    BOOST_TEST((a.next().value().what == kind::need_more));
    auto b = std::move(a);
    b.feed("st: a\r\nContent-Length: 1\r\n\r\n");
    BOOST_TEST((b.next().value().what == kind::head));
    a = std::move(b);
    a.feed("x");
    BOOST_TEST(a.next().value().body == "x");
    BOOST_TEST(a.head().target == "/");
}

BOOST_AUTO_TEST_SUITE_END()
} // namespace http_parser_base_test
