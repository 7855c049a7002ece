// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_SSE_WRITER_HPP
#define CHATWIRE_SSE_WRITER_HPP

#include <chatwire/error.hpp>
#include <chatwire/sse/event.hpp>

#include <chrono>
#include <string>
#include <string_view>

namespace chatwire::sse {

// Every function appends whole blocks, blank line included, so that their output can be joined in any order.

/// Appends an event.
///
/// The type is left out when it is empty or `message`, the id when it is empty. Line ends in the data, of any kind,
/// arrive as LF: the format has no other way. `offset` and `terminated` are not looked at.
///
/// @return errc::invalid_argument when the type holds a CR or LF, or the id a CR, LF or NUL; then nothing is appended.
/// @par Specification
/// https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream
CHATWIRE_DECL error_code write_event(std::string& out, event_view const& e);

/// Appends an event that is only data: the quick way for JSON text. Cannot fail.
CHATWIRE_DECL void write_data(std::string& out, std::string_view data);

/// Appends a comment, one line for each line of the text: a sign of life that no event comes of.
CHATWIRE_DECL void write_comment(std::string& out, std::string_view text = {});

/// Appends how long a client is to wait before it reconnects.
/// @return errc::invalid_argument when `wait` is negative; then nothing is appended.
CHATWIRE_DECL error_code write_retry(std::string& out, std::chrono::milliseconds wait);

} // namespace chatwire::sse

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/sse/writer.ipp>
#endif
#endif
