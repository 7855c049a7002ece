// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CLIENT_STREAM_DECODER_HPP
#define CHATWIRE_CLIENT_STREAM_DECODER_HPP

#include <chatwire/chat/stream_end.hpp>
#include <chatwire/client/finish_tracker.hpp>
#include <chatwire/client/stream_decoder_options.hpp>
#include <chatwire/client/stream_text.hpp>
#include <chatwire/json/chunk_reader.hpp>
#include <chatwire/sse/parser.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <utility>

namespace chatwire {

/// What @ref basic_stream_decoder::next found.
enum class decoded : unsigned char {
    more,  ///< nothing: more bytes are needed, or the end was told already
    event, ///< an event of the event stream, with stream_decoder_options::events
    chunk, ///< a chunk
    end,   ///< the end: told once
};

/// Turns the body of a streamed answer into chunks, and tells how it ended.
///
/// Put bytes in (@ref feed, @ref lend, or @ref prepare and @ref commit), tell of the end (@ref commit_eof, or @ref
/// fail), and after each of these call @ref next until it returns `more`. How the bytes are split makes no difference.
/// The last thing it finds is always one `end`: after `[DONE]`, where the body ended, after an error inside the stream,
/// after a violation of the protocol, after a limit, or because of @ref fail. Bytes after that are ignored.
///
/// What services do besides the book is understood where it has one meaning, each time with a diagnostic: see
/// @ref stream_text and `json::chunk_reader`; also an `error:` line (`error_field`), events of several lines that are
/// several events (`joined_events`), a last event without its blank line (`unterminated_event`), chunks in events with
/// a name (`named_event`); other named events are passed over (`unknown_event`).
///
/// More deviations than the log bears (`diagnostics::max_count`) are a limit, like any other.
///
/// Memory: what `sse::parser` and `json::chunk_reader` hold.
///
/// @tparam Dialect of the chunks
/// @par Thread safety
/// None; distinct objects are independent.
template <class Dialect = openai>
class basic_stream_decoder {
public:
    using chunk_type = basic_chunk<Dialect>;

    /// @param log gets the tolerated deviations; may be null, else must outlive the decoder
    explicit basic_stream_decoder(stream_decoder_options const& o = {}, diagnostics* log = nullptr)
        : options_(o), log_(log ? log : &own_log_), events_({.limits = o.sse}, log_),
          reader_(log_, json_options(o), o.learn), tolerated_(log_->count())
    {
    }
    basic_stream_decoder(basic_stream_decoder const&) = delete;
    basic_stream_decoder& operator=(basic_stream_decoder const&) = delete;

    /// Room for at least `n` bytes.
    /// @par Preconditions
    /// @ref next has returned `more`, or was not called yet.
    std::span<char> prepare(std::size_t n) { return events_.prepare(n); }
    /// The first `n` bytes of that room are now part of the body.
    void commit(std::size_t n) noexcept { events_.commit(n); }
    /// @ref prepare and @ref commit in one.
    void feed(std::string_view bytes)
    {
        if (!ended_)
            events_.feed(bytes);
    }
    /// Like @ref feed, but copies no more than it must.
    /// @par Preconditions
    /// @ref next has returned `more` or `end`, or was not called yet.
    /// @par Object lifetimes
    /// The bytes must stay until @ref next returns `more` or `end`, or nothing is asked any more.
    void lend(std::string_view bytes)
    {
        if (!ended_)
            events_.lend(bytes);
    }
    /// The body has ended.
    void commit_eof() noexcept { events_.commit_eof(); }

    /// The body will not go on, for a reason outside of it: what came is still found first.
    void fail(failure f)
    {
        if (!failed_)
            failed_ = std::move(f);
        events_.commit_eof();
    }

    /// Finds the next thing.
    decoded next()
    {
        while (!ended_) {
            if (reading_) {
                auto const r = reader_.next();
                if (!r)
                    return end(cut_ ? cut_off(r.error()) : r.error());
                if (!*r) {
                    reading_ = false;
                    continue;
                }
                ++chunks_;
                if (!finishes_.add(reader_.chunk().choices, options_.max_choices))
                    return end(failure(errc::choice_limit));
                return decoded::chunk;
            }
            if (!lines_.empty()) {
                auto const n = lines_.find('\n');
                auto const line = lines_.substr(0, n);
                auto const at = lines_offset_;
                lines_.remove_prefix(n == std::string_view::npos ? lines_.size() : n + 1);
                lines_offset_ += line.size() + 1;
                if (auto const found = take(line, at))
                    return *found;
                continue;
            }
            if (shown_) {
                shown_ = false;
                if (auto const found = interpret())
                    return *found;
                continue;
            }
            if (!options_.events) {
                if (repeats())
                    return decoded::chunk;
                if (shown_)
                    continue;
            }
            if (!events_.next(event_)) {
                if (events_.error())
                    return end(failure(events_.error()));
                if (auto const broken = deviation())
                    return end(*broken);
                if (!events_.done())
                    return decoded::more;
                return at_eof();
            }
            shown_ = true;
            if (options_.events)
                return decoded::event;
        }
        return decoded::more;
    }

    /// After `event`: it. Valid until the next call of @ref next.
    sse::event_view const& event() const noexcept { return event_; }
    /// After `chunk`: it. Valid until the next call of @ref next, which uses its memory for the next one.
    chunk_type const& chunk() const noexcept { return reader_.chunk(); }
    /// After `end`: it.
    stream_end const& end() const noexcept { return end_; }

