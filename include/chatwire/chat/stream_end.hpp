// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CHAT_STREAM_END_HPP
#define CHATWIRE_CHAT_STREAM_END_HPP

#include <chatwire/error.hpp>

#include <optional>
#include <string_view>

namespace chatwire {

/// How a streamed answer ended. The end of a connection alone is never a success.
enum class how : unsigned char {
    finished,                   ///< `[DONE]`, and a finish_reason in every choice
    finished_without_done,      ///< a finish_reason in every choice, but no `[DONE]`
    done_without_finish_reason, ///< `[DONE]`, but a choice without finish_reason
    truncated,                  ///< neither, or the peer broke the protocol on the way
    error_event,                ///< an error inside the stream
    refused,                    ///< an error in place of the stream
    cancelled,                  ///< somebody asked for it
    timeout,                    ///< a configured time was reached
    limit,                      ///< a configured bound was reached
    transport,                  ///< the network failed
};

/// The name of an enumerator, as it is printed.
CHATWIRE_DECL std::string_view to_string(how h) noexcept;

/// Whether the answer is whole: the first three.
constexpr bool success(how h) noexcept { return h <= how::done_without_finish_reason; }

/// How a stream ended that a failure ended.
CHATWIRE_DECL how how_of(failure const& f) noexcept;

/// The last event of every stream.
struct stream_end {
    chatwire::how how = chatwire::how::truncated;
    std::optional<failure> error{}; ///< why; absent after a success

    stream_end() = default;
    stream_end(chatwire::how h) : how(h) {}
    stream_end(failure f) : how(how_of(f)), error(std::move(f)) {}

    /// Whether the answer is whole.
    bool success() const noexcept { return chatwire::success(how); }
};

} // namespace chatwire

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/chat/stream_end.ipp>
#endif
#endif
