// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_ERROR_HPP
#define CHATWIRE_ERROR_HPP

#include <chatwire/config.hpp>

#include <boost/system/error_code.hpp>
#include <boost/system/result.hpp>
#include <boost/system/system_error.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

namespace chatwire {

using boost::system::error_category;
using boost::system::error_code;
using boost::system::error_condition;

/// What went wrong, exactly. Groups of these are the @ref condition values: prefer those in `if`s.
enum class errc {
    // misuse: the calling program asked for something that cannot be
    invalid_argument = 1, ///< a value outside what the call takes
    invalid_url,          ///< not an absolute http(s) URL
    invalid_header,       ///< a header name or value with a character HTTP forbids (CR, LF, NUL, ...)
    unsupported,          ///< the build or the transport cannot do this
    out_of_order,         ///< a call made at a moment that does not allow it
    insecure_credentials, ///< a credential would go in the clear to a host that is not this one
    forbidden_address,    ///< a host with no address that the options let us connect to
    unexpected_exception, ///< code that must not throw did

    // peer_violation: the peer broke its protocol
    bad_start_line,        ///< the request or status line is malformed
    bad_version,           ///< not HTTP/1.0 or HTTP/1.1
    bad_method,            ///< the method is no token
    bad_target,            ///< the request target is malformed
    bad_field,             ///< a header field is malformed (obs-fold, spaces before the colon, control characters)
    bad_content_length,    ///< Content-Length malformed, repeated, or beside Transfer-Encoding
    bad_transfer_encoding, ///< a Transfer-Encoding that does not end in one plain `chunked`, or has no element
    not_implemented,       ///< a transfer coding before `chunked`, or a method longer than any
    bad_host,              ///< Host missing, repeated or malformed
    bad_chunk,             ///< malformed chunked framing
    bad_expectation,       ///< an Expect other than 100-continue
    incomplete_message,    ///< the connection ended inside a message
    unexpected_body,       ///< bytes where none may be
    bad_content_type,      ///< the body is of a type that cannot be the answer (an HTML page, say)
    bad_content_encoding,  ///< a compressed body though identity was asked for
    bad_json,              ///< malformed JSON
    bad_utf8,              ///< bytes that are not UTF-8
    wrong_type,            ///< a JSON value of another type than the member has
    missing_member,        ///< a required member is not there
    bad_value,             ///< the right type, but no meaningful value
    duplicate_member,      ///< a JSON member stands twice in one object
    truncated_stream,      ///< the stream ended without [DONE] and without a finish_reason in every choice
    bad_certificate,       ///< the peer's certificate is not to be trusted, or is another host's
    tls_failed,            ///< TLS could not be agreed on, or was broken
    mismatch,              ///< a model's answer is not of the type that was asked for
    protocol_violation,    ///< anything else a peer may not do (strict mode: the diagnostic says what)

    // api_refusal: the service understood, and said no
    refused,     ///< a status of 400 or above, or an error object in place of the answer
    declined,    ///< the model would not answer: its words are the message
    filtered,    ///< a content filter ended the model's answer
    error_event, ///< an error object inside a stream that had begun
    not_found,   ///< a store has no such row
    conflict,    ///< a store has another version than the one expected

    // transport
    host_not_found,  ///< the name does not resolve
    connect_failed,  ///< no address of the host accepts
    connection_lost, ///< the peer closed or reset the connection
    tls_truncated,   ///< the connection ended without TLS's close_notify: there may have been more
    proxy_refused,   ///< a proxy would not make the connection: its status and reason are in the failure

    // limit: something a peer can grow reached its bound
    head_limit,       ///< bytes of an HTTP head
    target_limit,     ///< bytes of a request line
    field_limit,      ///< number of HTTP header fields
    body_limit,       ///< bytes of an HTTP body
    line_limit,       ///< bytes of one line of an event stream
    event_limit,      ///< bytes of one event, or number of events
    depth_limit,      ///< nesting of JSON
    choice_limit,     ///< number of choices in an answer
    tool_call_limit,  ///< number of tool calls, or bytes of their arguments
    content_limit,    ///< bytes of accumulated content
    token_limit,      ///< tokens of an answer, which was cut off there
    round_limit,      ///< how often a model may be asked before it has to be done with tools
    diagnostic_limit, ///< number of tolerated deviations
    connection_limit, ///< number of connections
    session_limit,    ///< messages, bytes or age of a session
    store_limit,      ///< rows or bytes of a store

