// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/http/parser.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <random>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace http_parser_test {
namespace {

using namespace std::string_literals;
using namespace std::string_view_literals;
namespace http = chatwire::http;
using chatwire::errc;
using kind = http::piece::kind;

// What a connection came to, as text: one line for each head and field, one for the body, one for the end.
class reader {
public:
    explicit reader(bool requests, http::limits l = {}, std::vector<std::string> const& methods = {})
        : requests_(requests), in_(l), out_(l)
    {
        for (auto const& m : methods)
            out_.expect(m);
    }

    void bytes(std::string_view s)
    {
        requests_ ? in_.feed(s) : out_.feed(s);
        drain();
    }
    std::string end()
    {
        requests_ ? in_.commit_eof() : out_.commit_eof();
        drain();
        return log_;
    }

private:
    void drain() { requests_ ? drain(in_) : drain(out_); }

    template <class Parser>
    void drain(Parser& p)
    {
        for (;;) {
            auto const r = p.next();
            if (!r) {
                auto const code = static_cast<errc>(r.error().code.value());
                BOOST_TEST((r.error().code == code)); // no code of another category
                auto const line = "error " + std::string(chatwire::to_string(code)) + "\n";
                if (!log_.ends_with(line)) {
                    flush();
                    log_ += line;
                }
                return;
            }
            switch (r->what) {
            case kind::need_more: return;
            case kind::closed:
                if (!log_.ends_with("closed\n"))
                    log_ += "closed\n";
                return;
            case kind::head: head(p); break;
            case kind::body:
                BOOST_TEST(!r->body.empty());
                body_ += r->body;
                break;
            case kind::end:
                flush();
                for (auto const& f : p.trailers())
                    log_ += "trailer " + f.name + "=" + f.value + "\n";
                log_ += p.keep_alive() ? "end keep\n" : "end close\n";
                break;
            }
        }
    }
    template <class Parser>
    void head(Parser& p)
    {
        auto const& h = p.head();
        if constexpr (std::is_same_v<Parser, http::request_parser>) {
            log_ += h.method + " " + h.target;
            log_ += p.expects_continue() ? " (waits)" : "";
        } else {
            log_ += std::to_string(h.status) + " " + h.reason;
            log_ += p.informational() ? " after " + std::to_string(p.informational()) : "";
        }
        log_ += h.version == 11 ? " 1.1\n" : " 1.0\n";
        for (auto const& f : h.fields)
            log_ += f.name + "=" + f.value + "\n";
    }
    void flush()
    {
        if (!body_.empty())
            log_ += "body " + body_ + "\n";
        body_.clear();
    }

    bool requests_;
    http::request_parser in_;
    http::response_parser out_;
    std::string log_{};
    std::string body_{};
};

struct conversation {
    bool requests = true;
    http::limits limits{};
    std::vector<std::string> methods{};

    std::string whole(std::string_view s) const
    {
        reader r(requests, limits, methods);
        r.bytes(s);
        return r.end();
    }

    // The outcome of the whole, after checking that no way of splitting it comes to another.
    std::string read(std::string_view s) const
    {
        auto const expected = whole(s);
        reader single(requests, limits, methods);
        for (char const& c : s)
            single.bytes({&c, 1});
        BOOST_TEST(single.end() == expected);
        for (std::size_t i = 1; i < s.size() && s.size() < 2000; ++i) {
            reader r(requests, limits, methods);
            r.bytes(s.substr(0, i));
            r.bytes(s.substr(i));
            auto const got = r.end();
            BOOST_TEST(got == expected, "split at " << i << ": " << got << "instead of " << expected);
        }
        return expected;
    }
};

std::string request(std::string_view s, http::limits l = {}) { return conversation{true, l}.read(s); }
std::string response(std::string_view s, std::vector<std::string> methods = {"GET"}, http::limits l = {})
{
    return conversation{false, l, std::move(methods)}.read(s);
}

struct bad {
    char const* name;
    std::string_view bytes;
    errc error;
};

} // namespace

BOOST_AUTO_TEST_SUITE(http_parser)

BOOST_AUTO_TEST_CASE(a_request_without_a_body)
{
    BOOST_TEST(
        request("GET /v1/models?limit=2 HTTP/1.1\r\nHost: localhost:8080\r\nAccept:  */* \t\r\nX-Empty:\r\n\r\n") ==
        "GET /v1/models?limit=2 1.1\nHost=localhost:8080\nAccept=*/*\nX-Empty=\nend keep\nclosed\n");
}

BOOST_AUTO_TEST_CASE(requests_with_bodies)
{
    BOOST_TEST(request("POST /a HTTP/1.1\r\nhost: a\r\ncontent-length: 5\r\n\r\nhello") ==
               "POST /a 1.1\nhost=a\ncontent-length=5\nbody hello\nend keep\nclosed\n");
    BOOST_TEST(request("POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n") ==
               "POST /a 1.1\nHost=a\nContent-Length=0\nend keep\nclosed\n");
    BOOST_TEST(request("POST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: Chunked\r\n\r\n"
                       "5\r\nhello\r\n1;ext=\"v\";b\r\n,\r\n00A\r\n 0123\r\nxyz\r\n0\r\n\r\n") ==
               "POST /a 1.1\nHost=a\nTransfer-Encoding=Chunked\nbody hello, 0123\r\nxyz\nend keep\nclosed\n");
}

