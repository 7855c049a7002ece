// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_TEST_ABUSE_HTTP_CASES_HPP
#define CHATWIRE_TEST_ABUSE_HTTP_CASES_HPP

#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// What a caller may send that is not what a server should get, and the one answer to it; and what only looks like it.
namespace chatwire::test::abuse {

inline constexpr std::string_view key = "the-key";
inline constexpr std::string_view body = R"({"model":"m","messages":[{"role":"user","content":"Count from 1 to 3"}]})";

/// Bytes for a server that answers `key` under /v1.
struct http_case {
    std::string name;
    std::string bytes;
    int status = 400;    ///< of the one answer; 0: the connection is closed, and nothing is said
    std::string rule;    ///< who asks for it: a section of RFC 9112, or of another document that it names
    bool kept = false;   ///< the request's end is known, so the connection goes on with the next
    std::string field{}; ///< a line that the answer's head has to have
};

/// A head that says who asks; `lines` are further fields, each without its line's end.
inline std::string head(std::string_view line, std::vector<std::string_view> lines = {})
{
    std::string out(line);
    out += "\r\nHost: localhost\r\nAuthorization: Bearer the-key\r\n";
    for (auto const l : lines)
        out.append(l).append("\r\n");
    return out + "\r\n";
}

inline std::string get(std::string_view target, std::vector<std::string_view> lines = {})
{
    return head("GET " + std::string(target) + " HTTP/1.1", std::move(lines));
}

/// The head of a completion.
inline std::string post(std::vector<std::string_view> lines = {})
{
    return head("POST /v1/chat/completions HTTP/1.1", std::move(lines));
}

/// A completion in chunks, with these bytes for the body.
inline std::string in_chunks(std::string_view bytes)
{
    return post({"Transfer-Encoding: chunked"}) + std::string(bytes);
}

/// A completion that is in order, but for what these lines say.
inline std::string asking(std::vector<std::string_view> lines = {},
                          std::string_view line = "POST /v1/chat/completions HTTP/1.1")
{
    auto const length = "Content-Length: " + std::to_string(body.size());
    lines.push_back(length);
    return head(line, std::move(lines)) + std::string(body);
}

inline std::string one_chunk(std::string_view bytes = body)
{
    constexpr std::string_view digits = "0123456789abcdef";
    std::string size;
    for (auto n = bytes.size(); n; n /= 16)
        size.insert(size.begin(), digits[n % 16]);
    return size + "\r\n" + std::string(bytes) + "\r\n";
}

inline std::string times(std::size_t n, std::string_view text)
{
    std::string out;
    for (; n; --n)
        out += text;
    return out;
}

using namespace std::string_literals; // for the NULs

/// What is no request, or whose end two programs could see in different places: refused once, and the connection
/// closed, so that what follows is not taken for a request.
inline std::vector<http_case> framing_cases()
{
    std::string const host = "Host: localhost\r\n\r\n";
    std::vector<http_case> out = {
        // the request line
        {"no version", "GET /v1/models\r\n" + host, 400, "3"},
        {"only a method", "GET\r\n" + host, 400, "3"},
        {"two empty lines first", "\r\n\r\n" + get("/v1/models"), 400, "2.2"},
        {"no target", "GET  HTTP/1.1\r\n" + host, 400, "3"},
        {"two spaces before the target", "GET  /v1/models HTTP/1.1\r\n" + host, 400, "3"},
        {"two spaces before the version", "GET /v1/models  HTTP/1.1\r\n" + host, 400, "3"},
        {"a space before the method", " GET /v1/models HTTP/1.1\r\n" + host, 400, "3"},
        {"a space after the version", "GET /v1/models HTTP/1.1 \r\n" + host, 400, "3"},
        {"tabs for spaces", "GET\t/v1/models\tHTTP/1.1\r\n" + host, 400, "3"},
        {"a space in the target", "GET /v1/mo dels HTTP/1.1\r\n" + host, 400, "3.2"},
        {"a second request in the request line", "GET /v1/models HTTP/1.1 GET / HTTP/1.1\r\n" + host, 400, "3"},
        {"a bare LF after the request line", "GET /v1/models HTTP/1.1\n" + host, 400, "2.2"},
        {"bare LFs everywhere", "GET /v1/models HTTP/1.1\nHost: localhost\n\n", 400, "2.2"},
        {"a bare LF first", "\n" + get("/v1/models"), 400, "2.2"},
        {"a bare CR after the request line", "GET /v1/models HTTP/1.1\r" + host, 400, "2.2"},
        {"two CRs after the request line", "GET /v1/models HTTP/1.1\r\r\n" + host, 400, "2.2"},
        {"a NUL in the method", "G\0T /v1/models HTTP/1.1\r\n"s + host, 400, "RFC 9110, 9.1"},
        {"brackets in the method", "G(E)T /v1/models HTTP/1.1\r\n" + host, 400, "RFC 9110, 9.1"},
        {"a colon in the method", "Host: /v1/models HTTP/1.1\r\n" + host, 400, "RFC 9110, 9.1"},
        {"a method above ASCII", "G\xc3\x89T /v1/models HTTP/1.1\r\n" + host, 400, "RFC 9110, 9.1"},
        {"a method without end", times(70'000, "G"), 501, "3"},
        {"a TLS greeting", "\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03\r\n\r\n"s, 400, "3"},
        {"a greeting of SSH", "SSH-2.0-OpenSSH_9.2\r\n", 400, "3"},
        {"a greeting of mail", "EHLO example.org\r\n", 400, "3"},
        {"a command of Redis", "*1\r\n$4\r\nPING\r\n", 400, "3"},
        {"the line of a proxy", "PROXY TCP4 192.0.2.1 192.0.2.2 1 2\r\n" + get("/v1/models"), 400, "3"},
        {"a response", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", 400, "3"},
        {"the preface of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505, "RFC 9110, 15.6.6"},
        {"HTTP/2.0", "GET /v1/models HTTP/2.0\r\n" + host, 505, "RFC 9110, 15.6.6"},
        {"HTTP/2", "GET /v1/models HTTP/2\r\n" + host, 505, "RFC 9110, 15.6.6"},
        {"HTTP/3.0", "GET /v1/models HTTP/3.0\r\n" + host, 505, "RFC 9110, 15.6.6"},
        {"HTTP/0.9", "GET /v1/models HTTP/0.9\r\n" + host, 505, "RFC 9110, 15.6.6"},
        {"HTTP/9.9", "GET /v1/models HTTP/9.9\r\n" + host, 505, "RFC 9110, 15.6.6"},
        {"HTTP/1.10", "GET /v1/models HTTP/1.10\r\n" + host, 400, "2.3"},
        {"HTTP/1.", "GET /v1/models HTTP/1.\r\n" + host, 400, "2.3"},
        {"HTTP/11", "GET /v1/models HTTP/11\r\n" + host, 400, "2.3"},
        {"HTTP/-1.1", "GET /v1/models HTTP/-1.1\r\n" + host, 400, "2.3"},
        {"http/1.1", "GET /v1/models http/1.1\r\n" + host, 400, "2.3"},
        {"HTTP 1.1", "GET /v1/models HTTP 1.1\r\n" + host, 400, "2.3"},
        {"RTSP/1.0", "GET /v1/models RTSP/1.0\r\n" + host, 400, "2.3"},
        {"a NUL in the version", "GET /v1/models HTTP/1\0001\r\n"s + host, 400, "2.3"},
        {"a NUL in the target", "GET /v1/models\0 HTTP/1.1\r\n"s + host, 400, "3.2"},
        {"a control character in the target", "GET /v1/models\x7f HTTP/1.1\r\n" + host, 400, "3.2"},
        {"a target above ASCII", "GET /v1/models/\xc3\xa9 HTTP/1.1\r\n" + host, 400, "3.2"},
        {"a fragment", get("/v1/models#top"), 400, "3.2"},
        {"a backslash", get("/v1\\models"), 400, "3.2"},
        {"a quote in the target", get("/v1/models\"x\""), 400, "3.2"},
        {"markup in the target", get("/v1/<script>"), 400, "3.2"},
        {"a path without a slash", get("v1/models"), 400, "3.2"},
        {"an asterisk for GET", get("*"), 400, "3.2.4"},
        {"an authority for GET", get("localhost:80"), 400, "3.2.3"},
        {"a path for CONNECT", head("CONNECT /v1/models HTTP/1.1"), 400, "3.2.3"},
        {"CONNECT without a port", head("CONNECT localhost HTTP/1.1"), 400, "3.2.3"},
        {"another scheme", get("ftp://localhost/v1/models"), 400, "3.2.2"},
        {"a scheme without slashes", get("http:localhost/v1/models"), 400, "3.2.2"},
        {"a user in the target", get("http://me@localhost/v1/models"), 400, "RFC 9110, 4.2.4"},
        {"a target without a host", get("http:///v1/models"), 400, "RFC 9110, 4.2.1"},
        {"a target with a port beyond all", get("http://localhost:70000/v1/models"), 400, "3.2.2"},
        {"a target of another host than Host", get("http://example.org/v1/models"), 400,
         "3.2, and stricter than 3.2.2"},
        {"a target of another port than Host", get("http://localhost:81/v1/models"), 400,
         "3.2, and stricter than 3.2.2"},
        {"a target that is too long", get("/v1/models/" + times(70'000, "a")), 414, "3"},
        {"a target without end", "GET /" + times(200'000, "a"), 414, "3"},
        {"a query that is too long", get("/v1/models?q=" + times(70'000, "a")), 414, "3"},

        // Host
        {"no Host", "GET /v1/models HTTP/1.1\r\n\r\n", 400, "3.2"},
        {"a target that is a URL, and no Host", "GET http://localhost/v1/models HTTP/1.1\r\n\r\n", 400, "3.2"},
        {"two Hosts", get("/v1/models", {"Host: example.org"}), 400, "3.2"},
        {"the same Host twice", get("/v1/models", {"host: localhost"}), 400, "3.2"},
        {"two Hosts in HTTP/1.0", head("GET /v1/models HTTP/1.0", {"Host: example.org"}), 400, "3.2"},
        {"an empty Host", "GET /v1/models HTTP/1.1\r\nHost:\r\n\r\n", 400, "RFC 9110, 4.2.1"},
        {"a Host with a path", "GET /v1/models HTTP/1.1\r\nHost: localhost/v1\r\n\r\n", 400, "3.2"},
        {"a Host with a user", "GET /v1/models HTTP/1.1\r\nHost: me@localhost\r\n\r\n", 400, "3.2"},
        {"a Host with a space", "GET /v1/models HTTP/1.1\r\nHost: local host\r\n\r\n", 400, "3.2"},
        {"a list of Hosts", "GET /v1/models HTTP/1.1\r\nHost: localhost, example.org\r\n\r\n", 400, "3.2"},
        {"a Host that is a URL", "GET /v1/models HTTP/1.1\r\nHost: http://localhost\r\n\r\n", 400, "3.2"},
        {"a Host with a port that is no number", "GET /v1/models HTTP/1.1\r\nHost: localhost:http\r\n\r\n", 400, "3.2"},
        {"a Host with a port beyond all", "GET /v1/models HTTP/1.1\r\nHost: localhost:65536\r\n\r\n", 400, "3.2"},
        {"a Host with two ports", "GET /v1/models HTTP/1.1\r\nHost: localhost:80:81\r\n\r\n", 400, "3.2"},
        {"a Host with an open bracket", "GET /v1/models HTTP/1.1\r\nHost: [::1\r\n\r\n", 400, "3.2"},

        // fields
        {"no colon", get("/v1/models", {"Accept"}), 400, "5"},
        {"no name", get("/v1/models", {": x"}), 400, "5"},
        {"a space before a colon", get("/v1/models", {"Accept : x"}), 400, "5.1"},
        {"a space before Host's colon", "GET /v1/models HTTP/1.1\r\nHost : localhost\r\n\r\n", 400, "5.1"},
        {"a tab before a colon", get("/v1/models", {"Accept\t: x"}), 400, "5.1"},
        {"a space before the first field", "GET /v1/models HTTP/1.1\r\n Host: localhost\r\n\r\n", 400, "2.2"},
        {"a space in a name", get("/v1/models", {"X Y: z"}), 400, "RFC 9110, 5.1"},
        {"brackets in a name", get("/v1/models", {"X[0]: z"}), 400, "RFC 9110, 5.1"},
        {"a name above ASCII", get("/v1/models", {"X\xff: z"}), 400, "RFC 9110, 5.1"},
        {"a NUL in a name", get("/v1/models", {"X\0Y: z"s}), 400, "RFC 9110, 5.1"},
        {"a folded line", get("/v1/models", {"X: y", " z"}), 400, "5.2"},
        {"a line folded with a tab", get("/v1/models", {"X: y", "\tz: 1"}), 400, "5.2"},
        {"a folded line of spaces", get("/v1/models", {"X: y", "   "}), 400, "5.2"},
        {"a NUL in a value", get("/v1/models", {"X: a\0b"s}), 400, "RFC 9110, 5.5"},
        {"a CR in a value", get("/v1/models", {"X: a\rY: b"}), 400, "2.2"},
        {"a LF in a value", get("/v1/models", {"X: a\nY: b"}), 400, "2.2"},
        {"a bell in a value", get("/v1/models", {"X: a\x07z"}), 400, "RFC 9110, 5.5"},
        {"an escape in a value", get("/v1/models", {"X: \x1b[2J"}), 400, "RFC 9110, 5.5"},
        {"a DEL in a value", get("/v1/models", {"X: a\x7f"}), 400, "RFC 9110, 5.5"},
        {"a vertical tab before a value", get("/v1/models", {"X:\x0bz"}), 400, "RFC 9110, 5.5"},
        {"a bare LF after a field", "GET /v1/models HTTP/1.1\r\nHost: localhost\nX: y\r\n\r\n", 400, "2.2"},
        {"a bare LF for the empty line", "GET /v1/models HTTP/1.1\r\nHost: localhost\r\n\n", 400, "2.2"},
        {"two CRs after a field", "GET /v1/models HTTP/1.1\r\nHost: localhost\r\r\n\r\n", 400, "2.2"},
        {"129 fields", get("/v1/models", std::vector<std::string_view>(127, "X: y")), 431, "RFC 6585, 5"},
        {"100000 fields", "GET /v1/models HTTP/1.1\r\n" + times(100'000, "X: y\r\n") + "\r\n", 431, "RFC 6585, 5"},
        {"a value that is too long", get("/v1/models", {"X: " + times(70'000, "a")}), 431, "RFC 6585, 5"},
        {"a name that is too long", get("/v1/models", {times(70'000, "a") + ": x"}), 431, "RFC 6585, 5"},
        {"a value without end", "GET /v1/models HTTP/1.1\r\nHost: localhost\r\nX: " + times(200'000, "a"), 431,
         "RFC 6585, 5"},
        {"Connection is no list", get("/v1/models", {"Connection: cl ose"}), 400, "RFC 9110, 7.6.1"},
        {"another expectation", post({"Expect: 200-ok"}), 417, "RFC 9110, 10.1.1"},
        {"a list of expectations", post({"Expect: 100-continue, x"}), 417, "RFC 9110, 10.1.1"},
        {"no expectation", post({"Expect:"}), 417, "RFC 9110, 10.1.1"},

        // the length
        {"a length with a plus", post({"Content-Length: +5"}) + "hello", 400, "6.3"},
        {"a length below zero", post({"Content-Length: -1"}), 400, "6.3"},
        {"a length in hexadecimal", post({"Content-Length: 0x5"}) + "hello", 400, "6.3"},
        {"a length with a letter", post({"Content-Length: 5a"}) + "hello", 400, "6.3"},
        {"a length with a fraction", post({"Content-Length: 5.0"}) + "hello", 400, "6.3"},
        {"a length in quotes", post({"Content-Length: \"5\""}) + "hello", 400, "6.3"},
        {"an empty length", post({"Content-Length:"}), 400, "6.3"},
        {"a length of two words", post({"Content-Length: 5 5"}) + "hello", 400, "6.3"},
        {"a list of one length", post({"Content-Length: 5, 5"}) + "hello", 400, "6.3"},
        {"a list of two lengths", post({"Content-Length: 5, 6"}) + "hello", 400, "6.3"},
        {"a length and a comma", post({"Content-Length: 5,"}) + "hello", 400, "6.3"},
        {"the same length twice", post({"Content-Length: 5", "Content-Length: 5"}) + "hello", 400, "6.3"},
        {"two lengths", post({"Content-Length: 5", "Content-Length: 0"}) + "hello", 400, "6.3"},
        {"two lengths, none first", post({"Content-Length: 0", "Content-Length: 5"}) + "hello", 400, "6.3"},
        {"two spellings of a length", post({"Content-Length: 5", "content-length: 05"}) + "hello", 400, "6.3"},
        {"a length beyond 64 bits", post({"Content-Length: 18446744073709551621"}) + "hello", 400, "6.3"},
        {"a length of 400 digits", post({"Content-Length: " + times(400, "9")}), 400, "6.3"},
        {"a NUL in a length", post({"Content-Length: 5\0"s}) + "hello", 400, "RFC 9110, 5.5"},
        {"a space before the length's colon", post({"Content-Length : 5"}) + "hello", 400, "5.1"},
        {"a folded length", post({"Content-Length:", " 5"}) + "hello", 400, "5.2"},
        {"a length that is folded on", post({"Content-Length: 5", " 5"}) + "hello", 400, "5.2"},
        {"a vertical tab before a length",
         post({"Content-Length:\x0b"
               "5"}) +
             "hello",
         400, "RFC 9110, 5.5"},
        {"a length that is too large", post({"Content-Length: 99999999999"}), 413, "RFC 9110, 15.5.14"},
        {"a length that is too large for a GET", get("/v1/models", {"Content-Length: 99999999999"}), 413,
         "RFC 9110, 15.5.14"},

        // the transfer coding
        {"a length, then chunks", post({"Content-Length: 5", "Transfer-Encoding: chunked"}) + "0\r\n\r\n", 400, "6.3"},
        {"chunks, then a length", post({"Transfer-Encoding: chunked", "Content-Length: 5"}) + "0\r\n\r\n", 400, "6.3"},
        {"chunks and no length", post({"Transfer-Encoding: chunked", "Content-Length: 0"}) + "0\r\n\r\n", 400, "6.3"},
        {"chunks and a bad length", post({"Transfer-Encoding: chunked", "Content-Length: x"}) + "0\r\n\r\n", 400,
         "6.3"},
        {"a length and identity", post({"Content-Length: 5", "Transfer-Encoding: identity"}) + "hello", 400, "6.3"},
        {"chunks and a length for GET",
         get("/v1/models", {"Transfer-Encoding: chunked", "Content-Length: 5"}) + "0\r\n\r\n", 400, "6.3"},
        {"gzip, chunked", post({"Transfer-Encoding: gzip, chunked"}) + "0\r\n\r\n", 501, "6.1"},
        {"gzip, then chunked", post({"Transfer-Encoding: gzip", "Transfer-Encoding: chunked"}) + "0\r\n\r\n", 501,
         "6.1"},
        {"br, deflate, chunked", post({"Transfer-Encoding: br, deflate, chunked"}) + "0\r\n\r\n", 501, "6.1"},
        {"xchunked, chunked", post({"Transfer-Encoding: xchunked, chunked"}) + "0\r\n\r\n", 501, "6.1"},
        {"chunked, gzip", post({"Transfer-Encoding: chunked, gzip"}) + "0\r\n\r\n", 400, "6.3"},
        {"chunked, then gzip", post({"Transfer-Encoding: chunked", "Transfer-Encoding: gzip"}) + "0\r\n\r\n", 400,
         "6.3"},
        {"gzip", post({"Transfer-Encoding: gzip"}), 400, "6.3"},
        {"identity", post({"Transfer-Encoding: identity"}), 400, "6.3"},
        {"chunked, identity", post({"Transfer-Encoding: chunked, identity"}) + "0\r\n\r\n", 400, "6.3"},
        {"chunked, chunked", post({"Transfer-Encoding: chunked, chunked"}) + "0\r\n\r\n", 400, "6.1"},
        {"chunked twice", post({"Transfer-Encoding: chunked", "Transfer-Encoding: chunked"}) + "0\r\n\r\n", 400, "6.1"},
        {"chunked with a parameter", post({"Transfer-Encoding: chunked;x=y"}) + "0\r\n\r\n", 400, "7.1"},
        {"chunked in quotes", post({"Transfer-Encoding: \"chunked\""}) + "0\r\n\r\n", 400, "7"},
        {"xchunked", post({"Transfer-Encoding: xchunked"}) + "0\r\n\r\n", 400, "6.3"},
        {"chunked and a word", post({"Transfer-Encoding: chunked x"}) + "0\r\n\r\n", 400, "7"},
        {"no coding", post({"Transfer-Encoding:"}) + "0\r\n\r\n", 400, "6.3"},
        {"an empty coding, then chunked", post({"Transfer-Encoding: ,chunked"}) + "0\r\n\r\n", 400,
         "7, and stricter than RFC 9110, 5.6.1.2"},
        {"chunked and a comma", post({"Transfer-Encoding: chunked,"}) + "0\r\n\r\n", 400,
         "7, and stricter than RFC 9110, 5.6.1.2"},
        {"a space before the coding's colon", post({"Transfer-Encoding : chunked"}) + "0\r\n\r\n", 400, "5.1"},
        {"a folded coding", post({"Transfer-Encoding:", " chunked"}) + "0\r\n\r\n", 400, "5.2"},
        {"a vertical tab before chunked",
         post({"Transfer-Encoding:\x0b"
               "chunked"}) +
             "0\r\n\r\n",
         400, "RFC 9110, 5.5"},
        {"a NUL after chunked", post({"Transfer-Encoding: chunked\0"s}) + "0\r\n\r\n", 400, "RFC 9110, 5.5"},
        {"a LF before the coding", post({"X: y\nTransfer-Encoding: chunked"}) + "0\r\n\r\n", 400, "2.2"},
        {"chunks in HTTP/1.0", head("POST /v1/chat/completions HTTP/1.0", {"Transfer-Encoding: chunked"}) + "0\r\n\r\n",
         400, "6.1"},
        {"chunks and a length in HTTP/1.0",
         head("POST /v1/chat/completions HTTP/1.0", {"Transfer-Encoding: chunked", "Content-Length: 5"}) + "0\r\n\r\n",
         400, "6.1"},

        // chunks
        {"a size that is no number", in_chunks("zz\r\n\r\n"), 400, "7.1"},
        {"no size", in_chunks("\r\n\r\n"), 400, "7.1"},
        {"a size below zero", in_chunks("-1\r\n"), 400, "7.1"},
        {"a size with a plus", in_chunks("+5\r\nhello\r\n0\r\n\r\n"), 400, "7.1"},
        {"a size with 0x", in_chunks("0x5\r\nhello\r\n0\r\n\r\n"), 400, "7.1"},
        {"a space before the size", in_chunks(" 5\r\nhello\r\n0\r\n\r\n"), 400, "7.1"},
        {"a space after the size", in_chunks("5 \r\nhello\r\n0\r\n\r\n"), 400, "7.1"},
        {"a size with a fraction", in_chunks("5.0\r\nhello\r\n0\r\n\r\n"), 400, "7.1"},
        {"a size in two words", in_chunks("5 5\r\nhello\r\n0\r\n\r\n"), 400, "7.1"},
        {"a NUL in the size", in_chunks("5\0\r\nhello\r\n0\r\n\r\n"s), 400, "7.1"},
        {"a size beyond 64 bits", in_chunks("10000000000000005\r\nhello\r\n0\r\n\r\n"), 400, "7.1"},
        {"a size of 64 bits", in_chunks("ffffffffffffffff\r\nhello\r\n0\r\n\r\n"), 413, "RFC 9110, 15.5.14"},
        {"a size that is too large", in_chunks("7fffffff\r\nhello\r\n0\r\n\r\n"), 413, "RFC 9110, 15.5.14"},
        {"chunks that become too large", in_chunks(times(17, one_chunk(times(1 << 20, " ")))), 413,
         "RFC 9110, 15.5.14"},
        {"more data than the size", in_chunks("5\r\nhello world\r\n0\r\n\r\n"), 400, "7.1"},
        {"less data than the size", in_chunks("7\r\nhello\r\n0\r\n\r\n"), 400, "7.1"},
        {"no CRLF after the data", in_chunks("5\r\nhello0\r\n\r\n"), 400, "7.1"},
        {"a bare LF after the data", in_chunks("5\r\nhello\n0\r\n\r\n"), 400, "2.2"},
        {"two other bytes after the data", in_chunks("5\r\nhelloXX0\r\n\r\n"), 400, "7.1"},
        {"a bare LF after the size", in_chunks("5\nhello\r\n0\r\n\r\n"), 400, "2.2"},
        {"a bare CR after the size", in_chunks("5\rhello\r\n0\r\n\r\n"), 400, "2.2"},
        {"a bare LF after the last chunk", in_chunks("5\r\nhello\r\n0\n\n"), 400, "2.2"},
        {"a bare LF in an extension", in_chunks("5;a\nhello\r\n0\r\n\r\n"), 400, "2.2"},
        {"a CR in an extension", in_chunks("5;a\rb\r\nhello\r\n0\r\n\r\n"), 400, "2.2"},
        {"a NUL in an extension", in_chunks("5;a=\0\r\nhello\r\n0\r\n\r\n"s), 400, "7.1.1"},
        {"an extension that is too long", in_chunks("5;" + times(2'000, "a") + "\r\nhello\r\n0\r\n\r\n"), 400, "7.1.1"},
        {"an extension without end", in_chunks("5;" + times(200'000, "a")), 400, "7.1.1"},
        {"a length in the trailer", in_chunks("0\r\nContent-Length: 5\r\n\r\n"), 400, "RFC 9110, 6.5.1"},
        {"a coding in the trailer", in_chunks("0\r\nTransfer-Encoding: chunked\r\n\r\n"), 400, "RFC 9110, 6.5.1"},
        {"a Host in the trailer", in_chunks("0\r\nHost: example.org\r\n\r\n"), 400, "RFC 9110, 6.5.1"},
        {"a folded line in the trailer", in_chunks("0\r\nX: y\r\n z\r\n\r\n"), 400, "5.2"},
        {"no colon in the trailer", in_chunks("0\r\nX\r\n\r\n"), 400, "7.1.2"},
        {"a space before a colon in the trailer", in_chunks("0\r\nX : y\r\n\r\n"), 400, "5.1"},
        {"a trailer of too many fields", in_chunks("0\r\n" + times(129, "X: y\r\n") + "\r\n"), 431, "RFC 6585, 5"},
        {"a trailer that is too long", in_chunks("0\r\nX: " + times(9'000, "a") + "\r\n\r\n"), 431, "RFC 6585, 5"},
        {"a request for the trailer", in_chunks("0\r\nGET /v1/models HTTP/1.1\r\nHost: localhost\r\n\r\n"), 400,
         "7.1.2"},
    };
    return out;
}

/// Requests whose end is plain, but to which the answer is no: the connection goes on.
inline std::vector<http_case> refused_cases()
{
    auto const sent = [](std::string_view text, std::vector<std::string_view> lines = {}) {
        auto const length = "Content-Length: " + std::to_string(text.size());
        lines.push_back(length);
        return post(std::move(lines)) + std::string(text);
    };
    auto const named = [](std::string_view host) {
        return "GET /v1/models HTTP/1.1\r\nHost: " + std::string(host) + "\r\nAuthorization: Bearer the-key\r\n\r\n";
    };
    auto const keyed = [](std::string_view lines) {
        return "GET /v1/models HTTP/1.1\r\nHost: localhost\r\n" + std::string(lines) + "\r\n";
    };
    std::string const unimplemented = "RFC 9110, 9.1", unallowed = "RFC 9110, 15.5.6", unfound = "RFC 9110, 15.5.5";
    std::string const unknown = "RFC 9110, 15.5.2", unreadable = "RFC 8259, 2";
    std::vector<http_case> out = {
        // methods
        {"a method of nobody", head("BREW /v1/models HTTP/1.1"), 501, unimplemented, true},
        {"a method of nobody where there is nothing", head("BREW /nowhere HTTP/1.1"), 501, unimplemented, true},
        {"a method of WebDAV", head("PROPFIND /v1/models HTTP/1.1"), 501, unimplemented, true},
        {"a method in lower case", head("get /v1/models HTTP/1.1"), 501, unimplemented, true},
        {"a method of all token characters", head("!#$%&'*+-.^_`|~0Az /v1/models HTTP/1.1"), 501, unimplemented, true},
        {"a method of 1000 letters", head(times(1'000, "G") + " /v1/models HTTP/1.1"), 501, unimplemented, true},
        {"CONNECT", head("CONNECT localhost:80 HTTP/1.1"), 501, "RFC 9110, 9.3.6", true},
        {"TRACE", head("TRACE /v1/models HTTP/1.1"), 405, unallowed, true, "Allow: GET, HEAD"},
        {"PUT for POST", asking({}, "PUT /v1/chat/completions HTTP/1.1"), 405, unallowed, true, "Allow: POST"},
        {"GET for POST", get("/v1/chat/completions"), 405, unallowed, true, "Allow: POST"},
        {"DELETE", head("DELETE /v1/models HTTP/1.1"), 405, unallowed, true, "Allow: GET, HEAD"},
        {"POST for GET", asking({}, "POST /v1/models HTTP/1.1"), 405, unallowed, true, "Allow: GET, HEAD"},
        {"PATCH", head("PATCH /v1/models HTTP/1.1"), 405, unallowed, true, "Allow: GET, HEAD"},
        {"OPTIONS from no page", head("OPTIONS /v1/models HTTP/1.1"), 405, unallowed, true, "Allow: GET, HEAD"},

        // paths
        {"nothing there", get("/nowhere"), 404, unfound, true},
        {"the root", get("/"), 404, unfound, true},
        {"only a query", get("/?a=b"), 404, unfound, true},
        {"dots to where something is", get("/v1/../v1/models"), 404, unfound, true},
        {"dots out of the root", get("/../../etc/passwd"), 404, unfound, true},
        {"dots below a route", get("/v1/models/../../etc/passwd"), 404, unfound, true},
        {"a dot", get("/v1/./models"), 404, unfound, true},
        {"encoded dots", get("/v1/%2e%2e/v1/models"), 404, unfound, true},
        {"encoded dots and slashes", get("/v1/models/%2e%2e%2f%2e%2e%2fetc%2fpasswd"), 404, unfound, true},
        {"dots encoded twice", get("/v1/models/%252e%252e%252f"), 404, unfound, true},
        {"dots in overlong UTF-8", get("/v1/models/%c0%ae%c0%ae"), 404, unfound, true},
        {"an encoded slash between segments", get("/v1%2fmodels"), 404, unfound, true},
        {"an encoded backslash", get("/v1%5cmodels"), 404, unfound, true},
        {"an encoded CRLF", get("/v1/models%0d%0aX:%20y"), 404, unfound, true},
        {"an encoded CRLF in a name", get("/v1/models/a%0d%0aX:%20y"), 404, unfound, true},
        {"a path in upper case", get("/V1/MODELS"), 404, unfound, true},
        {"a parameter of a segment", get("/v1/models;x=y"), 404, unfound, true},
        {"an encoded space", get("/v1/models%20"), 404, unfound, true},
        {"a point at the end", get("/v1/models."), 404, unfound, true},
        {"a path of 60000 slashes and no more", get(times(60'000, "/")), 404, unfound, true},
        {"a path of 20000 segments", get(times(20'000, "/a")), 404, unfound, true},
        {"an encoded NUL", get("/v1/models/%00"), 400, "RFC 3986, 7.3", true},
        {"an encoding that is none", get("/v1/models/%zz"), 400, "RFC 3986, 2.1", true},
        {"an encoding without an end", get("/v1/models/%"), 400, "RFC 3986, 2.1", true},
        {"an encoding of half a byte", get("/v1/models/%4"), 400, "RFC 3986, 2.1", true},

        // who asks, and whom
        {"no key", keyed(""), 401, unknown, true, "WWW-Authenticate: Bearer"},
        {"another key", keyed("Authorization: Bearer another\r\n"), 401, unknown, true},
        {"the beginning of the key", keyed("Authorization: Bearer the-ke\r\n"), 401, unknown, true},
        {"the key and more", keyed("Authorization: Bearer the-key2\r\n"), 401, unknown, true},
        {"the key in upper case", keyed("Authorization: Bearer THE-KEY\r\n"), 401, unknown, true},
        {"no word after Bearer", keyed("Authorization: Bearer\r\n"), 401, unknown, true},
        {"the key without a scheme", keyed("Authorization: the-key\r\n"), 401, unknown, true},
        {"another scheme with the key", keyed("Authorization: Basic the-key\r\n"), 401, unknown, true},
        {"the key among others", keyed("Authorization: Bearer a, Bearer the-key\r\n"), 401, unknown, true},
        {"the key, and another", keyed("Authorization: Bearer the-key\r\nAuthorization: Bearer x\r\n"), 401,
         "RFC 9110, 5.3", true},
        {"another key, and the key", keyed("Authorization: Bearer x\r\nAuthorization: Bearer the-key\r\n"), 401,
         "RFC 9110, 5.3", true},
        {"a wrong key beside the key in another field", keyed("Authorization: Bearer x\r\nX-Api-Key: the-key\r\n"), 401,
         unknown, true},
        {"a name that is not ours", named("example.org"), 421, "RFC 9110, 7.4", true},
        {"our name as the beginning of another", named("localhost.example.org"), 421, "RFC 9110, 7.4", true},
        {"an address that is not ours", named("192.0.2.1"), 421, "RFC 9110, 7.4", true},
        {"a name that is not ours in a URL",
         "GET http://example.org/v1/models HTTP/1.1\r\nHost: example.org\r\nAuthorization: Bearer the-key\r\n\r\n", 421,
         "RFC 9110, 7.4", true},

        // bodies that are no JSON
        {"no body", sent(""), 400, unreadable, true},
        {"no length and no body", post(), 400, unreadable, true},
        {"no more than a space", sent(" "), 400, unreadable, true},
        {"a form", sent("model=m&messages=hello"), 400, unreadable, true},
        {"markup", sent("<request/>"), 400, unreadable, true},
        {"half an object", sent(R"({"model":"m","messages":[{"role":"us)"), 400, unreadable, true},
        {"two objects", sent(std::string(body) + std::string(body)), 400, unreadable, true},
        {"a comma too many", sent(R"({"messages":[{"role":"user","content":"x"}],})"), 400, unreadable, true},
        {"single quotes", sent("{'messages':[]}"), 400, unreadable, true},
        {"a comment", sent("/* */" + std::string(body)), 400, unreadable, true},
        {"not a number", sent(R"({"temperature":NaN,"messages":[{"role":"user","content":"x"}]})"), 400, unreadable,
         true},
        {"a control character in a string",
         sent("{\"model\":\"a\nb\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}"), 400, "RFC 8259, 7", true},
        {"an unknown escape", sent(R"({"model":"\q","messages":[{"role":"user","content":"x"}]})"), 400, "RFC 8259, 7",
         true},
        {"an object of UTF-16", sent("{\0\"\0m\0\"\0:\0001\0}\0"s), 400, "RFC 8259, 8.1", true},
        {"10000 open brackets", sent(times(10'000, "[")), 400, "RFC 8259, 9", true},
        {"10000 objects in each other", sent(R"({"x":)" + times(10'000, R"({"x":)")), 400, "RFC 8259, 9", true},
        {"a NUL after the object", sent(std::string(body) + "\0"s), 400, unreadable, true},
        {"a gzip file", sent("\x1f\x8b\x08\0\0\0\0\0\0\x03\x03\0\0\0\0\0\0\0\0\0"s, {"Content-Encoding: gzip"}), 400,
         unreadable, true},
        {"no messages", sent(R"({"model":"m"})"), 400, "docs/protocol.md", true},
        {"an empty list of messages", sent(R"({"model":"m","messages":[]})"), 400, "docs/protocol.md", true},
        {"a role of nobody", sent(R"({"messages":[{"role":"root","content":"x"}]})"), 400, "docs/protocol.md", true},
        {"a body in chunks that is no JSON", in_chunks("5\r\nhello\r\n0\r\n\r\n"), 400, unreadable, true},
    };
    return out;
}

/// Callers who go before they have said all: nobody is left to answer.
inline std::vector<http_case> cut_cases()
{
    auto const of = asking({"Accept: */*"});
    auto const at = [&](std::string_view text, std::size_t more = 0) { return of.substr(0, of.find(text) + more); };
    auto const chunks = in_chunks(one_chunk() + "0\r\nX: y\r\n\r\n");
    return {
        {"nothing at all", "", 0, "9.6"},
        {"an empty line", "\r\n", 0, "9.6"},
        {"half a method", "PO", 0, "8"},
        {"a method", "POST ", 0, "8"},
        {"half a target", at("completions"), 0, "8"},
        {"half a version", at("/1.1", 2), 0, "8"},
        {"a request line", at("Host"), 0, "8"},
        {"a request line but for its LF", at("\n"), 0, "8"},
        {"half a name", at("Host", 2), 0, "8"},
        {"half a value", at("localhost", 3), 0, "8"},
        {"a head but for its empty line", at("\r\n\r\n", 2), 0, "8"},
        {"a head but for its last byte", at("\r\n\r\n", 3), 0, "8"},
        {"a head, and no body", at("\r\n\r\n", 4), 0, "8"},
        {"half a body", at("messages"), 0, "8"},
        {"a body but for its last byte", of.substr(0, of.size() - 1), 0, "8"},
        {"a chunked head, and no chunk", in_chunks(""), 0, "8"},
        {"half a size", in_chunks("4"), 0, "8"},
        {"a size", in_chunks("40\r\n"), 0, "8"},
        {"half a chunk", in_chunks("40\r\n{\"mo"), 0, "8"},
        {"a chunk but for its CRLF", chunks.substr(0, chunks.find("\r\n0\r\n")), 0, "8"},
        {"no last chunk", chunks.substr(0, chunks.find("\r\n0\r\n") + 2), 0, "8"},
        {"a last chunk but for the trailer", chunks.substr(0, chunks.find("X: y")), 0, "8"},
        {"half a trailer", chunks.substr(0, chunks.size() - 4), 0, "8"},
        {"a trailer but for its last byte", chunks.substr(0, chunks.size() - 1), 0, "8"},
        {"a large length, and no body", post({"Content-Length: 1000000"}), 0, "8"},
    };
}

/// Callers who stop in the middle and stay: told so where a request had begun.
inline std::vector<http_case> stalled_cases()
{
    std::string const late = "RFC 9110, 15.5.9";
    return {
        {"silence", "", 0, "9.5"},
        {"an empty line, then silence", "\r\n", 0, "9.5"},
        {"silence in the method", "PO", 408, late},
        {"silence in the target", "POST /v1/chat", 408, late},
        {"silence after the request line", "POST /v1/chat/completions HTTP/1.1\r\n", 408, late},
        {"silence in a value", "POST /v1/chat/completions HTTP/1.1\r\nHost: local", 408, late},
        {"silence before the empty line", "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\n", 408, late},
        {"silence before a body", post({"Content-Length: 500"}), 408, late},
        {"silence in a body", post({"Content-Length: 500"}) + R"({"model":"m",)", 408, late},
        {"silence instead of a body that was waited for", post({"Content-Length: 500", "Expect: 100-continue"}), 408,
         late},
        {"silence before a chunk", in_chunks(""), 408, late},
        {"silence in a size", in_chunks("4"), 408, late},
        {"silence in a chunk", in_chunks("40\r\n{\"mo"), 408, late},
        {"silence before the last chunk", in_chunks(one_chunk()), 408, late},
        {"silence in the trailer", in_chunks(one_chunk() + "0\r\nX: y"), 408, late},
        {"fewer bytes than the size", in_chunks("ff\r\n" + std::string(body) + "\r\n0\r\n\r\n"), 408, late},
        {"fewer bytes than the length", post({"Content-Length: 500"}) + std::string(body), 408, late},
    };
}

/// Callers who go on for ever, a byte at a time: what they send first, and then again and again.
struct trickle_case {
    std::string name;
    std::string first;
    std::string again;
    int status;
    std::string rule;
};

inline std::vector<trickle_case> trickle_cases()
{
    std::string const late = "RFC 9110, 15.5.9";
    return {
        {"a method in drops", "P", "O", 408, late},
        {"a target in drops", "GET /", "a", 408, late},
        {"fields in drops", "GET /v1/models HTTP/1.1\r\nHost: localhost\r\n", "X: y\r\n", 408, late},
        {"a value in drops", "GET /v1/models HTTP/1.1\r\nHost: localhost\r\nX: ", "a", 408, late},
        {"a body in drops", post({"Content-Length: 1000000"}), " ", 408, late},
        {"chunks in drops", in_chunks(""), "1\r\n \r\n", 408, late},
        {"a trailer in drops", in_chunks("0\r\nX: "), "a", 408, late},
    };
}

/// What is in order though it looks as if it were not.
inline std::vector<http_case> valid_cases()
{
    std::string const text(body);
    auto const lines = [&](std::string_view l) {
        return "POST /v1/chat/completions HTTP/1.1\r\n" + std::string(l) +
               "Content-Length: " + std::to_string(text.size()) + "\r\n\r\n" + text;
    };
    auto const to = [&](std::string_view target) { return asking({}, "POST " + std::string(target) + " HTTP/1.1"); };
    std::string const us = "Host: localhost\r\nAuthorization: Bearer the-key\r\n";
    std::string const blank = text + times(1'000'000, " ");
    auto chunk_each = [&] {
        std::string out;
        for (char const c : text)
            out += "1\r\n" + std::string(1, c) + "\r\n";
        return out + "0\r\n\r\n";
    };
    return {
        {"names in lower case", lines("host: localhost\r\nauthorization: Bearer the-key\r\n"), 200, "RFC 9110, 5.1"},
        {"names in upper case", lines("HOST: localhost\r\nAUTHORIZATION: Bearer the-key\r\n"), 200, "RFC 9110, 5.1"},
        {"no space after the colon", lines("Host:localhost\r\nAuthorization:Bearer the-key\r\n"), 200, "5"},
        {"spaces and tabs around a value", lines("Host: \t localhost \t\r\nAuthorization:\tBearer the-key  \r\n"), 200,
         "5"},
        {"an empty value", lines(us + "X:\r\n"), 200, "5"},
        {"a value above ASCII", lines(us + "X: caf\xc3\xa9 \xff\r\n"), 200, "RFC 9110, 5.5"},
        {"a tab in a value", lines(us + "X: a\tb\r\n"), 200, "RFC 9110, 5.5"},
        {"colons in a value", lines(us + "X: a: b: c\r\n"), 200, "5"},
        {"a name of all token characters", lines(us + "!#$%&'*+-.^_`|~0Az: x\r\n"), 200, "RFC 9110, 5.6.2"},
        {"the same name twice", lines(us + "Accept: a/b\r\nAccept: c/d\r\n"), 200, "RFC 9110, 5.3"},
        {"a line that looks like a request line", lines(us + "X: POST / HTTP/1.1\r\n"), 200, "5"},
        {"an empty line first", "\r\n" + asking(), 200, "2.2"},
        {"HTTP/1.0 without Host",
         "POST /v1/chat/completions HTTP/1.0\r\nAuthorization: Bearer the-key\r\nContent-Length: " +
             std::to_string(text.size()) + "\r\n\r\n" + text,
         200, "3.2"},
        {"HTTP/1.0 that stays", asking({"Connection: keep-alive"}, "POST /v1/chat/completions HTTP/1.0"), 200, "9.3"},
        {"HTTP/1.0 with an expectation", asking({"Expect: the best"}, "POST /v1/chat/completions HTTP/1.0"), 200,
         "RFC 9110, 10.1.1"},
        {"HTTP/1.2", asking({}, "POST /v1/chat/completions HTTP/1.2"), 200, "RFC 9110, 2.5"},
        {"HTTP/1.9", asking({}, "POST /v1/chat/completions HTTP/1.9"), 200, "RFC 9110, 2.5"},
        {"a target that is a URL", to("http://localhost/v1/chat/completions"), 200, "3.2.2"},
        {"a target that is a URL in upper case", to("HTTP://LOCALHOST/v1/chat/completions"), 200, "3.2.2"},
        {"a target that is a URL with its port", to("http://localhost:80/v1/chat/completions"), 200, "3.2.2"},
        {"a query", to("/v1/chat/completions?api-version=1&x=%zz"), 200, "3.2.1"},
        {"an empty query", to("/v1/chat/completions?"), 200, "3.2.1"},
        {"a URL in the query", to("/v1/chat/completions?u=http://example.org/"), 200, "3.2.1"},
        {"doubled slashes", to("//v1//chat//completions"), 200, "what clients do"},
        {"a slash at the end", to("/v1/chat/completions/"), 200, "what clients do"},
        {"a Host with a port", lines("Host: localhost:8080\r\nAuthorization: Bearer the-key\r\n"), 200, "3.2"},
        {"a Host in upper case", lines("Host: LOCALHOST\r\nAuthorization: Bearer the-key\r\n"), 200, "RFC 9110, 4.2.3"},
        {"a Host in brackets", lines("Host: [::1]:80\r\nAuthorization: Bearer the-key\r\n"), 200, "3.2"},
        {"a scheme in lower case", lines("Host: localhost\r\nAuthorization: bearer the-key\r\n"), 200,
         "RFC 9110, 11.1"},
        {"two spaces after the scheme", lines("Host: localhost\r\nAuthorization: Bearer  the-key\r\n"), 200,
         "RFC 9110, 11.4"},
        {"the key in X-Api-Key", lines("Host: localhost\r\nX-Api-Key: the-key\r\n"), 200, "what clients do"},
        {"the key in api-key", lines("Host: localhost\r\napi-key: the-key\r\n"), 200, "what clients do"},
        {"a length with zeros before it", post({"Content-Length: 000" + std::to_string(text.size())}) + text, 200,
         "RFC 9110, 8.6"},
        {"one chunk", in_chunks(one_chunk() + "0\r\n\r\n"), 200, "7.1"},
        {"a chunk a byte", in_chunks(chunk_each()), 200, "7.1"},
        {"CHUNKED", post({"Transfer-Encoding: CHUNKED"}) + one_chunk() + "0\r\n\r\n", 200, "7"},
        {"a size with zeros before it", in_chunks("0000" + one_chunk() + "0\r\n\r\n"), 200, "7.1"},
        {"a size in upper case",
         in_chunks(one_chunk(text + times(0xab - text.size(), " ")).replace(0, 2, "AB") + "0\r\n\r\n"), 200, "7.1"},
        {"more zeros in the last size", in_chunks(one_chunk() + "00000\r\n\r\n"), 200, "7.1"},
        {"an extension", in_chunks(one_chunk().insert(2, ";a=b;c") + "0;d\r\n\r\n"), 200, "7.1.1"},
        {"an extension in quotes", in_chunks(one_chunk().insert(2, ";a=\"b;c\"") + "0\r\n\r\n"), 200, "7.1.1"},
        {"a trailer", in_chunks(one_chunk() + "0\r\nX: y\r\nChecksum: z\r\n\r\n"), 200, "7.1.2"},
        {"an expectation", asking({"Expect: 100-continue"}), 200, "RFC 9110, 10.1.1"},
        {"an expectation in mixed case", asking({"Expect: 100-Continue"}), 200, "RFC 9110, 10.1.1"},
        {"Connection: close", asking({"Connection: close"}), 200, "9.6"},
        {"Connection: keep-alive, x", asking({"Connection: keep-alive, x", "X: y"}), 200, "RFC 9110, 7.6.1"},
        {"an offer of another protocol",
         asking({"Connection: Upgrade, HTTP2-Settings", "Upgrade: h2c", "HTTP2-Settings: AAMAAABk"}), 200,
         "RFC 9110, 7.8"},
        {"TE", asking({"TE: trailers, deflate;q=0.5", "Connection: TE"}), 200, "7.4"},
        {"Transfer_Encoding is another name", asking({"Transfer_Encoding: chunked"}), 200, "RFC 9110, 5.1"},
        {"X-Transfer-Encoding is another name", asking({"X-Transfer-Encoding: chunked"}), 200, "RFC 9110, 5.1"},
        {"Content_Length is another name", asking({"Content_Length: 1"}), 200, "RFC 9110, 5.1"},
        {"another host as a proxy tells it", asking({"X-Forwarded-Host: example.org"}), 200, "RFC 9110, 7.2"},
        {"no content type", asking(), 200, "what clients do"},
        {"an odd content type", asking({"Content-Type: text/plain;charset=latin1"}), 200, "what clients do"},
        {"a range", asking({"Range: bytes=0-1"}), 200, "RFC 9110, 14.2"},
        {"conditions", asking({"If-None-Match: *", "If-Match: \"x\""}), 200, "RFC 9110, 13.2.1"},
        {"128 fields", lines(us + times(125, "X: y\r\n")), 200, "RFC 6585, 5"},
        {"a value that is as long as may be", lines(us + "X: " + times(60'000, "a") + "\r\n"), 200, "RFC 6585, 5"},
        {"a large body", post({"Content-Length: " + std::to_string(blank.size())}) + blank, 200, "6.2"},
        {"empty lines after the object", in_chunks(one_chunk(text + "\r\n\r\n") + "0\r\n\r\n"), 200, "RFC 8259, 2"},
        {"the end of chunks in a string",
         in_chunks(
             one_chunk(
                 R"({"messages":[{"role":"user","content":"Count from 1 to 3"}],"user":"0\r\n\r\nGET / HTTP/1.1"})") +
             "0\r\n\r\n"),
         200, "7.1"},
    };
}

} // namespace chatwire::test::abuse
#endif
