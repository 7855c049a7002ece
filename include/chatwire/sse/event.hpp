// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_SSE_EVENT_HPP
#define CHATWIRE_SSE_EVENT_HPP

#include <cstdint>
#include <string>
#include <string_view>

namespace chatwire::sse {

/// One event of an event stream, as views of bytes that somebody else owns.
///
/// @par Object lifetimes
/// Views that come from @ref parser::next stay valid until the parser is touched again.
///
/// @par Specification
/// https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
struct event_view {
    std::string_view type = "message"; ///< the `event` field; never empty when it comes from the parser
    std::string_view data{};  ///< the `data` fields, joined by one LF; bytes as they came, not checked to be UTF-8
    std::string_view id{};    ///< the last `id` seen in the stream so far, this event's or an earlier one's
    std::uint64_t offset = 0; ///< where the first byte of @ref data stood, in bytes from the start of the stream
    bool terminated = true;   ///< false: the stream ended before the blank line, so @ref data may be cut
};

/// An event that owns its text.
struct event {
    std::string type = "message";
    std::string data{};
    std::string id{};
    std::uint64_t offset = 0;
    bool terminated = true;

    event() = default;
    explicit event(event_view const& v)
        : type(v.type), data(v.data), id(v.id), offset(v.offset), terminated(v.terminated)
    {
    }

    event_view view() const noexcept { return {type, data, id, offset, terminated}; }

    friend bool operator==(event const&, event const&) = default;
};

} // namespace chatwire::sse
#endif
