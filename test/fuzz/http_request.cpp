// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
//
// Invariant: for any bytes,
// - the requests, and the error or the end they come to, are the same however the bytes are cut;
// - every byte is either read or unread, and what is held between two reads is bounded by the limits;
// - a message is one head, its body, one end; the body has as many bytes as its length says, and stands in the input;
// - a request that is accepted leaves nobody room to read it differently: one Host, one length at most, no length
//   beside chunks, no coding but chunks, every line ended by CRLF;
// - a request that was read can be written, and what was written is read as that request.
#include "http_messages.hpp"

namespace fuzz_http_request {

using namespace chatwire;
using namespace chatwire::fuzz;

void check(http_message<http::request_head> const& m, std::string_view input)
{
    auto const& f = m.head.fields;
    require(http::is_token(m.head.method) && http::valid_target(m.head.method, m.head.target), "a request line");
    require(f.count("host") <= 1 && (m.head.version == 10 || f.count("host") == 1), "one Host");
    check_framing(m, input);
    require(m.chunked || m.length || m.body.empty(), "a request's body has a length or chunks");

    http::request_parser again;
    again.feed(written(m));
    auto const read = read_all<http::request_head>(again);
    require(read.size() == 1 && !read.front().broken, "what was written is one request");
    require_equal(to_text(read.front(), false), to_text(m, false), "what was written is read as the same");
}

void run(std::string_view input)
{
    http::limits narrow;
    narrow.max_head = 160;
    narrow.max_fields = 4;
    narrow.max_body = 24;
    narrow.max_trailer = 32;
    narrow.max_chunk_line = 12;
    for (auto const& l : {http::limits{}, narrow}) {
        same_however_cut(input, "HTTP requests", [&](cuts const& pieces) {
            http::request_parser in(l);
            std::string out;
            for (auto const& m : read_pieces<http::request_head>(in, pieces, l))
                out += to_text(m);
            return out;
        });
        http::request_parser in(l);
        for (auto const& m : read_pieces<http::request_head>(in, {input}, l))
            if (m.complete)
                check(m, input);
    }
}

registered const http_request_target("http_request", &run);

} // namespace fuzz_http_request
