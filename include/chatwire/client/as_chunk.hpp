// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CLIENT_AS_CHUNK_HPP
#define CHATWIRE_CLIENT_AS_CHUNK_HPP

#include <chatwire/chat/choice.hpp>
#include <chatwire/chat/chunk.hpp>
#include <chatwire/chat/completion.hpp>
#include <chatwire/config.hpp>
#include <chatwire/json/writer.hpp>

#include <concepts>
#include <utility>

namespace chatwire {

/// The delta that makes a message all at once.
CHATWIRE_DECL delta as_delta(message m);

/// The one chunk that a stream saying the same as this completion could have consisted of.
template <class Dialect>
basic_chunk<Dialect> as_chunk(basic_completion<Dialect> c)
{
    basic_chunk<Dialect> out;
    out.id = std::move(c.id);
    out.created = c.created;
    out.model = std::move(c.model);
    out.usage = std::move(c.usage);
    out.service_tier = std::move(c.service_tier);
    out.system_fingerprint = std::move(c.system_fingerprint);
    if constexpr (std::same_as<typename Dialect::chunk, typename Dialect::completion>)
        out.ext = std::move(c.ext);
    out.moderation = std::move(c.moderation);
    out.extra = std::move(c.extra);
    if (c.metadata) // a chunk has no place of its own for it
        out.extra.set("metadata", json::to_raw(*c.metadata));
    for (auto& from : c.choices)
        out.choices.push_back({.index = from.index,
                               .delta = as_delta(std::move(from.message)),
                               .finish_reason = std::move(from.finish_reason),
                               .logprobs = std::move(from.logprobs),
                               .extra = std::move(from.extra)});
    return out;
}

} // namespace chatwire

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/client/as_chunk.ipp>
#endif
#endif
