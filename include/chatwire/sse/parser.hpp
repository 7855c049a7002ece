// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_SSE_PARSER_HPP
#define CHATWIRE_SSE_PARSER_HPP

#include <chatwire/diagnostic.hpp>
#include <chatwire/error.hpp>
#include <chatwire/sse/detail/unfilled.hpp>
#include <chatwire/sse/event.hpp>
#include <chatwire/sse/options.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace chatwire::sse {

/// Cuts the bytes of an event stream into events.
///
/// Put bytes in with @ref prepare and @ref commit (or @ref feed, or @ref lend), tell of the end with @ref commit_eof,
/// and after each of these take events out with @ref next until it returns false. How the bytes are split over the
/// calls makes no difference to the events. Bytes are passed on as they are; nothing is decoded.
///
/// Memory: the bytes not yet taken out, one line, and one event's data; the last two are bounded by sse::limits. In
/// steady state no event allocates. Work is linear in the bytes, whatever the line ends are.
///
/// @par Thread safety
/// None; distinct objects are independent.
///
/// @par Specification
/// https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream
class parser {
public:
    /// @param log gets the tolerated deviations; null: they are only tolerated. Must outlive the parser.
    explicit parser(options o = {}, diagnostics* log = nullptr) : options_(o), log_(log) {}

    /// Room for at least `n` more bytes, to be filled from its beginning. Invalidates the views of the last event.
    CHATWIRE_DECL std::span<char> prepare(std::size_t n);

    /// The first `n` bytes of the room given by the last @ref prepare are now part of the stream.
    CHATWIRE_DECL void commit(std::size_t n) noexcept;

    /// The stream has ended: nothing may be committed any more.
    void commit_eof() noexcept { eof_ = true; }

    /// @ref prepare and @ref commit in one: copies `bytes` in.
    CHATWIRE_DECL void feed(std::string_view bytes);

    /// Like @ref feed, but copies only what is not taken out of it at once: the begun event at its end.
    /// @par Preconditions
    /// @ref next has returned false, or was not called yet.
    /// @par Object lifetimes
    /// The bytes must stay until @ref next returns false, or @ref keep is called.
    CHATWIRE_DECL void lend(std::string_view bytes);

    /// Copies what is left of what was lent. Invalidates the views of the last event.
    CHATWIRE_DECL void keep();

    /// Takes the next event out.
    ///
    /// @return true: `out` is an event, whose views are valid until the next call of any non-const member. false: more
    /// bytes are needed, or the stream is over (@ref done), or it broke a limit (@ref error).
    CHATWIRE_DECL bool next(event_view& out);

    /// The bytes at hand behind `data:` where an event begins with that, for those who know where its data ends without
    /// looking for the end of a line; else nothing. Forgets the last event.
    CHATWIRE_DECL std::string_view ahead() noexcept;

    /// Takes an event out whose data are the first `n` bytes that @ref ahead has shown, in which there is no CR or LF.
    ///
    /// @return false: an empty line does not follow, or not yet, or a limit stands against it; nothing is taken then
    CHATWIRE_DECL bool take(std::size_t n, event_view& out) noexcept;

    /// Set once for good when a limit was reached: errc::line_limit or errc::event_limit.
    error_code const& error() const noexcept { return error_; }

    /// The end was committed and every event was taken out.
    bool done() const noexcept { return done_; }

    /// The id of the last complete event: what a reconnecting client sends as `Last-Event-ID`.
    std::string_view last_event_id() const noexcept { return last_id_; }

    /// The last valid `retry` field: how long to wait before reconnecting. Clamped to 2^31-1 ms.
    std::optional<std::chrono::milliseconds> retry() const noexcept { return retry_; }

    /// Number of comment lines so far. Servers send them as signs of life.
    std::uint64_t comments() const noexcept { return comments_; }

    /// Number of lines the standard has ignored: unknown fields, an `id` with a NUL, a `retry` that is no number.
    std::uint64_t ignored_lines() const noexcept { return ignored_; }

    /// The beginning of the ignored lines, joined by LF, at most @ref max_ignored_text bytes. Shows an error body that
    /// was sent with no framing at all.
    std::string_view ignored_text() const noexcept { return ignored_text_; }

    static constexpr std::size_t max_ignored_text = 1024;

    /// Number of bytes of the stream in the lines read so far.
    std::uint64_t offset() const noexcept { return base_ + head_; }

    /// Number of bytes committed and not yet read.
    std::size_t buffered() const noexcept { return tail_ - head_ + later_.size(); }

private:
    // Where the next `what` stands in the bytes, if it was found; else how far was looked. Kept so that no byte is
    // looked at twice: in a stream with CR alone every search for LF would else run to the end of the buffer.
    struct scan {
        std::size_t at = 0;
        bool found = false;
    };
    CHATWIRE_DECL std::size_t find(scan& s, char what, std::size_t end) noexcept;

    CHATWIRE_DECL void grow(std::size_t least);
    char const* bytes() const noexcept { return lent_ ? lent_ : buffer_.data(); }
    CHATWIRE_DECL bool take_line(std::size_t& first, std::size_t& last);
    CHATWIRE_DECL bool on_line(std::size_t first, std::size_t last, event_view& out);
    CHATWIRE_DECL bool on_eof(event_view& out);
    CHATWIRE_DECL void on_data(std::size_t first, std::size_t last);
    CHATWIRE_DECL void on_ignored(std::string_view line);
    CHATWIRE_DECL bool count_event() noexcept;
    CHATWIRE_DECL bool dispatch(event_view& out, bool terminated);
    CHATWIRE_DECL void reset_event() noexcept;
    CHATWIRE_DECL void keep_data();
    CHATWIRE_DECL void note(std::string_view code, std::size_t at, std::string_view excerpt);
    std::string_view text(std::size_t first, std::size_t last) const noexcept
    {
        return {bytes() + first, last - first};
    }

    options options_;
    diagnostics* log_;
    error_code error_{};

    std::vector<char, detail::unfilled<char>> buffer_{};
    char const* lent_ = nullptr; // in place of the buffer
    std::string_view later_{};   // what of it comes after what is in the buffer
    std::size_t head_ = 0;       // the first byte not yet read
    std::size_t tail_ = 0;       // the first byte not yet committed
    std::uint64_t base_ = 0;     // where the first of them stands in the stream
    scan lf_{}, cr_{};

    bool eof_ = false;
    bool done_ = false;
    bool begun_ = false;   // the first line, which may carry a byte order mark, was read
    bool skip_lf_ = false; // the last line ended in CR: an LF directly after it belongs to that end
    bool shown_ = false;   // the event below was given out: forget it before going on
    bool fresh_ = false;   // that was by take(): there is nothing else to forget

    // The event being read. One data line stays in the buffer, from data_first_ to data_last_, until the buffer moves
    // or a second line comes; then the data is in data_.
    bool has_data_ = false;
    bool in_buffer_ = false;
    std::size_t data_first_ = 0, data_last_ = 0;
    std::uint64_t data_offset_ = 0;
    std::string data_{};
    std::string type_{};
    std::string id_{};        // the standard's "last event ID buffer": outlives the event
    bool id_changed_ = false; // since it was copied to last_id_
    std::string last_id_{};

    std::optional<std::chrono::milliseconds> retry_{};
    std::uint64_t events_ = 0;
    std::uint64_t comments_ = 0;
    std::uint64_t ignored_ = 0;
    std::string ignored_text_{};
};

} // namespace chatwire::sse

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/sse/parser.ipp>
#endif
#endif
