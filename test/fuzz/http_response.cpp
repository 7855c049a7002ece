// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
//
// Invariant: for any bytes, in answer to GETs, to a HEAD before a GET, or to a CONNECT,
// - the responses, and the error or the end they come to, are the same however the bytes are cut;
// - every byte is either read or unread, and what is held between two reads is bounded by the limits;
// - a message is one head, its body, one end; there are no more of them than requests; the body has as many bytes as
//   its length says, and stands in the input; without a length or chunks it ends with the connection;
// - a response that was read can be written, and what was written is read as that response.
#include "http_messages.hpp"

#include <initializer_list>

namespace fuzz_http_response {

using namespace chatwire;
using namespace chatwire::fuzz;

using methods = std::vector<std::string_view>;

http::response_parser parser_for(methods const& asked, http::limits const& l)
{
    http::response_parser in(l);
    for (auto const method : asked)
        in.expect(method);
    return in;
}

void check(http_message<http::response_head> const& m, std::string_view method, std::string_view input)
{
    check_framing(m, input);
    require(m.head.status >= 200 && m.head.status <= 999, "the final status");

    auto again = parser_for({method}, http::response_parser::default_limits());
    bool const without_body = method == "HEAD" || m.head.status == 204 || m.head.status == 304;
    require(!without_body || m.body.empty(), "no body where there is none");
    again.feed(without_body ? written_head(m) : written(m));
    if (method == "CONNECT" && m.head.status / 100 == 2) {
        require(m.body.empty(), "what is in a tunnel is no body");
        return;
    }
    auto const read = read_all<http::response_head>(again);
    require(read.size() == 1 && !read.front().broken, "what was written is one response");
    auto expected = m;
    if (expected.head.reason.empty())
        expected.head.reason = read.front().head.reason;
    require_equal(to_text(read.front(), false), to_text(expected, false), "what was written is read as the same");
}

void run(std::string_view input)
{
    auto narrow = http::response_parser::default_limits();
    narrow.max_head = 160;
    narrow.max_fields = 4;
    narrow.max_body = 24;
    narrow.max_trailer = 32;
    narrow.max_chunk_line = 12;
    narrow.max_informational = 2;
    methods const askable[] = {{"GET", "GET", "POST"}, {"HEAD", "GET"}, {"CONNECT"}};
    auto const& asked = askable[dice(input).below(3)];
    for (auto const& l : {http::response_parser::default_limits(), narrow}) {
        same_however_cut(input, "HTTP responses", [&](cuts const& pieces) {
            auto in = parser_for(asked, l);
            std::string out;
            for (auto const& m : read_pieces<http::response_head>(in, pieces, l))
                out += to_text(m);
            return out;
        });
        auto in = parser_for(asked, l);
        auto const all = read_pieces<http::response_head>(in, {input}, l);
        for (std::size_t i = 0; i < all.size(); ++i)
            if (all[i].complete) {
                require(i < asked.size(), "there are no more responses than requests");
                check(all[i], asked[i], input);
            }
    }
}

registered const http_response_target("http_response", &run);

} // namespace fuzz_http_response
