// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_HTTP_PARSER_BASE_HPP
#define CHATWIRE_HTTP_PARSER_BASE_HPP

#include <chatwire/error.hpp>
#include <chatwire/http/fields.hpp>
#include <chatwire/http/limits.hpp>
#include <chatwire/http/piece.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>

namespace chatwire::http {

/// What @ref request_parser and @ref response_parser have in common: bytes of a connection in, pieces of messages out.
///
/// Put bytes in with @ref prepare and @ref commit (or @ref feed), tell of the end with @ref commit_eof, and take pieces
/// out with @ref next. A parser stops after each head, so that limits, routes and credentials can be decided before the
/// body is taken, and goes on with the next message after each `end`: bytes that are already there are kept. How the
/// bytes are split over the calls makes no difference, except to where the body is cut into pieces.
///
/// Memory: the bytes not yet taken out, and one head; bodies are passed through. Work is linear in the bytes.
///
/// @par Thread safety
/// None; distinct objects are independent. A moved-from parser can only be destroyed or assigned to.
class parser_base {
public:
    /// Room for at least `n` more bytes, to be filled from its beginning. Ends the life of the last body piece.
    CHATWIRE_DECL std::span<char> prepare(std::size_t n);

    /// The first `n` bytes of the room given by the last @ref prepare have arrived.
    CHATWIRE_DECL void commit(std::size_t n) noexcept;

    /// The peer will send nothing any more.
    CHATWIRE_DECL void commit_eof() noexcept;

    /// @ref prepare and @ref commit in one: copies `bytes` in.
    CHATWIRE_DECL void feed(std::string_view bytes);

    /// Takes the next piece out. A failure is final: the connection cannot be read any further.
    CHATWIRE_DECL result<piece> next();

    // Of the message whose head came last:

    /// Bounds the body in place of limits::max_body; for the time between `head` and the first call of @ref next after
    /// it. The following message has limits::max_body again.
    CHATWIRE_DECL void body_limit(std::uint64_t bytes) noexcept;

    /// The length of the body, if the head tells.
    CHATWIRE_DECL std::optional<std::uint64_t> content_length() const noexcept;

    /// Whether the body is in chunks.
    CHATWIRE_DECL bool chunked() const noexcept;

    /// Whether the connection may be used for another message after this one.
    CHATWIRE_DECL bool keep_alive() const noexcept;

    /// Bytes of the body so far.
    CHATWIRE_DECL std::uint64_t body_bytes() const noexcept;

    /// What came after a chunked body; complete at `end`.
    CHATWIRE_DECL fields const& trailers() const noexcept;

    // Of the connection:

    /// The bytes committed and not yet read: of a following message, or of what a tunnel carries. Valid until the
    /// parser is touched again.
    CHATWIRE_DECL std::string_view unread() const noexcept;

    /// Number of bytes read, framing included.
    CHATWIRE_DECL std::uint64_t offset() const noexcept;

    /// Between two messages, or before the first, with no byte of the next one there.
    CHATWIRE_DECL bool idle() const noexcept;

protected:
    struct impl;
    CHATWIRE_DECL parser_base(bool requests, limits const& l);
    CHATWIRE_DECL ~parser_base();
    CHATWIRE_DECL parser_base(parser_base&&) noexcept;
    CHATWIRE_DECL parser_base& operator=(parser_base&&) noexcept;

    std::unique_ptr<impl> impl_;
};

} // namespace chatwire::http
#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/http/parser_base.ipp>
#endif
#endif
