// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CLIENT_ANSWER_READER_HPP
#define CHATWIRE_CLIENT_ANSWER_READER_HPP

#include <chatwire/client/call.hpp>
#include <chatwire/client/options.hpp>
#include <chatwire/diagnostic.hpp>
#include <chatwire/error.hpp>
#include <chatwire/http/head.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace chatwire {

/// Finds out what an answer is: an event stream, a JSON text, or a refusal in one of the many shapes there are.
///
/// Status and headers are looked at first. Services send streams as `application/json` and JSON as `text/event-stream`,
/// so the first bytes decide; what was tolerated is a diagnostic, in strict mode a failure.
///
/// @par Thread safety
/// None.
class answer_reader {
public:
    enum class kind : unsigned char {
        undecided, ///< more of the answer is needed
        stream,    ///< an event stream, which begins with @ref text
        json,      ///< complete, in @ref text
        failed,    ///< @ref error says why
    };

    /// The most that is kept of the body of a refusal.
    static constexpr std::size_t max_error_body = std::size_t{64} << 10;

    /// @param log gets the tolerated deviations. It and the options must outlive the reader.
    answer_reader(client_options const& options, client_call::answer expects, diagnostics& log)
        : options_(&options), expects_(expects), log_(&log)
    {
    }

    CHATWIRE_DECL void head(http::response_head const& h);
    /// A part of the body; after the kind is decided, none must be given any more.
    CHATWIRE_DECL void body(std::string_view bytes);
    /// The body is complete.
    CHATWIRE_DECL void end();
    /// The body, or the head, will never be complete.
    CHATWIRE_DECL void fail(failure f);

    kind what() const noexcept { return kind_; }
    /// Whether the head alone says that a stream follows, which was asked for.
    bool announced_stream() const noexcept { return announced_; }
    /// What there is of the body. For a stream: all of it that was given here.
    std::string_view text() const noexcept { return text_; }
    /// Holds what the service said in full, with what must not be shown: see @ref scrub.
    failure const& error() const noexcept { return error_; }

    /// Puts what the head says into a failure: the status, the request id, how long to wait.
    CHATWIRE_DECL failure complete(failure f) const;

private:
    enum class shape : unsigned char { head, unknown, json, text, refusal };

    CHATWIRE_DECL void look();
    CHATWIRE_DECL void tolerate(std::string_view code);
    CHATWIRE_DECL void set_failed(failure f);
    CHATWIRE_DECL void refuse();
    CHATWIRE_DECL void refuse_text();

    client_options const* options_;
    client_call::answer expects_;
    diagnostics* log_;

    kind kind_ = kind::undecided;
    shape shape_ = shape::head;
    bool announced_ = false;
    bool says_stream_ = false; // the media type
    bool says_json_ = false;
    int status_ = 0;
    std::string media_type_{};
    std::string request_id_{};
    std::optional<std::chrono::milliseconds> retry_after_{};
    std::optional<bool> should_retry_{};
    std::string text_{};
    std::size_t blank_ = 0; // how much of it, from its beginning, is known to mean nothing
    failure error_{};
};

} // namespace chatwire

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/client/answer_reader.ipp>
#endif
#endif
