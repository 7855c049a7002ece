// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_TEST_FUZZ_HTTP_MESSAGES_HPP
#define CHATWIRE_TEST_FUZZ_HTTP_MESSAGES_HPP

#include "target.hpp"

#include <chatwire/http/grammar.hpp>
#include <chatwire/http/parser.hpp>
#include <chatwire/http/writer.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

/// HTTP messages as a parser tells of them, for the targets of both roles.
namespace chatwire::fuzz {

/// A message, or how far it came.
template <class Head>
struct http_message {
    bool begun = false; ///< the head is there
    bool complete = false;
    std::optional<failure> broken{}; ///< the connection's end, if it was not an orderly one
    Head head{};
    std::uint64_t at = 0;    ///< where the body begins in the input
    std::uint64_t ended = 0; ///< where the message ends
    std::optional<std::uint64_t> length{};
    bool chunked = false;
    bool keep_alive = false;
    std::string body{};
    http::fields trailers{};
};

inline std::string to_text(http::fields const& f)
{
    std::string out;
    for (auto const& [name, value] : f)
        out += name + ": " + value + '\n';
    return out;
}

inline std::string first_line(http::request_head const& h) { return h.method + ' ' + h.target; }
inline std::string first_line(http::response_head const& h)
{
    // an empty reason is written as the usual phrase
    return std::to_string(h.status) + ' ' + h.reason;
}

/// All of it, in words. @param places whether where it stands counts, and its trailers, which are not written
template <class Head>
std::string to_text(http_message<Head> const& m, bool places = true)
{
    std::string out;
    if (m.begun)
        out += first_line(m.head) + ' ' + std::to_string(m.head.version) + '\n' + to_text(m.head.fields) +
               (m.length ? "length " + std::to_string(*m.length) : "") + (m.chunked ? " chunked" : "") +
               (m.keep_alive ? " keep-alive" : "") + '\n' + m.body + '\n';
    if (places)
        out += std::to_string(m.at) + ' ' + std::to_string(m.ended) + '\n' + to_text(m.trailers);
    out += m.complete ? "complete\n" : "incomplete\n";
    return m.broken ? out + to_text(*m.broken) + '\n' : out;
}

/// Takes out what there is, and adds it to the messages, the last of which may be incomplete.
/// @return false: there will be no more
template <class Head, class Parser>
bool take(Parser& in, std::vector<http_message<Head>>& all)
{
    using kind = http::piece::kind;
    for (;;) {
        auto const p = in.next();
        if (all.empty() || all.back().complete)
            all.emplace_back();
        auto& m = all.back();
        if (!p) {
            auto const again = in.next();
            require(!again && again.error().code == p.error().code, "a failure is final");
            m.broken = p.error();
            return false;
        }
        switch (p->what) {
        case kind::need_more: return true;
        case kind::closed: return false;
        case kind::head:
            require(!m.begun, "a message has one head");
            m.begun = true;
            m.head = in.head();
            m.at = in.offset();
            m.length = in.content_length();
            m.chunked = in.chunked();
            m.keep_alive = in.keep_alive();
            break;
        case kind::body:
            require(m.begun && !p->body.empty(), "a body comes after a head, and is something");
            m.body += p->body;
            break;
        case kind::end:
            require(m.begun && in.body_bytes() == m.body.size(), "a body has the bytes that were counted");
            m.complete = true;
            m.ended = in.offset();
            m.trailers = in.trailers();
            break;
        }
    }
}

inline bool is_tunnel(http::request_parser const&) { return false; }
inline bool is_tunnel(http::response_parser const& p) { return p.tunnel(); }

/// Gives a parser all pieces and the end.
template <class Head, class Parser>
std::vector<http_message<Head>> read_pieces(Parser& in, cuts const& pieces, http::limits const& l)
{
    std::vector<http_message<Head>> all;
    std::uint64_t fed = 0;
    bool open = true;
    for (auto const piece : pieces) {
        if (!open)
            break;
        in.feed(piece);
        fed += piece.size();
        open = take<Head>(in, all);
        require(in.offset() + in.unread().size() == fed, "a byte is read or unread");
        if (open && !is_tunnel(in))
            require(in.unread().size() <= std::max(l.max_head, l.max_trailer + 2 * l.max_chunk_line + 16),
                    "what is held is bounded");
    }
    if (open) {
        in.commit_eof();
        require(!take<Head>(in, all) || is_tunnel(in), "after the end nothing is waited for");
    }
    return all;
}

/// What a parser makes of what it was given already, and the end.
template <class Head, class Parser>
std::vector<http_message<Head>> read_all(Parser& in)
{
    std::vector<http_message<Head>> all;
    in.commit_eof();
    take<Head>(in, all);
    if (!all.empty() && !all.back().begun && !all.back().broken)
        all.pop_back();
    return all;
}

/// What makes where a message ends a matter of opinion must not be in it.
template <class Head>
void check_framing(http_message<Head> const& m, std::string_view input)
{
    auto const& f = m.head.fields;
    require(m.head.version == 10 || m.head.version == 11, "a version");
    for (auto const& [name, value] : f)
        require(http::valid_field_name(name) && http::valid_field_value(value) && http::trim(value) == value,
                "a field");
    require(f.count("content-length") + f.count("transfer-encoding") <= 1, "one length, or chunks");
    require(!m.chunked || http::iequals(f.find("transfer-encoding").value_or(""), "chunked"), "chunks were announced");
    require(!m.chunked || m.head.version == 11, "no chunks in HTTP/1.0");
    require(!m.length || http::parse_decimal(f.find("content-length").value_or("")) == m.length, "the length is said");

    // the raw head, which ends where the body begins
    auto const upto = input.substr(0, m.at);
    require(upto.ends_with("\r\n\r\n"), "a head ends with an empty line");
    auto const start = upto.rfind("\r\n\r\n", upto.size() - 5);
    auto const raw = start == upto.npos ? upto : upto.substr(start + 4);
    for (std::size_t i = 0; i < raw.size(); ++i)
        require(raw[i] != '\n' || (i > 0 && raw[i - 1] == '\r'), "a head's lines end with CRLF");
    if (!m.chunked)
        require_equal(input.substr(m.at, m.ended - m.at), m.body, "a body is what stands in the input");
}

template <class Head>
std::string written_head(http_message<Head> const& m)
{
    std::string out;
    if (auto const ec = http::write_head(out, m.head))
        require_equal(ec.message(), to_text(m), "a head that was read can be written");
    return out;
}

/// The message's bytes anew, without trailers.
template <class Head>
std::string written(http_message<Head> const& m)
{
    auto out = written_head(m);
    if (!m.chunked)
        return out + m.body;
    http::write_chunk(out, std::string_view(m.body).substr(0, m.body.size() / 2));
    http::write_chunk(out, std::string_view(m.body).substr(m.body.size() / 2));
    http::write_last_chunk(out);
    return out;
}

} // namespace chatwire::fuzz
#endif
