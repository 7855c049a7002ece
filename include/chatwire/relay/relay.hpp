// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_RELAY_RELAY_HPP
#define CHATWIRE_RELAY_RELAY_HPP

#include <chatwire/config.hpp>
#include <chatwire/relay/upstream.hpp>
#include <chatwire/server/completer.hpp>

#include <memory>

namespace chatwire {

/// Answers completions with what another service answers: the request goes there as it came, but for its model where
/// the upstream says so, and nothing of the caller's head goes along. Members that this library does not know are
/// passed on, in both directions.
///
/// A request that is streamed here is streamed there. Chunks are passed on as they come, and nothing is read from the
/// upstream while the caller does not take what there is: a caller who reads slowly slows the upstream down, and no
/// more than one read of it is held. Chunks that only begin an answer wait for the first that says something, so that
/// an upstream that fails before is still answered with a status.
///
/// The answer's `id`, `created` and `model` are the upstream's. A choice that it left without a finish_reason, in an
/// answer that it said was complete, gets `stop` or `tool_calls`.
///
/// Every answer has a connection of its own, on `port::upstream`, which is closed when the answer is over, and at once
/// when its caller is gone.
///
/// What the upstream does wrong is answered with 502: a refusal with its status and words in the message, and its
/// Retry-After; anything else (no connection, no answer in time, an answer that breaks off or cannot be read, a
/// redirect) with words that name neither address nor secret. An upstream's words are searched for the secrets that
/// were sent to it.
///
/// @param u not null
/// @par Thread safety
/// As for every @ref completer.
CHATWIRE_DECL completer relay_to(std::shared_ptr<upstream const> u);
CHATWIRE_DECL completer relay_to(upstream u);

} // namespace chatwire

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/relay/relay.ipp>
#endif
#endif
