// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_HTTP_PARSER_BASE_IPP
#define CHATWIRE_IMPL_HTTP_PARSER_BASE_IPP

#include <chatwire/http/grammar.hpp>
#include <chatwire/http/head.hpp>
#include <chatwire/http/head_check.hpp>
#include <chatwire/http/parser_base.hpp>

#include <boost/beast/http/basic_parser.hpp>

#include <algorithm>
#include <cassert>
#include <charconv>
#include <cstring>
#include <deque>
#include <limits>
#include <vector>

// Two readers, one after the other. `impl` finds the lines of heads, chunk sizes and trailers, judges them with
// head_check, and holds to the limits; only then Beast's parser, which is laxer, gets them, and says what they mean.
// Beast is never given a part of a head or of a chunk's line, so it never waits inside of one.

namespace chatwire::http {

struct parser_base::impl {
    enum class state { head, length_body, body_to_eof, chunk_line, chunk_data, trailer, end, tunnel };

    impl(bool requests, limits const& l)
        : limits_(l), requests_(requests),
          check_(requests ? head_check::kind::request : head_check::kind::response, l.max_fields),
          trailer_check_(head_check::kind::trailer, l.max_fields)
    {
    }
    virtual ~impl() = default;

    std::span<char> prepare(std::size_t n);
    result<piece> next();
    std::string_view unread() const noexcept { return {buffer_.data() + head_, tail_ - head_}; }

    // Beast's side, which is a template over the role.
    virtual void start_message(bool no_body) = 0;
    virtual std::size_t put(char const* data, std::size_t size, boost::system::error_code& ec) = 0;
    virtual void put_eof(boost::system::error_code& ec) = 0;
    virtual bool done() const = 0;
    virtual bool needs_eof() const = 0;
    virtual void ask() = 0; // keeps what Beast knows of the head

    error_code step(piece& out);
    error_code read_head(piece& out);
    error_code read_chunk_line();
    error_code read_trailer();
    error_code read_body(piece& out, std::uint64_t most);
    error_code give(std::size_t size);
    void take_field(fields& to, std::string_view name, std::string_view value);

    // The next line, from `line_at_` on, counted from head_. Nothing is looked at twice.
    enum class found { line, nothing, broken };
    found find_line(std::string_view& line);

    limits limits_;
    bool const requests_;
    head_check check_;
    head_check trailer_check_;
    error_code error_{};

    std::vector<char> buffer_{};
    std::size_t head_ = 0; // the first byte not yet read
    std::size_t tail_ = 0; // the first byte not yet committed
    std::uint64_t read_ = 0;
    bool eof_ = false;

    state state_ = state::head;
    std::size_t line_at_ = 0;    // where the line being looked for begins, from head_
    std::size_t scanned_ = 0;    // up to where it was looked for, from head_
    std::size_t trailer_at_ = 0; // where the trailer begins, from head_
    bool blank_skipped_ = false; // the one empty line before a request was there
    bool expect_crlf_ = false;   // the end of a chunk's data
    bool in_trailer_ = false;
    std::uint64_t chunk_left_ = 0;
    std::string_view given_{}; // what Beast took for body

    // of the message whose head came last
    request_head request_{};
    response_head response_{};
    fields trailers_{};
    std::uint64_t body_limit_ = 0;
    std::uint64_t body_bytes_ = 0;
    bool keep_alive_ = false;
    bool chunked_ = false;
    bool expects_continue_ = false;
    std::optional<std::uint64_t> length_{};

    // of responses
    enum class request_kind { other, head, connect };
    std::deque<request_kind> expected_{};
    unsigned informational_ = 0;
    bool continued_ = false;
};

namespace detail {

inline std::string_view view(boost::beast::string_view s) noexcept { return {s.data(), s.size()}; }

// Beast's parser, whose callbacks put what it reads into an impl. Good for one message.
template <bool Request, class Impl>
class message final : public boost::beast::http::basic_parser<Request> {
    using ec_type = boost::system::error_code;
    using text = boost::beast::string_view;

public:
    explicit message(Impl& to) : to_(to)
    {
        this->body_limit(boost::none); // counted by impl, which can be told another limit after the head
        this->header_limit((std::numeric_limits<std::uint32_t>::max)());
    }

private:
    void on_request_impl(boost::beast::http::verb, text method, text target, int version, ec_type&) override
    {
        to_.request_.method = view(method);
        to_.request_.target = view(target);
        to_.request_.version = version;
        to_.request_.fields.clear();
    }
    void on_response_impl(int status, text reason, int version, ec_type&) override
    {
        to_.response_.status = status;
        to_.response_.reason = view(reason);
        to_.response_.version = version;
        to_.response_.fields.clear();
    }
    void on_field_impl(boost::beast::http::field, text name, text value, ec_type& ec) override
    {
        auto& head = Request ? to_.request_.fields : to_.response_.fields;
        if ((to_.in_trailer_ ? to_.trailers_ : head).insert(view(name), view(value)))
            ec = boost::beast::http::error::bad_field;
    }
    void on_header_impl(ec_type&) override {}
    void on_body_init_impl(boost::optional<std::uint64_t> const&, ec_type&) override {}
    std::size_t on_body_impl(text body, ec_type&) override
    {
        to_.given_ = view(body);
        return body.size();
    }
    void on_chunk_header_impl(std::uint64_t, text, ec_type&) override {}
    std::size_t on_chunk_body_impl(std::uint64_t, text body, ec_type&) override
    {
        to_.given_ = view(body);
        return body.size();
    }
    void on_finish_impl(ec_type&) override {}