BOOST_AUTO_TEST_CASE(trailers)
{
    BOOST_TEST(request("POST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                       "3\r\nabc\r\n0;x=y\r\nDigest: 9\r\nX-B:\r\n\r\n"
                       "GET /b HTTP/1.1\r\nHost: a\r\n\r\n") ==
               "POST /a 1.1\nHost=a\nTransfer-Encoding=chunked\nbody abc\ntrailer Digest=9\ntrailer X-B=\nend keep\n"
               "GET /b 1.1\nHost=a\nend keep\nclosed\n");
}

BOOST_AUTO_TEST_CASE(pipelined_requests)
{
    BOOST_TEST(request("POST /1 HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nab"
                       "\r\nGET /2 HTTP/1.1\r\nHost: a\r\n\r\n"
                       "POST /3 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
                       "HEAD /4 HTTP/1.0\r\n\r\n") == "POST /1 1.1\nHost=a\nContent-Length=2\nbody ab\nend keep\n"
                                                      "GET /2 1.1\nHost=a\nend keep\n"
                                                      "POST /3 1.1\nHost=a\nTransfer-Encoding=chunked\nend keep\n"
                                                      "HEAD /4 1.0\nend close\nclosed\n");
}

BOOST_AUTO_TEST_CASE(every_request_may_have_its_empty_line)
{
    std::string const one = "\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n";
    std::string const seen = "GET / 1.1\nHost=a\nend keep\n";
    BOOST_TEST(request(one + one + one) == seen + seen + seen + "closed\n");
    BOOST_TEST(request(one + "\r\n") == seen + "closed\n");
    BOOST_TEST(request(one + "\r\n\r\n") == seen + "error bad_start_line\n");
}

BOOST_AUTO_TEST_CASE(forms_of_the_target)
{
    BOOST_TEST(request("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n").starts_with("OPTIONS * 1.1\n"));
    BOOST_TEST(request("CONNECT a.example:443 HTTP/1.1\r\nHost: a.example:443\r\n\r\n")
                   .starts_with("CONNECT a.example:443 1.1\n"));
    BOOST_TEST(request("GET http://A.example/x?y HTTP/1.1\r\nHost: a.example:80\r\n\r\n")
                   .starts_with("GET http://A.example/x?y 1.1\n"));
    BOOST_TEST(request("GET https://a.example:443 HTTP/1.1\r\nHost: a.example\r\n\r\n")
                   .starts_with("GET https://a.example:443 1.1\n"));
    BOOST_TEST(request("GET http://[::1]:8080/ HTTP/1.1\r\nHost: [::1]:8080\r\n\r\n")
                   .starts_with("GET http://[::1]:8080/ 1.1\n"));
    BOOST_TEST(request("GET /a|b{c}?d^`[] HTTP/1.1\r\nHost: a_b-c.d~e\r\n\r\n").starts_with("GET /a|b{c}?d^`[] 1.1\n"));
    BOOST_TEST(request("GET /x?u=http://b/ HTTP/1.1\r\nHost: a\r\n\r\n").ends_with("end keep\nclosed\n"));
}

BOOST_AUTO_TEST_CASE(near_misses_are_taken)
{
    for (auto good : {
             "\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n"sv,                       // one empty line before
             "GET / HTTP/1.1\r\nHOST:a\r\n\r\n"sv,                            // no space after the colon
             "GET / HTTP/1.1\r\nHost: a\r\nX: \x80\xff\r\n\r\n"sv,            // bytes above ASCII in a value
             "GET / HTTP/1.1\r\nHost: a\r\nX: a\tb  c\r\n\r\n"sv,             // tabs and spaces in a value
             "GET / HTTP/1.1\r\nHost: a\r\n!#$%&'*+-.^_`|~09Az: x\r\n\r\n"sv, // every kind of token character
             "GET / HTTP/1.2\r\nHost: a\r\n\r\n"sv,                           // a later minor version
             "GET / HTTP/1.9\r\nHost: a\r\n\r\n"sv,                           //
             "GET / HTTP/1.0\r\n\r\n"sv,                                      // no Host in HTTP/1.0
             "GET / HTTP/1.0\r\nExpect: something\r\n\r\n"sv,                 // no expectations in HTTP/1.0
             "M-SEARCH / HTTP/1.1\r\nHost: a\r\n\r\n"sv,                      // an unknown method
             "GET / HTTP/1.1\r\nHost: 127.0.0.1:65535\r\n\r\n"sv,             //
             "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 000\r\n\r\n"sv,    // leading zeros
             "GET / HTTP/1.1\r\nHost: a\r\nExpect: 100-Continue\r\n\r\n"sv,   //
             "GET / HTTP/1.1\r\nHost: a\r\nUpgrade: h2c\r\nConnection: upgrade\r\n\r\n"sv, // not obeyed
             "GET / HTTP/1.1\r\nHost: a\r\nTE: gzip\r\n\r\n"sv,             // not the same as Transfer-Encoding
             "GET / HTTP/1.1\r\nHost: a\r\nX: content-length: 5\r\n\r\n"sv, //
         }) {
        auto const r = request(good);
        BOOST_TEST(r.ends_with("closed\n"), good << r);
        BOOST_TEST(r.find("error") == r.npos, good << r);
    }
}

