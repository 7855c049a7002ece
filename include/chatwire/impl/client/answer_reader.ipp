// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_CLIENT_ANSWER_READER_IPP
#define CHATWIRE_IMPL_CLIENT_ANSWER_READER_IPP

#include <chatwire/client/answer_reader.hpp>
#include <chatwire/client/request_id.hpp>
#include <chatwire/http/date.hpp>
#include <chatwire/http/grammar.hpp>
#include <chatwire/http/media_type.hpp>
#include <chatwire/json/error_reader.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace chatwire {
namespace detail {

inline constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

// The text from its first byte that means something on; none of a byte order mark whose rest is still to come. `blank`
// bytes are known to mean nothing, and become more.
inline std::string_view without_blanks(std::string_view text, std::size_t& blank) noexcept
{
    if (blank == 0 && byte_order_mark.starts_with(text))
        return {};
    if (blank == 0 && text.starts_with(byte_order_mark))
        blank = byte_order_mark.size();
    blank = std::min(text.find_first_not_of(" \t\r\n", blank), text.size());
    return text.substr(blank);
}

// Whether a text begins as a line of an event stream does, or may when more of it has come.
enum class looks { stream, like_nothing, unclear };
inline looks like_stream(std::string_view text) noexcept
{
    constexpr std::array<std::string_view, 5> names{"data", "event", "id", "retry", "error"};
    if (text.starts_with(':'))
        return looks::stream;
    for (auto const name : names) {
        if (text.starts_with(name)) {
            if (text.size() == name.size())
                return looks::unclear;
            if (std::string_view(":\r\n").find(text[name.size()]) != std::string_view::npos)
                return looks::stream;
        } else if (name.starts_with(text)) {
            return looks::unclear;
        }
    }
    return looks::like_nothing;
}

inline std::optional<std::chrono::milliseconds> retry_after(http::fields const& fields)
{
    constexpr std::uint64_t most = 1'000'000'000;
    if (auto const text = fields.find("retry-after-ms"))
        if (auto const n = http::parse_decimal(*text); n && *n <= most)
            return std::chrono::milliseconds(*n);
    if (auto const text = fields.find("Retry-After")) {
        if (auto const n = http::parse_decimal(*text); n && *n <= most / 1000)
            return std::chrono::seconds(*n);
        if (auto const then = http::parse_date(*text))
            return std::clamp<std::chrono::milliseconds>(
                std::chrono::ceil<std::chrono::seconds>(*then - std::chrono::system_clock::now()), {},
                std::chrono::seconds(most / 1000));
    }
    return std::nullopt;
}

} // namespace detail

CHATWIRE_DECL void answer_reader::head(http::response_head const& h)
{
    status_ = h.status;
    request_id_ = request_id_of(h.fields);
    retry_after_ = detail::retry_after(h.fields);
    if (auto const should = h.fields.find("x-should-retry"); should == "true" || should == "false")
        should_retry_ = should == "true";
    media_type_ = http::media_type(h.fields.find("Content-Type").value_or(std::string_view()));
    says_stream_ = http::iequals(media_type_, "text/event-stream");
    says_json_ = http::iequals(media_type_, "application/json") ||
                 (media_type_.size() > 5 &&
                  http::iequals(std::string_view(media_type_).substr(media_type_.size() - 5), "+json"));

    auto const encoding = h.fields.find("Content-Encoding").value_or(std::string_view());
    bool const encoded = !encoding.empty() && !http::iequals(encoding, "identity");
    if (status_ >= 400) {
        shape_ = shape::refusal;
        if (encoded) // what it says cannot be read, that it says no can
            set_failed(failure(errc::refused, "the refusal is encoded as " + std::string(encoding)));
    } else if (status_ >= 300) {
        auto const to = h.fields.find("Location").value_or(std::string_view());
        set_failed(failure(errc::refused, "redirects are not followed; this one leads to '" + std::string(to) + "'"));
    } else if (encoded) {
        set_failed(failure(errc::bad_content_encoding,
                           "the answer is encoded as " + std::string(encoding) + ", which was not asked for"));
    } else {
        shape_ = shape::unknown;
        announced_ = says_stream_ && expects_ == client_call::answer::stream;
    }
}