    /// Whether `end` was told.
    bool ended() const noexcept { return ended_; }
    /// Number of chunks so far.
    std::uint64_t chunks() const noexcept { return chunks_; }
    /// Where the last event's data, or its line, stood in the body: for diagnostics about a chunk.
    std::uint64_t offset() const noexcept { return offset_; }

private:
    static json::read_options json_options(stream_decoder_options const& o)
    {
        auto j = json::read_options::for_answers();
        j.strict = o.strict;
        j.limits = o.json;
        return j;
    }

    // Whether something was tolerated that must not be, or too much.
    bool deviates() const noexcept { return log_->exhausted() || (options_.strict && log_->count() != tolerated_); }

    std::optional<failure> deviation() const
    {
        if (!deviates())
            return std::nullopt;
        if (log_->exhausted())
            return failure(errc::diagnostic_limit);
        auto const& kept = log_->kept();
        return failure(errc::protocol_violation, kept.empty() ? std::string() : kept.back().code);
    }

    // Whether all that is wrong is that the connection did not last.
    bool lost() const
    {
        return failed_->code == make_error_code(errc::connection_lost) ||
               failed_->code == make_error_code(errc::incomplete_message);
    }

    failure cut_off(failure f) const
    {
        if (f.code != make_error_code(errc::bad_json))
            return f;
        if (failed_ && !lost())
            return *failed_;
        f.code = make_error_code(errc::truncated_stream);
        f.message = "the stream ended inside an event: " + f.message;
        return f;
    }

    decoded end(stream_end e)
    {
        ended_ = true;
        end_ = std::move(e);
        events_.keep();
        return decoded::end;
    }

    decoded at_eof()
    {
        // an error that was sent with no framing at all
        if (!events_.ignored_text().empty() && json::is_error_body(events_.ignored_text())) {
            log_->add("unframed_error", 0, events_.ignored_text());
            return end(json::read_error(events_.ignored_text(), errc::error_event));
        }
        bool const whole = finishes_.complete();
        if (failed_) {
            // the connection broke, but the answer was there already
            if (!whole || !lost() || options_.strict)
                return end(*std::move(failed_));
            log_->add("connection_lost_after_finish", events_.offset(), failed_->message);
        }
        if (whole)
            return end(how::finished_without_done);
        return end(failure(errc::truncated_stream, "the stream ended before the answer did"));
    }

    // Reads an event that is like one before it: none of the things that an event may be besides.
    bool repeats()
    {
        auto const bytes = events_.ahead();
        if (bytes.empty() || deviates())
            return false;
        auto const n = reader_.repeats(bytes);
        if (n == 0 || !events_.take(n, event_))
            return false;
        offset_ = event_.offset;
        cut_ = false;
        if (reader_.accept(event_.data, offset_)) {
            ++chunks_;
            return true;
        }
        shown_ = true; // the long way
        return false;
    }

    // What is made of an event; nothing: pass over it, or see what reading_ and lines_ hold.
    std::optional<decoded> interpret()
    {
        offset_ = event_.offset;
        cut_ = !event_.terminated;
        if (event_.type == "error")
            return end(json::read_error(event_.data, errc::error_event));
        if (event_.type != "message") {
            bool const chunk = event_.data.find("\"choices\"") != std::string_view::npos;
            bool const done = stream_text::classify(event_.data).what == stream_text::kind::done;
            log_->add(chunk || done ? "named_event" : "unknown_event", offset_, event_.type);
            if (!chunk && !done)
                return broken();
        }
        if (stream_text::is_joined(event_.data)) {
            log_->add("joined_events", offset_, event_.data);
            lines_ = event_.data;
            lines_offset_ = offset_;
            return broken();
        }
        return take(event_.data, offset_);
    }

    std::optional<decoded> take(std::string_view data, std::uint64_t offset)
    {
        auto const found = stream_text::classify(data);
        offset_ = offset + static_cast<std::uint64_t>(found.text.data() - data.data());
        if (!found.note.empty())
            log_->add(found.note, offset, data);
        if (auto const d = broken())
            return d;
        switch (found.what) {
        case stream_text::kind::nothing: return std::nullopt;
        case stream_text::kind::error: return end(json::read_error(found.text, errc::error_event));
        case stream_text::kind::done:
            return end(finishes_.complete() ? how::finished : how::done_without_finish_reason);
        case stream_text::kind::chunk: break;
        }
        reader_.start(found.text, offset_);
        reading_ = true;
        return std::nullopt;
    }

    std::optional<decoded> broken()
    {
        if (auto f = deviation())
            return end(*std::move(f));
        return std::nullopt;
    }

    stream_decoder_options options_;
    diagnostics own_log_{};
    diagnostics* log_;
    sse::parser events_;
    json::chunk_reader<Dialect> reader_;
    finish_tracker finishes_{};
    std::uint64_t tolerated_; // what the log had counted before

    sse::event_view event_{};
    stream_end end_{};
    std::optional<failure> failed_{};
    std::string_view lines_{}; // of event_, not yet read
    std::uint64_t lines_offset_ = 0;
    std::uint64_t offset_ = 0;
    std::uint64_t chunks_ = 0;
    bool shown_ = false;   // event_ is to be interpreted
    bool reading_ = false; // reader_ is inside event_
    bool cut_ = false;     // the stream ended inside event_
    bool ended_ = false;
};

/// A decoder of the plain protocol.
using stream_decoder = basic_stream_decoder<>;

} // namespace chatwire
#endif
