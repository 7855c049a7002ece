// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_SERVER_ENVELOPE_HPP
#define CHATWIRE_SERVER_ENVELOPE_HPP

#include <chatwire/chat/raw_members.hpp>
#include <chatwire/http/fields.hpp>
#include <chatwire/server/answer.hpp>

#include <cstdint>
#include <string>

namespace chatwire {

/// What the chunks of one answer have in common, and how its surface wants them.
///
/// An answer may be of events of the plan's own instead (`own_events`): then only `stream` and `fields` count.
struct envelope {
    std::string id{};           ///< empty: one is made
    std::int64_t created = 0;   ///< seconds since 1970; 0: now
    std::string model{};        ///< what answers
    bool stream = false;        ///< events, or one completion
    bool include_usage = false; ///< `stream_options.include_usage`

    /// OpenAI's own surface: usage has a chunk to itself, whose `choices` are empty. Others: every chunk has
    /// `choices[0]`, every delta before the last carries content, and usage rides in the chunk that finishes.
    bool usage_chunk = true;
    bool unknown_usage = false; ///< a completion whose usage nobody reported says -1 for all three counts

    raw_members extra{};   ///< a dialect's members, in the completion and in every chunk
    http::fields fields{}; ///< a dialect's header fields
    error_shape errors = error_shape::object;
    bool own_events = false; ///< no chunks: what the plan says, and then its whole answer, are the events of a stream
};

} // namespace chatwire
#endif
