// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_ERROR_IPP
#define CHATWIRE_IMPL_ERROR_IPP

#include <chatwire/error.hpp>

#include <boost/throw_exception.hpp>

namespace chatwire {
namespace detail {

struct errc_entry {
    errc code;
    condition group;
    std::string_view name;
    char const* text;
};

// One row a code: the enumerator's group, its name and a sentence for people.
inline constexpr errc_entry errc_table[] = {
    {errc::invalid_argument, condition::misuse, "invalid_argument", "invalid argument"},
    {errc::invalid_url, condition::misuse, "invalid_url", "invalid URL"},
    {errc::invalid_header, condition::misuse, "invalid_header", "invalid header field"},
    {errc::unsupported, condition::misuse, "unsupported", "not supported by this build or transport"},
    {errc::out_of_order, condition::misuse, "out_of_order", "call made out of order"},
    {errc::insecure_credentials, condition::misuse, "insecure_credentials", "credentials would be sent in the clear"},
    {errc::forbidden_address, condition::misuse, "forbidden_address",
     "the host has no address that may be connected to"},
    {errc::unexpected_exception, condition::misuse, "unexpected_exception",
     "an exception left code that must not throw"},
    {errc::bad_start_line, condition::peer_violation, "bad_start_line", "malformed start line"},
    {errc::bad_version, condition::peer_violation, "bad_version", "unsupported HTTP version"},
    {errc::bad_method, condition::peer_violation, "bad_method", "malformed method"},
    {errc::bad_target, condition::peer_violation, "bad_target", "malformed request target"},
    {errc::bad_field, condition::peer_violation, "bad_field", "malformed header field"},
    {errc::bad_content_length, condition::peer_violation, "bad_content_length", "bad Content-Length"},
    {errc::bad_transfer_encoding, condition::peer_violation, "bad_transfer_encoding", "bad Transfer-Encoding"},
    {errc::not_implemented, condition::peer_violation, "not_implemented", "not implemented"},
    {errc::bad_host, condition::peer_violation, "bad_host", "bad Host"},
    {errc::bad_chunk, condition::peer_violation, "bad_chunk", "malformed chunked body"},
    {errc::bad_expectation, condition::peer_violation, "bad_expectation", "expectation cannot be met"},
    {errc::incomplete_message, condition::peer_violation, "incomplete_message", "connection ended inside a message"},
    {errc::unexpected_body, condition::peer_violation, "unexpected_body", "unexpected bytes"},
    {errc::bad_content_type, condition::peer_violation, "bad_content_type", "unexpected content type"},
    {errc::bad_content_encoding, condition::peer_violation, "bad_content_encoding", "unexpected content encoding"},
    {errc::bad_json, condition::peer_violation, "bad_json", "malformed JSON"},
    {errc::bad_utf8, condition::peer_violation, "bad_utf8", "invalid UTF-8"},
    {errc::wrong_type, condition::peer_violation, "wrong_type", "wrong JSON type"},
    {errc::missing_member, condition::peer_violation, "missing_member", "missing member"},
    {errc::bad_value, condition::peer_violation, "bad_value", "invalid value"},
    {errc::duplicate_member, condition::peer_violation, "duplicate_member", "duplicate member"},
    {errc::truncated_stream, condition::peer_violation, "truncated_stream", "the stream ended before the answer did"},
    {errc::bad_certificate, condition::peer_violation, "bad_certificate", "the certificate was refused"},
    {errc::tls_failed, condition::peer_violation, "tls_failed", "TLS failed"},
    {errc::mismatch, condition::peer_violation, "mismatch", "the answer is not of the type that was asked for"},
    {errc::protocol_violation, condition::peer_violation, "protocol_violation", "protocol violation"},
    {errc::refused, condition::api_refusal, "refused", "the service refused the request"},
    {errc::declined, condition::api_refusal, "declined", "the model declined to answer"},
    {errc::filtered, condition::api_refusal, "filtered", "a content filter ended the answer"},
    {errc::error_event, condition::api_refusal, "error_event", "the service reported an error in the stream"},
    {errc::not_found, condition::api_refusal, "not_found", "not found"},
    {errc::conflict, condition::api_refusal, "conflict", "somebody else changed it first"},
    {errc::host_not_found, condition::transport, "host_not_found", "host not found"},
    {errc::connect_failed, condition::transport, "connect_failed", "could not connect"},
    {errc::connection_lost, condition::transport, "connection_lost", "connection lost"},
    {errc::tls_truncated, condition::transport, "tls_truncated", "TLS connection cut short"},
    {errc::proxy_refused, condition::transport, "proxy_refused", "the proxy refused"},
    {errc::head_limit, condition::limit, "head_limit", "HTTP head too large"},
    {errc::target_limit, condition::limit, "target_limit", "request target too long"},
    {errc::field_limit, condition::limit, "field_limit", "too many header fields"},
    {errc::body_limit, condition::limit, "body_limit", "body too large"},
    {errc::line_limit, condition::limit, "line_limit", "event-stream line too long"},
    {errc::event_limit, condition::limit, "event_limit", "event too large"},
    {errc::depth_limit, condition::limit, "depth_limit", "JSON nested too deeply"},
    {errc::choice_limit, condition::limit, "choice_limit", "too many choices"},
    {errc::tool_call_limit, condition::limit, "tool_call_limit", "too many tool calls"},
    {errc::content_limit, condition::limit, "content_limit", "content too large"},
    {errc::token_limit, condition::limit, "token_limit", "the answer was cut off by its limit of tokens"},
    {errc::round_limit, condition::limit, "round_limit", "the model calls tools again and again"},
    {errc::diagnostic_limit, condition::limit, "diagnostic_limit", "too many deviations"},
    {errc::connection_limit, condition::limit, "connection_limit", "too many connections"},
    {errc::session_limit, condition::limit, "session_limit", "session limit reached"},
    {errc::store_limit, condition::limit, "store_limit", "store limit reached"},
    {errc::connect_timeout, condition::timeout, "connect_timeout", "connecting took too long"},
    {errc::idle_timeout, condition::timeout, "idle_timeout", "the peer was silent for too long"},
    {errc::data_timeout, condition::timeout, "data_timeout", "the peer sent only signs of life for too long"},
    {errc::total_timeout, condition::timeout, "total_timeout", "the call took too long"},
    {errc::write_timeout, condition::timeout, "write_timeout", "the peer did not take our bytes in time"},
    {errc::cancelled, condition::cancelled, "cancelled", "cancelled"},
    {errc::caller_gone, condition::cancelled, "caller_gone", "the caller went away"},
};

inline errc_entry const* find_errc(int value) noexcept
{
    for (auto const& row : errc_table)
        if (static_cast<int>(row.code) == value)
            return &row;
    return nullptr;
}

inline constexpr std::string_view condition_names[] = {"misuse", "peer_violation", "api_refusal", "transport",
                                                       "limit",  "timeout",        "cancelled"};

class errc_category final : public error_category {
public:
    char const* name() const noexcept override { return "chatwire"; }
    std::string message(int value) const override
    {
        auto const* row = find_errc(value);
        return row ? row->text : "unknown chatwire error";
    }
    error_condition default_error_condition(int value) const noexcept override
    {
        auto const* row = find_errc(value);
        return row ? make_error_condition(row->group) : error_condition(value, *this);
    }
};

class condition_category final : public error_category {
public:
    char const* name() const noexcept override { return "chatwire.condition"; }
    std::string message(int value) const override { return std::string(to_string(static_cast<condition>(value))); }
    bool equivalent(error_code const& code, int value) const noexcept override
    {
        return code.failed() && static_cast<int>(condition_of(code)) == value;
    }
};

// A peer's words must not look like lines of the log, nor move a terminal's cursor, whether that takes them for UTF-8,
// in which U+0080 to U+009F are two bytes each, or for single bytes.
inline void blank_controls(std::string& text) noexcept
{
    int more = 0; // bytes that belong to the character before
    unsigned char before = 0;
    for (std::size_t i = 0; i != text.size(); ++i) {
        auto const c = static_cast<unsigned char>(text[i]);
        bool const inside = more > 0 && c >= 0x80 && c < 0xc0;
        more = inside ? more - 1 : c >= 0xf0 ? 3 : c >= 0xe0 ? 2 : c >= 0xc2 ? 1 : 0;
        bool const high = c >= 0x80 && c < 0xa0;
        if (inside && high && before == 0xc2)
            text[i - 1] = ' ';
        if (c < 0x20 || c == 0x7f || (high && (!inside || before == 0xc2)))
            text[i] = ' ';
        before = c;
    }
}

} // namespace detail

CHATWIRE_DECL error_category const& error_category_instance() noexcept
{
    static detail::errc_category const instance;
    return instance;
}

CHATWIRE_DECL error_category const& condition_category_instance() noexcept
{
    static detail::condition_category const instance;
    return instance;
}

CHATWIRE_DECL error_code make_error_code(errc e) noexcept { return {static_cast<int>(e), error_category_instance()}; }

CHATWIRE_DECL error_condition make_error_condition(condition c) noexcept
{
    return {static_cast<int>(c), condition_category_instance()};
}

CHATWIRE_DECL condition condition_of(error_code const& code) noexcept
{
    if (code.category() == error_category_instance())
        if (auto const* row = detail::find_errc(code.value()))
            return row->group;
    return condition::transport;
}

CHATWIRE_DECL std::string_view to_string(errc e) noexcept
{
    auto const* row = detail::find_errc(static_cast<int>(e));
    return row ? row->name : "unknown";
}

CHATWIRE_DECL std::string_view to_string(condition c) noexcept
{
    auto const i = static_cast<std::size_t>(c) - 1;
    return i < std::size(detail::condition_names) ? detail::condition_names[i] : "unknown";
}

CHATWIRE_DECL std::string failure::what() const
{
    std::string s(to_string(condition_of(code)));
    s += ": ";
    s += code.message();
    if (status)
        s += " (HTTP " + std::to_string(status) + ")";
    if (!message.empty())
        s += ": " + message;
    detail::blank_controls(s);
    return s;
}

CHATWIRE_DECL void throw_exception_from_error(failure const& f, boost::source_location const& where)
{
    boost::throw_exception(exception(f), where);
}

} // namespace chatwire
#endif
