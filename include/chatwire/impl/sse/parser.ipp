// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_SSE_PARSER_IPP
#define CHATWIRE_IMPL_SSE_PARSER_IPP

#include <chatwire/sse/parser.hpp>

#include <algorithm>
#include <cassert>
#include <cstring>
#include <utility>

namespace chatwire::sse {

CHATWIRE_DECL void parser::grow(std::size_t least)
{
    buffer_.resize(std::max({buffer_.size() * 2, least, std::size_t{1024}})); // an event of usual size, at once
}

CHATWIRE_DECL std::span<char> parser::prepare(std::size_t n)
{
    if (shown_)
        reset_event();
    keep();
    if (head_ == tail_ && !in_buffer_) {
        base_ += head_;
        head_ = tail_ = 0;
        lf_ = cr_ = {};
    }
    if (buffer_.size() - tail_ < n) {
        keep_data();
        // Moving the rest to the front is paid for by the bytes read since the last move.
        if (head_ >= tail_ - head_ && head_ > 0) {
            if (tail_ != head_)
                std::memmove(buffer_.data(), buffer_.data() + head_, tail_ - head_);
            for (auto* s : {&lf_, &cr_})
                s->at < head_ ? void(*s = {}) : void(s->at -= head_);
            base_ += head_;
            tail_ -= head_;
            head_ = 0;
        }
        if (buffer_.size() - tail_ < n)
            grow(tail_ + n);
    }
    return {buffer_.data() + tail_, buffer_.size() - tail_};
}

CHATWIRE_DECL void parser::lend(std::string_view bytes)
{
    if (shown_)
        reset_event();
    keep();
    if (head_ != tail_ || in_buffer_) { // an event has begun in the buffer: there it ends, with the next empty line
        auto const line = bytes.find('\n');
        auto const blank = line == bytes.npos ? line : bytes.find('\n', line + 1);
        auto const first = blank == bytes.npos ? bytes.size() : blank + 1;
        feed(bytes.substr(0, first));
        later_ = bytes.substr(first);
        return;
    }
    base_ += head_;
    head_ = 0;
    lf_ = cr_ = {};
    lent_ = bytes.data();
    tail_ = bytes.size();
}

CHATWIRE_DECL void parser::keep()
{
    if (!later_.empty()) // the buffer is what there is to read
        feed(std::exchange(later_, {}));
    if (!lent_)
        return;
    keep_data();
    if (buffer_.size() < tail_ - head_)
        grow(tail_ - head_);
    if (tail_ != head_)
        std::memcpy(buffer_.data(), lent_ + head_, tail_ - head_);
    lent_ = nullptr;
    for (auto* s : {&lf_, &cr_})
        s->at < head_ ? void(*s = {}) : void(s->at -= head_);
    base_ += head_;
    tail_ -= head_;
    head_ = 0;
}

CHATWIRE_DECL void parser::commit(std::size_t n) noexcept
{
    assert(!eof_ && !lent_ && n <= buffer_.size() - tail_);
    tail_ += std::min(n, buffer_.size() - tail_);
}

CHATWIRE_DECL void parser::feed(std::string_view bytes)
{
    if (bytes.empty())
        return;
    auto const room = prepare(bytes.size());
    std::memcpy(room.data(), bytes.data(), bytes.size());
    commit(bytes.size());
}

CHATWIRE_DECL bool parser::next(event_view& out)
{
    if (shown_)
        reset_event();
    std::size_t first = 0, last = 0;
    for (;;) {
        while (!error_ && take_line(first, last))
            if (on_line(first, last, out))
                return true;
        if (later_.empty() || error_)
            break;
        lend(std::exchange(later_, {}));
    }
    if (!error_ && eof_ && !done_ && on_eof(out))
        return true;
    keep();
    return false;
}

namespace detail {

inline constexpr std::size_t data_field = 5; // "data:"

inline bool begins_with_data(char const* p) noexcept { return std::memcmp(p, "data", 4) == 0 && p[4] == ':'; }

} // namespace detail

CHATWIRE_DECL std::string_view parser::ahead() noexcept
{
    if (!fresh_) {
        if (shown_)
            reset_event();
        if (!begun_ || skip_lf_ || has_data_ || id_changed_ || error_ || !type_.empty())
            return {};
    }
    if (head_ == tail_ && !later_.empty()) {
        fresh_ = false;
        lend(std::exchange(later_, {}));
    }
    auto const* const p = bytes() + head_;
    if (tail_ - head_ <= detail::data_field || !detail::begins_with_data(p))
        return {};
    auto const field = detail::data_field + (p[detail::data_field] == ' ');
    return {p + field, tail_ - head_ - field};
}

CHATWIRE_DECL bool parser::take(std::size_t n, event_view& out) noexcept
{
    auto const* const p = bytes() + head_;
    auto const field = detail::data_field + (p[detail::data_field] == ' ');
    auto const* const end = p + field + n;
    auto const left = tail_ - head_ - field - n;
    std::size_t blank = 2;
    if (left < 2 || std::memcmp(end, "\n\n", 2) != 0) {
        blank = 4;
        if (left < 4 || std::memcmp(end, "\r\n\r\n", 4) != 0)
            return false;
    }
    if (field + n > options_.limits.max_line || n > options_.limits.max_event || events_ == options_.limits.max_events)
        return false;
    ++events_;
    out.type = "message";
    out.data = {p + field, n};
    out.id = id_;
    out.offset = base_ + head_ + field;
    out.terminated = true;
    head_ += field + n + blank;
    shown_ = fresh_ = true;
    return true;
}

CHATWIRE_DECL std::size_t parser::find(scan& s, char what, std::size_t end) noexcept
{
    if (!s.found || s.at < head_) {
        auto const from = std::max(s.at, head_);
        auto const* hit = from < end ? std::memchr(bytes() + from, what, end - from) : nullptr;
        s.found = hit != nullptr;
        s.at = hit ? static_cast<std::size_t>(static_cast<char const*>(hit) - bytes()) : std::max(from, end);
    }
    return s.at;
}

CHATWIRE_DECL bool parser::take_line(std::size_t& first, std::size_t& last)
{
    if (skip_lf_ && head_ < tail_) {
        skip_lf_ = false;
        if (bytes()[head_] == '\n')
            ++head_;
    }
    auto const lf = find(lf_, '\n', tail_);
    auto const end = std::min(lf, find(cr_, '\r', lf)); // an LF that ends a line hides what CR there is behind it
    if (end - head_ > options_.limits.max_line) {
        error_ = errc::line_limit;
        return false;
    }
    if (end == tail_)
        return false;
    first = head_;
    last = end;
    skip_lf_ = bytes()[end] == '\r';
    head_ = end + 1;
    return true;
}

CHATWIRE_DECL bool parser::on_line(std::size_t first, std::size_t last, event_view& out)
{
    if (!begun_) {
        begun_ = true;
        if (text(first, last).starts_with("\xEF\xBB\xBF"))
            first += 3;
    }
    auto const line = text(first, last);
    if (line.empty()) {
        if (std::exchange(id_changed_, false))
            last_id_ = id_;
        if (has_data_)
            return dispatch(out, true);
        type_.clear();
        return false;
    }
    if (line.front() == ':') {
        ++comments_;
        return false;
    }
    auto const colon = std::min(line.find(':'), line.size());
    auto const name = line.substr(0, colon);
    auto at = std::min(first + colon + 1, last);
    if (at < last && bytes()[at] == ' ')
        ++at;
    auto const value = text(at, last);

    if (name == "data") {
        on_data(at, last);
    } else if (name == "event") {
        type_ = value;
    } else if (name == "id" && value.find('\0') == value.npos) {
        id_ = value;
        id_changed_ = true;
    } else if (name == "retry" && !value.empty() && value.find_first_not_of("0123456789") == value.npos) {
        std::int64_t ms = 0;
        for (char c : value)
            ms = std::min<std::int64_t>(ms * 10 + (c - '0'), 0x7fffffff);
        retry_ = std::chrono::milliseconds(ms);
    } else if (name == "error" && options_.error_field && !value.empty()) {
        // Its own event, at once: the block may hold an ordinary event as well, and neither may be lost.
        if (!count_event())
            return false;
        note("error_field", first, line);
        out = {"error", value, id_, base_ + at, true};
        return true;
    } else {
        on_ignored(line);
    }
    return false;
}

CHATWIRE_DECL void parser::on_data(std::size_t first, std::size_t last)
{
    auto const held = in_buffer_ ? data_last_ - data_first_ : data_.size();
    if ((has_data_ ? held + 1 : 0) + (last - first) > options_.limits.max_event) {
        error_ = errc::event_limit;
        return;
    }
    if (!has_data_) {
        has_data_ = in_buffer_ = true;
        data_first_ = first;
        data_last_ = last;
        data_offset_ = base_ + first;
        return;
    }
    keep_data();
    data_ += '\n';
    data_ += text(first, last);
}

CHATWIRE_DECL bool parser::on_eof(event_view& out)
{
    done_ = true;
    if (head_ < tail_) { // a last line without its end
        auto const first = head_;
        head_ = tail_;
        if (options_.flush_at_eof) {
            if (on_line(first, tail_, out)) {
                done_ = false; // an `error` line was shown; data before it may still wait
                out.terminated = false;
                return true;
            }
            if (error_)
                return false;
        } else if (!has_data_) {
            note("unterminated_event", first, text(first, tail_));
        }
    }
    if (!has_data_)
        return false;
    auto const data = in_buffer_ ? text(data_first_, data_last_) : std::string_view(data_);
    if (log_)
        log_->add("unterminated_event", data_offset_, data);
    if (!options_.flush_at_eof)
        return false;
    return dispatch(out, false);
}

CHATWIRE_DECL bool parser::count_event() noexcept
{
    if (events_ == options_.limits.max_events)
        error_ = errc::event_limit;
    else
        ++events_;
    return !error_;
}

CHATWIRE_DECL bool parser::dispatch(event_view& out, bool terminated)
{
    if (!count_event())
        return false;
    out.type = type_.empty() ? std::string_view("message") : std::string_view(type_);
    out.data = in_buffer_ ? text(data_first_, data_last_) : std::string_view(data_);
    out.id = id_;
    out.offset = data_offset_;
    out.terminated = terminated;
    shown_ = true;
    return true;
}

CHATWIRE_DECL void parser::reset_event() noexcept
{
    shown_ = fresh_ = has_data_ = in_buffer_ = false;
    data_.clear();
    type_.clear();
}

CHATWIRE_DECL void parser::keep_data()
{
    if (in_buffer_)
        data_.assign(bytes() + data_first_, data_last_ - data_first_);
    in_buffer_ = false;
}

CHATWIRE_DECL void parser::on_ignored(std::string_view line)
{
    ++ignored_;
    if (ignored_text_.size() >= max_ignored_text)
        return;
    if (!ignored_text_.empty())
        ignored_text_ += '\n';
    ignored_text_ += line.substr(0, max_ignored_text - ignored_text_.size());
}

CHATWIRE_DECL void parser::note(std::string_view code, std::size_t at, std::string_view excerpt)
{
    if (log_)
        log_->add(code, base_ + at, excerpt);
}

} // namespace chatwire::sse
#endif
