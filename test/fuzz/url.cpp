// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
//
// Invariant: for any text,
// - a URL that is taken has a host, a port, a path, and no byte that could end a request line or a field; its text is
//   the same URL; the request that is made of it is read by our server's parser as one for that target and that host;
// - more of a path changes neither the origin nor the query: credentials go where the URL says;
// - a text that was percent-encoded is one segment, and decodes to itself, in a path and in a query; what can be
//   decoded is the same after it was encoded and decoded again;
// - the parts of a target are parts of its text.
#include "target.hpp"

#include <chatwire/http/grammar.hpp>
#include <chatwire/http/parser.hpp>
#include <chatwire/http/target.hpp>
#include <chatwire/http/url.hpp>
#include <chatwire/http/writer.hpp>

#include <string>
#include <string_view>

namespace fuzz_url {

using namespace chatwire;
using namespace chatwire::fuzz;

bool is_safe(std::string_view s)
{
    return std::all_of(s.begin(), s.end(), [](char c) { return c > 0x20 && c < 0x7f; });
}

void check(http::url const& u)
{
    require(u.origin.scheme == "http" || u.origin.scheme == "https", "a scheme");
    require(u.origin.port != 0 && !u.origin.host.empty(), "a host and a port");
    auto const authority = u.origin.authority(), target = u.target();
    require(is_safe(authority) && is_safe(target), "nothing that could end a line");
    require(u.origin.host.find_first_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ@/?#[] ") == std::string::npos,
            "a host's characters");
    require(u.path.starts_with('/') && u.path.find_first_of("?#") == std::string::npos, "a path");
    require(u.query.find('#') == std::string::npos, "a query");

    auto const again = http::parse_url(u.origin.to_string() + target);
    if (!again)
        require_equal(again.error().what(), u.origin.to_string() + target, "the text of a URL is a URL");
    require(*again == u, "the text of a URL is that URL");

    http::request_head h{.method = "GET", .target = target, .fields = {}};
    require(!h.fields.insert("Host", authority), "a host can be written");
    std::string bytes;
    require(!http::write_head(bytes, h), "a target can be written");
    http::request_parser in;
    in.feed(bytes);
    auto const p = in.next();
    require(p && p->what == http::piece::kind::head && in.unread().empty(), "a request for it is one request");
    require_equal(in.head().target, target, "a request for it is for its target");
    require_equal(in.head().fields.find("host").value_or(""), authority, "a request for it is for its host");
}

void run(std::string_view input)
{
    if (auto const u = http::parse_url(input)) {
        check(*u);
        auto const longer = http::parse_url(http::append_path(input, "chat/completions"));
        require(longer && longer->origin == u->origin && longer->query == u->query,
                "a longer path is at the same place");
        require(longer->path.ends_with("/chat/completions"), "a longer path is longer");
        check(*longer);
    } else {
        require(u.error().code == errc::invalid_url, "a URL is refused as one");
    }

    bool const nul = input.find('\0') != input.npos;
    auto const segment = http::encode_segment(input);
    require(is_safe(segment) && segment.find_first_of("/?#&+=") == std::string::npos, "a segment's characters");
    require(segment != "." && segment != "..", "a segment is a name");
    auto const back = http::decode_segment(segment);
    require(nul ? !back && back.error().code == errc::bad_target : back && *back == input,
            "a segment decodes to itself");
    if (!nul) {
        auto const in_query = http::find_query("a=1&k=" + segment + "&k=2", "k");
        require(in_query && *in_query == input, "a query's value decodes to itself");
    }
    require(http::parse_url("https://h/" + segment + "/x").has_value(), "a segment is fit for a URL");

    if (auto const decoded = http::decode_segment(input); decoded && !nul) {
        require(decoded->find('\0') == std::string::npos, "no encoded NUL");
        require(http::decode_segment(http::encode_segment(*decoded)).value() == *decoded, "decoded, encoded, decoded");
    }
    auto const parts = http::split_target(input);
    require(input.find(parts.path) != input.npos && input.ends_with(parts.query), "parts of a target");
    require(!http::valid_target("GET", input) || parts.path.find('?') == parts.path.npos,
            "a path ends before its query");
    (void)http::find_query(parts.query, "k");
}

registered const url_target("url", &run);

} // namespace fuzz_url