    // timeout
    connect_timeout, ///< no connection in time
    idle_timeout,    ///< the peer said nothing for too long
    data_timeout,    ///< the peer sent signs of life for too long, and nothing else
    total_timeout,   ///< the whole call took too long
    write_timeout,   ///< the peer did not take our bytes in time

    // cancelled
    cancelled,   ///< this side cancelled
    caller_gone, ///< the caller this was done for went away
};

/// Why something went wrong, in the seven ways a program can react to. `code == condition::timeout` tests a code.
/// Every error of the operating system is a `transport` one.
enum class condition {
    misuse = 1,     ///< fix the program
    peer_violation, ///< the peer is broken or hostile; do not retry blindly
    api_refusal,    ///< the service said no: look at status and message
    transport,      ///< the network; a retry may help
    limit,          ///< a configured bound was reached
    timeout,        ///< a configured time was reached
    cancelled,      ///< somebody asked for it
};

CHATWIRE_DECL error_category const& error_category_instance() noexcept;
CHATWIRE_DECL error_category const& condition_category_instance() noexcept;
CHATWIRE_DECL error_code make_error_code(errc e) noexcept;
CHATWIRE_DECL error_condition make_error_condition(condition c) noexcept;

/// The condition a code belongs to; codes of foreign categories are `transport`.
CHATWIRE_DECL condition condition_of(error_code const& code) noexcept;

/// The name of an enumerator, as it is printed: `to_string(errc::bad_json) == "bad_json"`.
CHATWIRE_DECL std::string_view to_string(errc e) noexcept;
CHATWIRE_DECL std::string_view to_string(condition c) noexcept;

/// An error code, with what the peer said.
///
/// @par Security
/// `message`, `type`, `param`, `api_code` and `request_id` may be the peer's own words: untrusted text.
struct failure {
    error_code code;                                        ///< never success
    std::string message{};                                  ///< for people; the peer's own words where it gave some
    int status = 0;                                         ///< HTTP status; 0: none
    std::string type{};                                     ///< `error.type`
    std::string param{};                                    ///< `error.param`: the request member at fault
    std::string api_code{};                                 ///< `error.code`, as text
    std::string request_id{};                               ///< what the answer's head calls the request
    std::optional<std::chrono::milliseconds> retry_after{}; ///< how long the peer asks to wait
    std::optional<bool> should_retry{};                     ///< the answer's `x-should-retry`

    failure() = default;
    failure(errc e, std::string text = {}) : code(make_error_code(e)), message(std::move(text)) {}
    failure(error_code e, std::string text = {}) : code(e), message(std::move(text)) {}

    /// One line for a log: the condition, the code and the message, with spaces for control characters, C1 included.
    /// Never a credential of the client that failed.
    CHATWIRE_DECL std::string what() const;
};

inline condition condition_of(failure const& f) noexcept { return condition_of(f.code); }

/// A value, or the failure that took its place. `.value()` throws @ref exception.
template <class T>
using result = boost::system::result<T, failure>;

/// What `result<T>::value()` throws: a `system_error` that carries the whole failure.
class exception : public boost::system::system_error {
public:
    explicit exception(failure f) : system_error(f.code, f.what()), failure_(std::move(f)) {}
    chatwire::failure const& error() const noexcept { return failure_; }

private:
    chatwire::failure failure_;
};

// found by boost::system::result through argument-dependent look-up
[[noreturn]] CHATWIRE_DECL void throw_exception_from_error(failure const& f, boost::source_location const& where);

} // namespace chatwire

template <>
struct boost::system::is_error_code_enum<chatwire::errc> : std::true_type {
};
template <>
struct boost::system::is_error_condition_enum<chatwire::condition> : std::true_type {
};

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/error.ipp>
#endif
#endif
