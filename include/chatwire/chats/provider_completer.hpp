// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CHATS_PROVIDER_COMPLETER_HPP
#define CHATWIRE_CHATS_PROVIDER_COMPLETER_HPP

#include <chatwire/chats/ai_provider.hpp>
#include <chatwire/server/completer.hpp>

#include <functional>
#include <string>

namespace chatwire::chats {

/// Answers completions with what an AI provider answers: see @ref resolve for whom that is, and @ref relay_to for how.
///
/// @param model asked for in place of the request's, if not empty
/// @param on_failure see upstream::on_failure
CHATWIRE_DECL completer provider_completer(ai_provider p, std::string model = {},
                                           std::function<void(failure const&)> on_failure = {});

} // namespace chatwire::chats

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/chats/provider_completer.ipp>
#endif
#endif
