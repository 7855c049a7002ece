// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_SERVER_OFFLINE_COMPLETER_HPP
#define CHATWIRE_SERVER_OFFLINE_COMPLETER_HPP

#include <chatwire/server/completer.hpp>
#include <chatwire/server/offline_model.hpp>

#include <chrono>

namespace chatwire {

/// The built-in responder: an @ref offline_model that says one word every `pace`; 0: all at once.
CHATWIRE_DECL completer offline_completer(offline_model m = offline_model(), std::chrono::milliseconds pace = {});

} // namespace chatwire

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/server/offline_completer.ipp>
#endif
#endif
