// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/http/parser.hpp>
#include <chatwire/http/writer.hpp>

#include <boost/test/unit_test.hpp>

#include <random>
#include <string>
#include <vector>

namespace http_writer_test {
namespace {

using namespace std::string_literals;
using namespace std::string_view_literals;
namespace http = chatwire::http;
using chatwire::errc;
using kind = http::piece::kind;

http::fields fields(std::vector<std::pair<std::string_view, std::string_view>> const& list)
{
    http::fields f;
    for (auto const& [name, value] : list)
        BOOST_TEST(!f.insert(name, value));
    return f;
}

template <class Head>
std::string written(Head const& head)
{
    std::string out = "kept";
    BOOST_TEST(!http::write_head(out, head));
    BOOST_TEST(out.starts_with("kept"));
    return out.substr(4);
}

template <class Head>
bool refused(Head const& head, errc code)
{
    std::string out = "kept";
    return http::write_head(out, head) == code && out == "kept";
}

} // namespace

BOOST_AUTO_TEST_SUITE(http_writer)

BOOST_AUTO_TEST_CASE(heads)
{
    BOOST_TEST(written(http::request_head{"POST", "/v1", 11, fields({{"Host", "a"}, {"X", ""}})}) ==
               "POST /v1 HTTP/1.1\r\nHost: a\r\nX: \r\n\r\n");
    BOOST_TEST(written(http::request_head{"GET", "/", 10, {}}) == "GET / HTTP/1.0\r\n\r\n");
    BOOST_TEST(written(http::response_head{200, "", 11, {}}) == "HTTP/1.1 200 OK\r\n\r\n");
    BOOST_TEST(written(http::response_head{404, "Nothing here", 10, {}}) == "HTTP/1.0 404 Nothing here\r\n\r\n");
    BOOST_TEST(written(http::response_head{599, "", 11, {}}) == "HTTP/1.1 599 \r\n\r\n");
}

BOOST_AUTO_TEST_CASE(start_lines_that_cannot_be)
{
    auto const host = fields({{"Host", "a"}});
    for (auto bad : {""sv, "GET "sv, "G\r\nET"sv, "GET /x HTTP/1.1\r\nX:"sv})
        BOOST_TEST(refused(http::request_head{std::string(bad), "/", 11, host}, errc::invalid_argument), bad);
    for (auto bad : {""sv, "x"sv, "*"sv, "/a b"sv, "/ HTTP/1.1\r\nX: y\r\n"sv, "/\n"sv, "/\0"sv, "/#"sv})
        BOOST_TEST(refused(http::request_head{"GET", std::string(bad), 11, host}, errc::invalid_argument), bad);
    for (int bad : {0, 9, 12, 20})
        BOOST_TEST(refused(http::request_head{"GET", "/", bad, host}, errc::invalid_argument), bad);
    for (int bad : {-1, 0, 99, 1000})
        BOOST_TEST(refused(http::response_head{bad, "", 11, {}}, errc::invalid_argument), bad);
    for (auto bad : {"a\r\nX: y"sv, "\n"sv, "\0"sv})
        BOOST_TEST(refused(http::response_head{200, std::string(bad), 11, {}}, errc::invalid_argument), bad);
    BOOST_TEST(refused(http::response_head{200, "", 20, {}}, errc::invalid_argument));
}

BOOST_AUTO_TEST_CASE(fields_that_contradict)
{
    auto const bad = errc::invalid_header;
    BOOST_TEST(refused(http::request_head{"GET", "/", 11, {}}, bad)); // no Host
    BOOST_TEST(refused(http::request_head{"GET", "/", 11, fields({{"Host", "a"}, {"Host", "a"}})}, bad));
    BOOST_TEST(refused(http::request_head{"GET", "/", 11, fields({{"Host", "a b"}})}, bad));
    for (auto const& list :
         {fields({{"Content-Length", "1"}, {"Content-Length", "1"}}), fields({{"Content-Length", "x"}}),
          fields({{"Content-Length", "1"}, {"Transfer-Encoding", "chunked"}}), fields({{"Transfer-Encoding", "gzip"}})})
        BOOST_TEST(refused(http::response_head{200, "", 11, list}, bad));
    BOOST_TEST(refused(http::response_head{200, "", 10, fields({{"Transfer-Encoding", "chunked"}})}, bad));
}

BOOST_AUTO_TEST_CASE(chunks)
{
    std::string out;
    http::write_chunk(out, "hello");
    http::write_chunk(out, "");
    http::write_chunk(out, std::string(26, 'x'));
    http::write_last_chunk(out);
    BOOST_TEST(out == "5\r\nhello\r\n1a\r\n" + std::string(26, 'x') + "\r\n0\r\n\r\n");
    BOOST_TEST(http::chunk_prefix(0xabcdef) == "abcdef\r\n");
    BOOST_TEST(http::chunk_prefix(~std::uint64_t{0}) == "ffffffffffffffff\r\n");
    std::string go;
    http::write_continue(go);
    BOOST_TEST(go == "HTTP/1.1 100 Continue\r\n\r\n");
}

// Invariant: what the writer takes, the parser gives back.
BOOST_AUTO_TEST_CASE(random_messages_round_trip)
{
    std::mt19937 rng(9110);
    auto text = [&](std::string_view alphabet, std::size_t least, std::size_t most) {
        std::string s;
        for (auto n = least + rng() % (most - least + 1); n > 0; --n)
            s += alphabet[rng() % alphabet.size()];
        return s;
    };
    auto const token = "AZaz09!#$%&'*+-.^_`|~"sv;
    std::size_t sent = 0;
    for (int round = 0; round < 2000; ++round) {
        auto const body = text("abc\r\n\0"sv, 0, 40);
        auto const framing = rng() % 3;
        auto const make_fields = [&](http::fields& f) {
            for (auto n = rng() % 5; n > 0; --n)
                BOOST_TEST(!f.insert("X" + text(token, 0, 6), text("a: ;,\"\t\xff\x80"sv, 0, 8)));
            if (framing == 1)
                BOOST_TEST(!f.insert("Content-Length", std::to_string(body.size())));
            else if (framing == 2)
                BOOST_TEST(!f.insert("Transfer-Encoding", "chunked"));
        };
        auto const make_body = [&](std::string& out) {
            if (framing == 1) {
                out += body;
            } else if (framing == 2) {
                for (std::string_view rest = body; !rest.empty();) {
                    auto const n = std::min<std::size_t>(1 + rng() % 9, rest.size());
                    http::write_chunk(out, rest.substr(0, n));
                    rest.remove_prefix(n);
                }
                http::write_last_chunk(out);
            }
        };
        auto const take = [&](auto& p, auto const& head, std::string const& bytes, std::string const& wanted) {
            p.feed(bytes);
            p.commit_eof();
            BOOST_REQUIRE((p.next().value().what == kind::head));
            BOOST_REQUIRE((p.head() == head));
            std::string got;
            for (;;) {
                auto const piece = p.next().value();
                if (piece.what == kind::end)
                    break;
                BOOST_REQUIRE((piece.what == kind::body));
                got += piece.body;
            }
            BOOST_REQUIRE(got == wanted);
            BOOST_REQUIRE((p.next().value().what == kind::closed));
        };

        http::request_head q{text(token, 1, 5), "/" + text("az09%?&=/[]{}|"sv, 0, 9), 11, fields({{"Host", "a.b:1"}})};
        make_fields(q.fields);
        std::string bytes;
        if (q.method != "CONNECT" && !http::write_head(bytes, q)) {
            make_body(bytes);
            http::request_parser p;
            take(p, q, bytes, framing ? body : "");
            ++sent;
        }
        http::response_head r{static_cast<int>(200 + rng() % 400), "x" + text("a \t\xff"sv, 0, 5) + "x", 11, {}};
        if (r.status == 204 || r.status == 304)
            r.status = 200;
        make_fields(r.fields);
        bytes.clear();
        BOOST_REQUIRE(!http::write_head(bytes, r));
        make_body(bytes);
        if (framing == 0)
            bytes += body;
        http::response_parser p;
        p.expect("GET");
        take(p, r, bytes, body);
    }
    BOOST_TEST(sent > 1900u);
}

BOOST_AUTO_TEST_SUITE_END()
} // namespace http_writer_test