CHATWIRE_DECL void answer_reader::body(std::string_view bytes)
{
    if (kind_ != kind::undecided)
        return;
    if (shape_ == shape::refusal || shape_ == shape::text) {
        auto const most = shape_ == shape::refusal ? max_error_body : json::max_error_text;
        text_.append(bytes.substr(0, most - std::min(most, text_.size())));
        if (text_.size() >= most)
            end(); // enough to say what is wrong
        return;
    }
    if (bytes.size() > options_->json.max_document - std::min(options_->json.max_document, text_.size()))
        return set_failed(failure(errc::body_limit, "the answer is larger than " +
                                                        std::to_string(options_->json.max_document) + " bytes"));
    text_ += bytes;
    if (shape_ == shape::unknown)
        look();
}

// Decides by the first bytes, if there are enough of them.
CHATWIRE_DECL void answer_reader::look()
{
    auto const begin = detail::without_blanks(text_, blank_);
    if (begin.empty())
        return;
    bool const asked_for_stream = expects_ == client_call::answer::stream;
    if (begin.front() == '{' || begin.front() == '[') {
        shape_ = shape::json;
        if (!says_json_)
            tolerate("wrong_content_type");
        if (asked_for_stream)
            tolerate("answer_not_streamed");
        return;
    }
    auto const looks = begin.front() == '<' ? detail::looks::like_nothing
                       : says_stream_       ? detail::looks::stream
                                            : detail::like_stream(begin);
    if (looks == detail::looks::unclear)
        return;
    if (looks == detail::looks::stream) {
        if (expects_ == client_call::answer::document)
            return set_failed(failure(errc::bad_content_type, "the answer is an event stream, not JSON"));
        if (!says_stream_)
            tolerate("wrong_content_type");
        if (!asked_for_stream)
            tolerate("answer_streamed");
        if (kind_ == kind::undecided)
            kind_ = kind::stream;
        return;
    }
    if (says_json_ && std::string_view("\"-0123456789ntf").find(begin.front()) != std::string_view::npos) {
        shape_ = shape::json; // null, say: the reader tells what is wrong with it
        return;
    }
    shape_ = shape::text;
    if (text_.size() >= json::max_error_text)
        refuse_text();
}

CHATWIRE_DECL void answer_reader::end()
{
    if (kind_ != kind::undecided)
        return;
    switch (shape_) {
    case shape::refusal: return refuse();
    case shape::text: return refuse_text();
    case shape::unknown:
        if (text_ != detail::byte_order_mark && text_.find_first_not_of(" \t\r\n") != text_.npos)
            return refuse_text();
        if (says_stream_ && expects_ != client_call::answer::document) {
            kind_ = kind::stream; // one that ended before it began
            return;
        }
        text_.clear();
        if (expects_ != client_call::answer::document)
            return set_failed(failure(errc::bad_json, "the answer is empty"));
        [[fallthrough]];
    case shape::json:
        if (text_.starts_with(detail::byte_order_mark)) {
            tolerate("byte_order_mark");
            text_.erase(0, detail::byte_order_mark.size());
        }
        if (kind_ == kind::undecided)
            kind_ = kind::json;
        return;
    case shape::head: return set_failed(failure(errc::connection_lost, "the connection ended before an answer came"));
    }
}

CHATWIRE_DECL void answer_reader::fail(failure f)
{
    if (kind_ != kind::undecided)
        return;
    if (shape_ == shape::refusal)
        return refuse(); // that the service said no explains more than that it could not finish saying so
    set_failed(std::move(f));
}

CHATWIRE_DECL failure answer_reader::complete(failure f) const
{
    if (f.status == 0)
        f.status = status_;
    if (f.request_id.empty())
        f.request_id = request_id_;
    if (!f.retry_after)
        f.retry_after = retry_after_;
    if (!f.should_retry)
        f.should_retry = should_retry_;
    return f;
}

CHATWIRE_DECL void answer_reader::tolerate(std::string_view code)
{
    // What the answer was called: how much of it is there depends on how it was cut.
    log_->add(code, 0, media_type_);
    if (options_->strict && kind_ == kind::undecided)
        set_failed(failure(errc::protocol_violation, std::string(code)));
    if (log_->exhausted() && kind_ == kind::undecided)
        set_failed(failure(errc::diagnostic_limit, "one deviation too many"));
}

CHATWIRE_DECL void answer_reader::set_failed(failure f)
{
    kind_ = kind::failed;
    error_ = complete(std::move(f));
}

CHATWIRE_DECL void answer_reader::refuse() { set_failed(json::read_error(text_, errc::refused, status_)); }

CHATWIRE_DECL void answer_reader::refuse_text()
{
    auto said = json::read_error(text_).message; // cleaned and cut
    set_failed(failure(errc::bad_content_type,
                       "the answer is " + (media_type_.empty() ? "of no type" : media_type_) + ", not JSON: " + said));
}

} // namespace chatwire
#endif