    Impl& to_;
};

// An impl (whose type is only known inside of parser_base) with Beast's parser for its role.
template <bool Request, class Impl>
class role final : public Impl {
public:
    explicit role(limits const& l) : Impl(Request, l) {}

    void start_message(bool no_body) override
    {
        message_.emplace(static_cast<Impl&>(*this));
        message_->skip(no_body);
    }
    std::size_t put(char const* data, std::size_t size, boost::system::error_code& ec) override
    {
        return message_->put({data, size}, ec);
    }
    void put_eof(boost::system::error_code& ec) override { message_->put_eof(ec); }
    bool done() const override { return message_->is_done(); }
    bool needs_eof() const override { return message_->need_eof(); }
    void ask() override
    {
        this->keep_alive_ = message_->keep_alive();
        this->chunked_ = message_->chunked();
        auto const length = message_->content_length();
        this->length_ = length ? std::optional<std::uint64_t>(*length) : std::nullopt;
    }

private:
    std::optional<message<Request, Impl>> message_{};
};

} // namespace detail

CHATWIRE_DECL std::span<char> parser_base::impl::prepare(std::size_t n)
{
    if (head_ == tail_)
        head_ = tail_ = 0;
    // Moving the rest to the front is paid for by the bytes read since the last move.
    if (buffer_.size() - tail_ < n && head_ >= tail_ - head_ && head_ > 0) {
        std::memmove(buffer_.data(), buffer_.data() + head_, tail_ - head_);
        tail_ -= head_;
        head_ = 0;
    }
    if (buffer_.size() - tail_ < n)
        buffer_.resize(std::max(buffer_.size() * 2, tail_ + n));
    return {buffer_.data() + tail_, buffer_.size() - tail_};
}

CHATWIRE_DECL result<piece> parser_base::impl::next()
{
    piece out;
    if (!error_)
        error_ = step(out);
    if (error_)
        return failure(error_);
    return out;
}

// Does what can be done until there is a piece; `out` stays as it is when more bytes are needed.
CHATWIRE_DECL error_code parser_base::impl::step(piece& out)
{
    for (;;) {
        auto const before = state_;
        error_code error;
        switch (state_) {
        case state::head: return read_head(out);
        case state::length_body:
            if (*length_ > body_limit_)
                return errc::body_limit;
            if (head_ == tail_)
                return eof_ ? errc::incomplete_message : error_code{};
            if (error = read_body(out, *length_ - body_bytes_); !error && done())
                state_ = state::end;
            return error;
        case state::body_to_eof:
            if (head_ < tail_)
                return body_bytes_ < body_limit_ ? read_body(out, body_limit_ - body_bytes_) : errc::body_limit;
            if (!eof_)
                return {};
            put_eof(error);
            state_ = state::end;
            break;
        case state::chunk_line: error = read_chunk_line(); break;
        case state::chunk_data:
            if (head_ == tail_)
                return eof_ ? errc::incomplete_message : error_code{};
            error = read_body(out, chunk_left_);
            chunk_left_ -= out.body.size();
            if (chunk_left_ == 0) {
                state_ = state::chunk_line;
                expect_crlf_ = true;
            }
            return error;
        case state::trailer: error = read_trailer(); break;
        case state::end:
            out.what = piece::kind::end;
            state_ = state::head;
            if (!requests_) {
                if (expected_.front() == request_kind::connect && response_.status / 100 == 2)
                    state_ = state::tunnel;
                expected_.pop_front();
                informational_ = 0;
                continued_ = false;
            }
            return {};
        case state::tunnel:
            if (eof_ && head_ == tail_)
                out.what = piece::kind::closed;
            return {};
        }
        if (error)
            return error;
        if (state_ == before) // no progress: the next line is not complete
            return eof_ ? errc::incomplete_message : error_code{};
    }
}

CHATWIRE_DECL error_code parser_base::impl::read_head(piece& out)
{
    for (;;) {
        auto const rest = unread();
        if (requests_ && !blank_skipped_ && line_at_ == 0 && rest.starts_with("\r\n")) {
            blank_skipped_ = true;
            head_ += 2;
            read_ += 2;
            scanned_ = 0;
            continue;
        }
        if (rest.empty()) {
            if (eof_)
                out.what = piece::kind::closed;
            return {};
        }
        if (!requests_ && expected_.empty())
            return errc::unexpected_body;

        std::string_view line;
        bool const first = line_at_ == 0;
        auto const broken = first ? errc::bad_start_line : errc::bad_field;
        auto const is_line = find_line(line);
        if ((is_line == found::nothing ? rest.size() : line_at_) > limits_.max_head)
            return !first || !requests_                                      ? errc::head_limit
                   : rest.substr(0, limits_.max_head).find(' ') == rest.npos ? errc::not_implemented // as a method
                                                                             : errc::target_limit;
        if (is_line == found::nothing)
            return eof_ ? errc::incomplete_message : error_code{};
        if (is_line == found::broken)
            return broken;
        if (!line.empty() || line_at_ == 2) { // an empty first line is a bad one
            if (auto const error = check_.line(line))
                return error;
            if (first && check_.version() == 11) // also where it was a later one, which Beast does not know
                buffer_[static_cast<std::size_t>(line.data() - buffer_.data()) + (requests_ ? line.size() - 1 : 7)] =
                    '1';
            continue;
        }
        if (auto const error = check_.finish())
            return error;

        // The head is complete, and is line_at_ bytes long.
        auto const status = check_.status();
        auto const informational = !requests_ && status / 100 == 1;
        if (informational && (status == 101 || informational_ >= limits_.max_informational))
            return errc::protocol_violation; // nobody asked for another protocol
        auto const kind = requests_ ? request_kind::other : expected_.front();
        in_trailer_ = false;
        start_message(kind == request_kind::head || (kind == request_kind::connect && status / 100 == 2));
        if (auto const error = give(line_at_))
            return error;
        ask();
        if (chunked_ != check_.chunked() || length_ != check_.content_length())
            return errc::protocol_violation; // the two readers disagree about where the message ends
        expects_continue_ = check_.expects_continue() && !done();
        check_.reset();
        blank_skipped_ = false;
        if (informational) {
            ++informational_;
            continued_ = continued_ || status == 100;
            continue;
        }
        trailers_.clear();
        body_bytes_ = 0;
        body_limit_ = limits_.max_body;
        state_ = done()        ? state::end
                 : chunked_    ? state::chunk_line
                 : needs_eof() ? state::body_to_eof
                               : state::length_body;
        out.what = piece::kind::head;
        return {};
    }
}

CHATWIRE_DECL error_code parser_base::impl::read_chunk_line()
{
    auto const rest = unread();
    if (expect_crlf_) {
        // The end of the chunk before; Beast wants it together with the line that follows.
        if (!std::string_view("\r\n").starts_with(rest.substr(0, 2)))
            return errc::bad_chunk;
        if (rest.size() < 2)
            return {};
        line_at_ = 2;
        scanned_ = std::max<std::size_t>(scanned_, 2);
        expect_crlf_ = false;
    }
    auto const start = line_at_;
    std::string_view line;
    auto const is_line = find_line(line);
    // Of a line that is not complete, the last byte may be the CR of its end.
    auto const too_long = is_line == found::nothing ? rest.size() > start + limits_.max_chunk_line + 1
                                                    : line.size() > limits_.max_chunk_line;
    if (too_long)
        return errc::bad_chunk;
    if (is_line == found::nothing)
        return {};
    if (is_line == found::broken || !valid_field_value(line))
        return errc::bad_chunk;
    auto const digits = std::min(line.find_first_not_of("0123456789abcdefABCDEF"), line.size());
    if (digits == 0 || digits > 16 || (digits < line.size() && line[digits] != ';'))
        return errc::bad_chunk;
    std::uint64_t size = 0;
    std::from_chars(line.data(), line.data() + digits, size, 16);
    if (size == 0) {
        state_ = state::trailer; // Beast wants the last chunk together with all of the trailer
        trailer_at_ = line_at_;
        trailer_check_.reset();
        return {};
    }
    if (size > body_limit_ - body_bytes_)
        return errc::body_limit;
    chunk_left_ = size;
    state_ = state::chunk_data;
    return give(line_at_);
}

CHATWIRE_DECL error_code parser_base::impl::read_trailer()
{
    for (;;) {
        auto const rest = unread();
        std::string_view line;
        auto const is_line = find_line(line);
        if ((is_line == found::nothing ? rest.size() : line_at_) - trailer_at_ > limits_.max_trailer)
            return errc::head_limit;
        if (is_line == found::nothing)
            return {};
        if (is_line == found::broken)
            return errc::bad_chunk;
        if (line.empty()) {
            in_trailer_ = true;
            state_ = state::end;
            return give(line_at_);
        }
        if (auto const error = trailer_check_.line(line))
            return error;
    }
}

// Passes up to `most` bytes through as body; there is at least one, and one is wanted.
CHATWIRE_DECL error_code parser_base::impl::read_body(piece& out, std::uint64_t most)
{
    given_ = {};
    auto const n = static_cast<std::size_t>(std::min<std::uint64_t>(most, tail_ - head_));
    if (auto const error = give(n))
        return error;
    body_bytes_ += given_.size();
    out = {piece::kind::body, given_};
    return {};
}

// Gives Beast the next `size` bytes, which it has to take as a whole: they were looked at before.
CHATWIRE_DECL error_code parser_base::impl::give(std::size_t size)
{
    namespace beast = boost::beast;
    boost::system::error_code ec;
    auto const taken = put(buffer_.data() + head_, size, ec);
    auto const in_body = state_ == state::chunk_data || state_ == state::end;
    if (ec == beast::http::error::bad_chunk_extension || ec == beast::http::error::bad_chunk)
        return errc::bad_chunk;
    if (ec == beast::http::error::bad_content_length || ec == beast::http::error::multiple_content_length)
        return errc::bad_content_length;
    if (ec == beast::http::error::bad_transfer_encoding)
        return errc::bad_transfer_encoding;
    if (ec || taken != size)
        return in_body ? errc::bad_chunk : errc::bad_field;
    head_ += size;
    read_ += size;
    line_at_ = scanned_ = 0;
    return {};
}

CHATWIRE_DECL parser_base::impl::found parser_base::impl::find_line(std::string_view& line)
{
    auto const rest = unread();
    auto const end = rest.find('\n', scanned_);
    if (end == rest.npos) {
        scanned_ = rest.size();
        return found::nothing;
    }
    auto const first = line_at_;
    line_at_ = scanned_ = end + 1;
    if (end == first || rest[end - 1] != '\r')
        return found::broken;
    line = rest.substr(first, end - 1 - first);
    return found::line;
}

CHATWIRE_DECL parser_base::parser_base(bool requests, limits const& l)
{
    if (requests)
        impl_ = std::make_unique<detail::role<true, impl>>(l);
    else
        impl_ = std::make_unique<detail::role<false, impl>>(l);
}

CHATWIRE_DECL parser_base::~parser_base() = default;
CHATWIRE_DECL parser_base::parser_base(parser_base&&) noexcept = default;
CHATWIRE_DECL parser_base& parser_base::operator=(parser_base&&) noexcept = default;

CHATWIRE_DECL std::span<char> parser_base::prepare(std::size_t n) { return impl_->prepare(n); }

CHATWIRE_DECL void parser_base::commit(std::size_t n) noexcept
{
    assert(!impl_->eof_ && n <= impl_->buffer_.size() - impl_->tail_);
    impl_->tail_ += std::min(n, impl_->buffer_.size() - impl_->tail_);
}

CHATWIRE_DECL void parser_base::commit_eof() noexcept { impl_->eof_ = true; }

CHATWIRE_DECL void parser_base::feed(std::string_view bytes)
{
    if (bytes.empty())
        return;
    auto const room = prepare(bytes.size());
    std::memcpy(room.data(), bytes.data(), bytes.size());
    commit(bytes.size());
}

CHATWIRE_DECL result<piece> parser_base::next() { return impl_->next(); }
CHATWIRE_DECL void parser_base::body_limit(std::uint64_t bytes) noexcept { impl_->body_limit_ = bytes; }
CHATWIRE_DECL std::optional<std::uint64_t> parser_base::content_length() const noexcept { return impl_->length_; }
CHATWIRE_DECL bool parser_base::chunked() const noexcept { return impl_->chunked_; }
CHATWIRE_DECL bool parser_base::keep_alive() const noexcept { return impl_->keep_alive_; }
CHATWIRE_DECL std::uint64_t parser_base::body_bytes() const noexcept { return impl_->body_bytes_; }
CHATWIRE_DECL fields const& parser_base::trailers() const noexcept { return impl_->trailers_; }
CHATWIRE_DECL std::string_view parser_base::unread() const noexcept { return impl_->unread(); }
CHATWIRE_DECL std::uint64_t parser_base::offset() const noexcept { return impl_->read_; }

CHATWIRE_DECL bool parser_base::idle() const noexcept
{
    return impl_->state_ == impl::state::head && impl_->head_ == impl_->tail_ && !impl_->error_;
}

} // namespace chatwire::http
#endif