BOOST_AUTO_TEST_CASE(malformed_requests)
{
    bad const table[] = {
        // the request line
        {"only an empty line, twice", "\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", errc::bad_start_line},
        {"no version", "GET /\r\nHost: a\r\n\r\n", errc::bad_start_line},
        {"no target", "GET HTTP/1.1\r\nHost: a\r\n\r\n", errc::bad_start_line},
        {"nothing between two spaces", "GET  HTTP/1.1\r\nHost: a\r\n\r\n", errc::bad_start_line},
        {"nothing but a method", "GET\r\n\r\n", errc::bad_start_line},
        {"two spaces before the target", "GET  / HTTP/1.1\r\nHost: a\r\n\r\n", errc::bad_start_line},
        {"two spaces before the version", "GET /  HTTP/1.1\r\nHost: a\r\n\r\n", errc::bad_start_line},
        {"space at the start", " GET / HTTP/1.1\r\nHost: a\r\n\r\n", errc::bad_start_line},
        {"space at the end", "GET / HTTP/1.1 \r\nHost: a\r\n\r\n", errc::bad_start_line},
        {"space in the target", "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n", errc::bad_start_line},
        {"tabs for spaces", "GET\t/\tHTTP/1.1\r\nHost: a\r\n\r\n", errc::bad_start_line},
        {"tab after the method", "GET\t / HTTP/1.1\r\nHost: a\r\n\r\n", errc::bad_method},
        {"bare LF after the request line", "GET / HTTP/1.1\nHost: a\r\n\r\n", errc::bad_start_line},
        {"bare LF everywhere", "GET / HTTP/1.1\nHost: a\n\n", errc::bad_start_line},
        {"bare LF before the request", "\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", errc::bad_start_line},
        {"bare CR in the request line", "GET / HTTP/1.1\rHost: a\r\n\r\n", errc::bad_start_line},
        {"two CRs", "GET / HTTP/1.1\r\r\nHost: a\r\n\r\n", errc::bad_start_line},
        {"NUL in the method", "G\0T / HTTP/1.1\r\nHost: a\r\n\r\n"sv, errc::bad_method},
        {"no token for a method", "G(T / HTTP/1.1\r\nHost: a\r\n\r\n", errc::bad_method},
        {"a colon in the method", "Host: / HTTP/1.1\r\nHost: a\r\n\r\n", errc::bad_method},
        {"a method above ASCII", "G\xc3\x89T / HTTP/1.1\r\nHost: a\r\n\r\n", errc::bad_method},
        {"a TLS greeting", "\x16\x03\x01\x02\x00\x01\n"sv, errc::bad_start_line},
        {"HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", errc::bad_version},
        {"HTTP/2 without a minor version", "GET / HTTP/2\r\nHost: a\r\n\r\n", errc::bad_version},
        {"HTTP/0.9", "GET / HTTP/0.9\r\nHost: a\r\n\r\n", errc::bad_version},
        {"HTTP/1.10", "GET / HTTP/1.10\r\nHost: a\r\n\r\n", errc::bad_start_line},
        {"HTTP/1.", "GET / HTTP/1.\r\nHost: a\r\n\r\n", errc::bad_start_line},
        {"http/1.1", "GET / http/1.1\r\nHost: a\r\n\r\n", errc::bad_start_line},
        {"another protocol", "GET / RTSP/1.0\r\nHost: a\r\n\r\n", errc::bad_start_line},
        {"NUL in the target", "GET /\0 HTTP/1.1\r\nHost: a\r\n\r\n"sv, errc::bad_target},
        {"DEL in the target", "GET /\x7f HTTP/1.1\r\nHost: a\r\n\r\n", errc::bad_target},
        {"a target above ASCII", "GET /\xc3\xa9 HTTP/1.1\r\nHost: a\r\n\r\n", errc::bad_target},
        {"fragment", "GET /a#b HTTP/1.1\r\nHost: a\r\n\r\n", errc::bad_target},
        {"backslash", "GET /a\\b HTTP/1.1\r\nHost: a\r\n\r\n", errc::bad_target},
        {"quote in the target", "GET /\" HTTP/1.1\r\nHost: a\r\n\r\n", errc::bad_target},
        {"relative target", "GET a/b HTTP/1.1\r\nHost: a\r\n\r\n", errc::bad_target},
        {"asterisk for GET", "GET * HTTP/1.1\r\nHost: a\r\n\r\n", errc::bad_target},
        {"authority for GET", "GET a:80 HTTP/1.1\r\nHost: a\r\n\r\n", errc::bad_target},
        {"path for CONNECT", "CONNECT / HTTP/1.1\r\nHost: a\r\n\r\n", errc::bad_target},
        {"CONNECT without a port", "CONNECT a HTTP/1.1\r\nHost: a\r\n\r\n", errc::bad_target},
        {"ftp", "GET ftp://a/ HTTP/1.1\r\nHost: a\r\n\r\n", errc::bad_target},
        {"user in the target", "GET http://u@a/ HTTP/1.1\r\nHost: a\r\n\r\n", errc::bad_target},
        {"URL without a host", "GET http:///x HTTP/1.1\r\nHost: a\r\n\r\n", errc::bad_target},
        // fields
        {"no colon", "GET / HTTP/1.1\r\nHost: a\r\nFoo\r\n\r\n", errc::bad_field},
        {"no name", "GET / HTTP/1.1\r\nHost: a\r\n: x\r\n\r\n", errc::bad_field},
        {"space before the colon", "GET / HTTP/1.1\r\nHost : a\r\n\r\n", errc::bad_field},
        {"tab before the colon", "GET / HTTP/1.1\r\nHost: a\r\nContent-Length\t: 0\r\n\r\n", errc::bad_field},
        {"space in a name", "GET / HTTP/1.1\r\nHost: a\r\nX Y: z\r\n\r\n", errc::bad_field},
        {"a name above ASCII", "GET / HTTP/1.1\r\nHost: a\r\nX\xff: z\r\n\r\n", errc::bad_field},
        {"obs-fold", "GET / HTTP/1.1\r\nHost: a\r\nX: y\r\n z\r\n\r\n", errc::bad_field},
        {"obs-fold with a tab", "GET / HTTP/1.1\r\nHost: a\r\nX: y\r\n\tz: 1\r\n\r\n", errc::bad_field},
        {"obs-fold of the first field", "GET / HTTP/1.1\r\n Host: a\r\n\r\n", errc::bad_field},
        {"obs-fold of nothing", "GET / HTTP/1.1\r\nHost: a\r\n \r\n\r\n", errc::bad_field},
        {"a folded Transfer-Encoding", "GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding:\r\n chunked\r\n\r\n",
         errc::bad_transfer_encoding},
        {"bare LF after a field", "GET / HTTP/1.1\r\nHost: a\nX: y\r\n\r\n", errc::bad_field},
        {"bare LF for the empty line", "GET / HTTP/1.1\r\nHost: a\r\n\n", errc::bad_field},
        {"LF CR LF", "GET / HTTP/1.1\r\nHost: a\n\r\n", errc::bad_field},
        {"bare CR in a value", "GET / HTTP/1.1\r\nHost: a\r\nX: y\rz: 1\r\n\r\n", errc::bad_field},
        {"CR before CRLF", "GET / HTTP/1.1\r\nHost: a\r\nX: y\r\r\n\r\n", errc::bad_field},
        {"NUL in a value", "GET / HTTP/1.1\r\nHost: a\r\nX: y\0z\r\n\r\n"sv, errc::bad_field},
        {"control character in a value", "GET / HTTP/1.1\r\nHost: a\r\nX: \x01\r\n\r\n", errc::bad_field},
        {"DEL in a value", "GET / HTTP/1.1\r\nHost: a\r\nX: \x7f\r\n\r\n", errc::bad_field},
        {"vertical tab before a value",
         "GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: \x0b"
         "chunked\r\n\r\n",
         errc::bad_field},
        // Host
        {"no Host", "GET / HTTP/1.1\r\nX: y\r\n\r\n", errc::bad_host},
        {"no field at all", "GET / HTTP/1.1\r\n\r\n", errc::bad_host},
        {"two Hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", errc::bad_host},
        {"two equal Hosts", "GET / HTTP/1.1\r\nHost: a\r\nhost: a\r\n\r\n", errc::bad_host},
        {"two Hosts in HTTP/1.0", "GET / HTTP/1.0\r\nHost: a\r\nhost: a\r\n\r\n", errc::bad_host},
        {"empty Host", "GET / HTTP/1.1\r\nHost:\r\n\r\n", errc::bad_host},
        {"a path in Host", "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", errc::bad_host},
        {"a user in Host", "GET / HTTP/1.1\r\nHost: u@a\r\n\r\n", errc::bad_host},
        {"a list in Host", "GET / HTTP/1.1\r\nHost: a, b\r\n\r\n", errc::bad_host},
        {"a space in Host", "GET / HTTP/1.1\r\nHost: a b\r\n\r\n", errc::bad_host},
        {"a Host above ASCII", "GET / HTTP/1.1\r\nHost: \xc3\xa9\r\n\r\n", errc::bad_host},
        {"a port that is none", "GET / HTTP/1.1\r\nHost: a:b\r\n\r\n", errc::bad_host},
        {"an empty port", "GET / HTTP/1.1\r\nHost: a:\r\n\r\n", errc::bad_host},
        {"a port too large", "GET / HTTP/1.1\r\nHost: a:65536\r\n\r\n", errc::bad_host},
        {"two ports", "GET / HTTP/1.1\r\nHost: a:1:2\r\n\r\n", errc::bad_host},
        {"brackets around no address", "GET / HTTP/1.1\r\nHost: [a]\r\n\r\n", errc::bad_host},
        {"a bracket left open", "GET / HTTP/1.1\r\nHost: [::1\r\n\r\n", errc::bad_host},
        {"something after the bracket", "GET / HTTP/1.1\r\nHost: [::1]x\r\n\r\n", errc::bad_host},
        {"Host contradicts the target", "GET http://a/ HTTP/1.1\r\nHost: b\r\n\r\n", errc::bad_host},
        {"the port contradicts the target", "GET http://a/ HTTP/1.1\r\nHost: a:81\r\n\r\n", errc::bad_host},
        {"http's port for https", "GET https://a/ HTTP/1.1\r\nHost: a:80\r\n\r\n", errc::bad_host},
        // framing
        {"two Content-Lengths", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
         errc::bad_content_length},
        {"two equal Content-Lengths", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\ncontent-length: 1\r\n\r\na",
         errc::bad_content_length},
        {"a list in Content-Length", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1, 1\r\n\r\na",
         errc::bad_content_length},
        {"a negative Content-Length", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\na",
         errc::bad_content_length},
        {"a plus in Content-Length", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: +1\r\n\r\na",
         errc::bad_content_length},
        {"hexadecimal Content-Length", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0x1\r\n\r\na",
         errc::bad_content_length},
        {"Content-Length with a fraction", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1.0\r\n\r\na",
         errc::bad_content_length},
        {"Content-Length with a space", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1 1\r\n\r\na",
         errc::bad_content_length},
        {"empty Content-Length", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: \r\n\r\na", errc::bad_content_length},
        {"Content-Length beyond 64 bits", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 18446744073709551616\r\n\r\n",
         errc::bad_content_length},
        {"length, then chunks",
         "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
         errc::bad_content_length},
        {"chunks, then length",
         "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
         errc::bad_content_length},
        {"gzip, chunked", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n",
         errc::not_implemented},
        {"gzip, then chunked",
         "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n",
         errc::not_implemented},
        {"gzip and a length", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\nContent-Length: 1\r\n\r\na",
         errc::bad_content_length},
        {"an empty coding", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: ,chunked\r\n\r\n",
         errc::bad_transfer_encoding},
        {"chunked, gzip", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, gzip\r\n\r\n",
         errc::bad_transfer_encoding},
        {"chunked, chunked", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, chunked\r\n\r\n",
         errc::bad_transfer_encoding},
        {"chunked twice",
         "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n",
         errc::bad_transfer_encoding},
        {"identity", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: identity\r\n\r\n", errc::bad_transfer_encoding},
        {"identity after chunked",
         "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n",
         errc::bad_transfer_encoding},
        {"a parameter of chunked", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked;x=y\r\n\r\n",
         errc::bad_transfer_encoding},
        {"quoted chunked", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: \"chunked\"\r\n\r\n",
         errc::bad_transfer_encoding},
        {"xchunked", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n", errc::bad_transfer_encoding},
        {"empty Transfer-Encoding", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding:\r\n\r\n",
         errc::bad_transfer_encoding},
        {"chunks in HTTP/1.0", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
         errc::bad_transfer_encoding},
        {"another expectation", "POST / HTTP/1.1\r\nHost: a\r\nExpect: 200-ok\r\n\r\n", errc::bad_expectation},
        {"a list of expectations", "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue, x\r\n\r\n",
         errc::bad_expectation},
        {"Connection is no list", "GET / HTTP/1.1\r\nHost: a\r\nConnection: cl ose\r\n\r\n", errc::bad_field},
        // early ends
        {"end in the request line", "GET / HT", errc::incomplete_message},
        {"end after the request line", "GET / HTTP/1.1\r\n", errc::incomplete_message},
        {"end before the empty line", "GET / HTTP/1.1\r\nHost: a\r\n", errc::incomplete_message},
        {"end in the empty line", "GET / HTTP/1.1\r\nHost: a\r\n\r", errc::incomplete_message},
        {"end in the line before a request", "\r", errc::incomplete_message},
    };
    BOOST_TEST(std::size(table) > 60u);
    for (auto const& c : table) {
        auto const r = request(c.bytes);
        BOOST_TEST(r == "error " + std::string(chatwire::to_string(c.error)) + "\n", c.name << ": " << r);
    }
}

BOOST_AUTO_TEST_CASE(malformed_chunks)
{
    bad const table[] = {
        {"no size", "\r\nab\r\n0\r\n\r\n", errc::bad_chunk},
        {"no hexadecimal size", "g\r\nab\r\n0\r\n\r\n", errc::bad_chunk},
        {"a negative size", "-1\r\na\r\n0\r\n\r\n", errc::bad_chunk},
        {"a plus", "+1\r\na\r\n0\r\n\r\n", errc::bad_chunk},
        {"0x", "0x1\r\na\r\n0\r\n\r\n", errc::bad_chunk},
        {"space before the size", " 1\r\na\r\n0\r\n\r\n", errc::bad_chunk},
        {"space after the size", "1 \r\na\r\n0\r\n\r\n", errc::bad_chunk},
        {"two sizes", "1 1\r\na\r\n0\r\n\r\n", errc::bad_chunk},
        {"a size of 17 digits", "00000000000000001\r\na\r\n0\r\n\r\n", errc::bad_chunk},
        {"a size beyond 64 bits", "10000000000000000\r\na\r\n0\r\n\r\n", errc::bad_chunk},
        {"bare LF after the size", "1\na\r\n0\r\n\r\n", errc::bad_chunk},
        {"bare CR after the size", "1\ra\r\n0\r\n\r\n", errc::bad_chunk},
        {"bare LF after the data", "1\r\na\n0\r\n\r\n", errc::bad_chunk},
        {"bare CR after the data", "1\r\na\r0\r\n\r\n", errc::bad_chunk},
        {"more data than said", "1\r\nab\r\n0\r\n\r\n", errc::bad_chunk},
        {"less data than said", "3\r\na\r\n0\r\n\r\n", errc::bad_chunk},
        {"bare LF after the last size", "0\n\r\n", errc::bad_chunk},
        {"bare LF at the end", "0\r\n\n", errc::bad_chunk},
        {"an extension without a name", "1;\r\na\r\n0\r\n\r\n", errc::bad_chunk},
        {"an extension that is no token", "1;@\r\na\r\n0\r\n\r\n", errc::bad_chunk},
        {"an extension with an open quote", "1;a=\"\r\na\r\n0\r\n\r\n", errc::bad_chunk},
        {"a line end in a quoted extension", "1;a=\"\n\"\r\na\r\n0\r\n\r\n", errc::bad_chunk},
        {"NUL in an extension", "1;a=\"\0\"\r\na\r\n0\r\n\r\n"sv, errc::bad_chunk},
        {"a bad extension of the last chunk", "0;\r\n\r\n", errc::bad_chunk},
        {"a folded trailer", "0\r\nA: b\r\n c\r\n\r\n", errc::bad_field},
        {"a trailer without a colon", "0\r\nA\r\n\r\n", errc::bad_field},
        {"a space before a trailer's colon", "0\r\nA : b\r\n\r\n", errc::bad_field},
        {"Content-Length in the trailer", "0\r\nContent-Length: 0\r\n\r\n", errc::bad_field},
        {"Transfer-Encoding in the trailer", "0\r\nTransfer-Encoding: chunked\r\n\r\n", errc::bad_field},
        {"Host in the trailer", "0\r\nHost: a\r\n\r\n", errc::bad_field},
        {"no chunk at all", "", errc::incomplete_message},
        {"end in the size", "1", errc::incomplete_message},
        {"end in the data", "2\r\na", errc::incomplete_message},
        {"end after the data", "1\r\na", errc::incomplete_message},
        {"end in the data's line end", "1\r\na\r", errc::incomplete_message},
        {"no last chunk", "1\r\na\r\n", errc::incomplete_message},
        {"end after the last size", "0\r\n", errc::incomplete_message},
        {"end in the trailer", "0\r\nA: b\r\n", errc::incomplete_message},
    };
    for (auto const& c : table) {
        auto const wanted = "error " + std::string(chatwire::to_string(c.error)) + "\n";
        auto const r =
            request("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + std::string(c.bytes));
        BOOST_TEST(r.ends_with(wanted), c.name << ": " << r);
        auto const s = response("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + std::string(c.bytes));
        BOOST_TEST(s.ends_with(wanted), c.name << ": " << s);
    }
}

BOOST_AUTO_TEST_CASE(responses)
{
    BOOST_TEST(response("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi") ==
               "200 OK 1.1\nContent-Length=2\nbody hi\nend keep\nclosed\n");
    BOOST_TEST(response("HTTP/1.1 404 \r\nContent-Length: 0\r\n\r\n") ==
               "404  1.1\nContent-Length=0\nend keep\nclosed\n");
    BOOST_TEST(response("HTTP/1.1 200 all \tis w\xffll\r\nContent-Length: 0\r\n\r\n")
                   .starts_with("200 all \tis w\xffll 1.1\n"));
    BOOST_TEST(response("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n") ==
               "200 OK 1.1\nTransfer-Encoding=chunked\nbody ab\nend keep\nclosed\n");
    // a later minor version is read as the one that is known
    BOOST_TEST(response("HTTP/1.7 200 OK\r\nContent-Length: 2\r\n\r\nhi") ==
               "200 OK 1.1\nContent-Length=2\nbody hi\nend keep\nclosed\n");
    // one after the other
    BOOST_TEST(response("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\naHTTP/1.1 500 No\r\nConnection: "
                        "close\r\nContent-Length: 1\r\n\r\nb",
                        {"GET", "POST"}) == "200 OK 1.1\nContent-Length=1\nbody a\nend keep\n500 No "
                                            "1.1\nConnection=close\nContent-Length=1\nbody b\nend close\nclosed\n");
}

BOOST_AUTO_TEST_CASE(a_body_without_length_ends_with_the_connection)
{
    BOOST_TEST(response("HTTP/1.1 200 OK\r\n\r\nabc") == "200 OK 1.1\nbody abc\nend close\nclosed\n");
    BOOST_TEST(response("HTTP/1.0 200 OK\r\n\r\n") == "200 OK 1.0\nend close\nclosed\n");
    BOOST_TEST(response("HTTP/1.0 200 OK\r\nConnection: keep-alive\r\n\r\nx") ==
               "200 OK 1.0\nConnection=keep-alive\nbody x\nend close\nclosed\n");
}

BOOST_AUTO_TEST_CASE(answers_that_have_no_body)
{
    BOOST_TEST(response("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx",
                        {"HEAD", "GET"}) ==
               "200 OK 1.1\nContent-Length=5\nend keep\n200 OK 1.1\nContent-Length=1\nbody x\nend keep\nclosed\n");
    BOOST_TEST(response("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", {"HEAD"}) ==
               "200 OK 1.1\nTransfer-Encoding=chunked\nend keep\nclosed\n");
    BOOST_TEST(response("HTTP/1.1 204 No Content\r\n\r\nHTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n",
                        {"GET", "GET"}) ==
               "204 No Content 1.1\nend keep\n304 Not Modified 1.1\nContent-Length=9\nend keep\nclosed\n");
    BOOST_TEST(response("HTTP/1.1 200 OK\r\n\r\n", {"HEAD"}) == "200 OK 1.1\nend keep\nclosed\n");
}

BOOST_AUTO_TEST_CASE(interim_answers_are_skipped)
{
    BOOST_TEST(response("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 "
                        "OK\r\nContent-Length: 0\r\n\r\n"
                        "HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n",
                        {"POST", "POST"}) ==
               "200 OK after 2 1.1\nContent-Length=0\nend keep\n201 Created 1.1\nContent-Length=0\nend keep\nclosed\n");
    http::limits l;
    l.max_informational = 2;
    std::string const one = "HTTP/1.1 102 Processing\r\n\r\n";
    std::string const last = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
    BOOST_TEST(response(one + one + last + one + one + last, {"GET", "GET"}, l).ends_with("end keep\nclosed\n"));
    BOOST_TEST(response(one + one + one + last, {"GET"}, l) == "error protocol_violation\n");
}

BOOST_AUTO_TEST_CASE(an_interim_answer_can_be_seen_before_the_answer)
{
    http::response_parser p;
    p.expect("POST");
    p.feed("HTTP/1.1 100 Continue\r\n\r\n");
    BOOST_TEST(!p.continued());
    BOOST_TEST((p.next().value().what == kind::need_more));
    BOOST_TEST(p.continued());
    p.feed("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    BOOST_TEST((p.next().value().what == kind::head));
    BOOST_TEST(p.continued());
    BOOST_TEST((p.next().value().what == kind::end));
    p.expect("POST");
    BOOST_TEST(!p.continued());
}

BOOST_AUTO_TEST_CASE(malformed_responses)
{
    bad const table[] = {
        {"no HTTP", "hello\r\n\r\n", errc::bad_start_line},
        {"ICY", "ICY 200 OK\r\n\r\n", errc::bad_start_line},
        {"an empty line", "\r\nHTTP/1.1 200 OK\r\n\r\n", errc::bad_start_line},
        {"HTTP/2", "HTTP/2 200 OK\r\n\r\n", errc::bad_version},
        {"HTTP/3.0", "HTTP/3.0 200 OK\r\n\r\n", errc::bad_version},
        {"no status", "HTTP/1.1\r\n\r\n", errc::bad_start_line},
        {"two digits", "HTTP/1.1 20 OK\r\n\r\n", errc::bad_start_line},
        {"four digits", "HTTP/1.1 2000 OK\r\n\r\n", errc::bad_start_line},
        {"no digits", "HTTP/1.1 abc OK\r\n\r\n", errc::bad_start_line},
        {"a status below 100", "HTTP/1.1 099 OK\r\n\r\n", errc::bad_start_line},
        {"no space after the status", "HTTP/1.1 200\r\n\r\n", errc::bad_start_line},
        {"two spaces", "HTTP/1.1  200 OK\r\n\r\n", errc::bad_start_line},
        {"a tab", "HTTP/1.1\t200 OK\r\n\r\n", errc::bad_start_line},
        {"NUL in the reason", "HTTP/1.1 200 O\0K\r\n\r\n"sv, errc::bad_start_line},
        {"CR in the reason", "HTTP/1.1 200 O\rK\r\n\r\n", errc::bad_start_line},
        {"bare LF", "HTTP/1.1 200 OK\n\r\n", errc::bad_start_line},
        {"two lengths", "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\na", errc::bad_content_length},
        {"length and chunks", "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
         errc::bad_content_length},
        {"gzip, chunked", "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n", errc::not_implemented},
        {"gzip", "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n", errc::bad_transfer_encoding},
        {"chunks in HTTP/1.0", "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", errc::bad_transfer_encoding},
        {"two different lengths", "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
         errc::bad_content_length},
        {"a list of lengths", "HTTP/1.1 200 OK\r\nContent-Length: 1, 1\r\n\r\na", errc::bad_content_length},
        {"a length below zero", "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n", errc::bad_content_length},
        {"a length beyond 64 bits", "HTTP/1.1 200 OK\r\nContent-Length: 18446744073709551617\r\n\r\na",
         errc::bad_content_length},
        {"no length", "HTTP/1.1 200 OK\r\nContent-Length:\r\n\r\n", errc::bad_content_length},
        {"chunked, gzip", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked, gzip\r\n\r\n", errc::bad_transfer_encoding},
        {"chunked twice", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n",
         errc::bad_transfer_encoding},
        {"a space before the length's colon", "HTTP/1.1 200 OK\r\nContent-Length : 1\r\n\r\na", errc::bad_field},
        {"a bare LF after a field", "HTTP/1.1 200 OK\r\nX: y\nContent-Length: 1\r\n\r\na", errc::bad_field},
        {"a CR in a value", "HTTP/1.1 200 OK\r\nX: y\rContent-Length: 1\r\n\r\na", errc::bad_field},
        {"a NUL in a value", "HTTP/1.1 200 OK\r\nX: y\0z\r\n\r\n"sv, errc::bad_field},
        {"a space before the first field", "HTTP/1.1 200 OK\r\n Content-Length: 1\r\n\r\na", errc::bad_field},
        {"obs-fold", "HTTP/1.1 200 OK\r\nX: y\r\n z\r\n\r\n", errc::bad_field},
        {"another protocol", "HTTP/1.1 101 Switching Protocols\r\n\r\n", errc::protocol_violation},
        {"end in the status line", "HTTP/1.1 20", errc::incomplete_message},
        {"end in the fields", "HTTP/1.1 200 OK\r\nX: y\r\n", errc::incomplete_message},
    };
    for (auto const& c : table) {
        auto const r = response(c.bytes);
        BOOST_TEST(r == "error " + std::string(chatwire::to_string(c.error)) + "\n", c.name << ": " << r);
    }
    BOOST_TEST(
        response("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nab").ends_with("body ab\nerror incomplete_message\n"));
}

BOOST_AUTO_TEST_CASE(nothing_may_come_unasked)
{
    BOOST_TEST(response("H", {}) == "error unexpected_body\n");
    BOOST_TEST(response("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nab") ==
               "200 OK 1.1\nContent-Length=1\nbody a\nend keep\nerror unexpected_body\n");
    BOOST_TEST(response("", {}) == "closed\n");
    BOOST_TEST(response("", {"GET"}) == "closed\n");
}

BOOST_AUTO_TEST_CASE(a_granted_connect_is_a_tunnel)
{
    http::response_parser p;
    p.expect("CONNECT");
    p.feed("HTTP/1.1 200 Established\r\nContent-Length: 4\r\n\r\n\x16\x03");
    BOOST_TEST((p.next().value().what == kind::head));
    BOOST_TEST((p.next().value().what == kind::end));
    BOOST_TEST(p.tunnel());
    BOOST_TEST((p.next().value().what == kind::need_more));
    BOOST_TEST(p.unread() == "\x16\x03");

    BOOST_TEST(
        response("HTTP/1.1 407 No\r\nContent-Length: 2\r\n\r\nnoHTTP/1.1 200 OK\r\n\r\n", {"CONNECT", "CONNECT"}) ==
        "407 No 1.1\nContent-Length=2\nbody no\nend keep\n200 OK 1.1\nend keep\nclosed\n");
}

BOOST_AUTO_TEST_CASE(expectations)
{
    BOOST_TEST(request("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\nx")
                   .starts_with("POST / (waits) 1.1\n"));
    BOOST_TEST(request("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 0\r\n\r\n")
                   .starts_with("POST / 1.1\n"));
    BOOST_TEST(
        request("POST / HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\nx").starts_with("POST / 1.0\n"));
}

// Invariant: whatever the bytes, the parser ends, gives codes of this library, and every split gives the same.
BOOST_AUTO_TEST_CASE(random_mutations)
{
    std::mt19937 rng(9112);
    auto below = [&](std::size_t n) { return static_cast<std::size_t>(rng() % n); };
    conversation const in{true, {256, 8, 64, 64, 32, 2}, {}};
    conversation const out{false, {256, 8, 64, 64, 32, 2}, {"GET", "HEAD", "CONNECT"}};
    std::string const requests[] = {
        "POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhelloGET / HTTP/1.1\r\nHost: a\r\n\r\n",
        "POST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5;a=b\r\nhello\r\n0\r\nA: b\r\n\r\nGET / "
        "HTTP/1.0\r\n\r\n",
    };
    std::string const responses[] = {
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhiHTTP/1.1 200 OK\r\n\r\nHTTP/1.1 "
        "200 OK\r\n\r\nabc",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n1\r\nd\r\n0\r\n\r\nHTTP/1.0 200 "
        "OK\r\n\r\nxyz",
    };
    std::string_view const words[] = {"\r\n",
                                      "\n",
                                      "\r",
                                      " ",
                                      "\t",
                                      "\0"sv,
                                      ":",
                                      "0",
                                      "Content-Length: 3\r\n",
                                      "Transfer-Encoding: chunked\r\n",
                                      "ffffffffffffffff",
                                      "HTTP/1.1",
                                      "\r\n\r\n",
                                      "\xff",
                                      ";",
                                      "Connection: close\r\n"};
    for (int round = 0; round < 4000; ++round) {
        auto const& c = round % 2 ? in : out;
        auto s = (round % 2 ? requests : responses)[below(2)];
        for (auto n = 1 + below(3); n > 0; --n) {
            auto const at = below(s.size());
            switch (below(4)) {
            case 0: s[at] = static_cast<char>(rng()); break;
            case 1: s.erase(at, 1 + below(4)); break;
            case 2: s.insert(at, words[below(std::size(words))]); break;
            default: s.insert(at, s.substr(below(s.size()), below(20))); break;
            }
        }
        auto const expected = c.whole(s);
        for (int i = 0; i < 3; ++i) {
            reader r(c.requests, c.limits, c.methods);
            for (std::string_view rest = s; !rest.empty();) {
                auto const n = 1 + below(std::min<std::size_t>(rest.size(), 9));
                r.bytes(rest.substr(0, n));
                rest.remove_prefix(n);
            }
            BOOST_REQUIRE_EQUAL(r.end(), expected);
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
} // namespace http_parser_test
