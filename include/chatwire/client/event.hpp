// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CLIENT_EVENT_HPP
#define CHATWIRE_CLIENT_EVENT_HPP

#include <chatwire/chat/chunk.hpp>
#include <chatwire/chat/completion.hpp>
#include <chatwire/chat/raw_json.hpp>
#include <chatwire/chat/stream_end.hpp>

#include <concepts>
#include <type_traits>
#include <utility>
#include <variant>

namespace chatwire {

/// The service has begun to stream: refusals come before this, whatever comes after it is part of the stream.
struct stream_begin {
    friend bool operator==(stream_begin, stream_begin) noexcept { return true; }
};

/// An answer that is neither a stream nor a completion; null where the service sent nothing, as with status 204.
struct client_document {
    raw_json json{};

    friend bool operator==(client_document const&, client_document const&) = default;
};

/// What an answer consists of, as @ref client_exchange and @ref client_connection tell it: a `std::variant`.
///
/// A stream is one @ref stream_begin, any number of chunks, one @ref stream_end. A service that answers at once
/// although a stream was asked for gives a completion in place of the chunks, perhaps without a beginning. Other
/// answers are one completion or one document.
template <class Dialect = openai>
struct client_event
    : std::variant<stream_begin, basic_chunk<Dialect>, basic_completion<Dialect>, client_document, stream_end> {
    using variant =
        std::variant<stream_begin, basic_chunk<Dialect>, basic_completion<Dialect>, client_document, stream_end>;

    // Only from what it holds: from a failure, too, it would be impossible to tell whether a result holds one.
    template <class T>
    requires(!std::same_as<std::remove_cvref_t<T>, client_event> && !std::same_as<std::remove_cvref_t<T>, failure> &&
             std::constructible_from<variant, T>) client_event(T&& event)
        : variant(std::forward<T>(event))
    {
    }
};

} // namespace chatwire
#endif
