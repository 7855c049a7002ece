// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_EXAMPLES_GATEWAY_PROVIDERS_HPP
#define CHATWIRE_EXAMPLES_GATEWAY_PROVIDERS_HPP

#include "config.hpp"

#include <chatwire/chats/ai_provider.hpp>
#include <chatwire/transport/securer.hpp>

#include <string>
#include <vector>

namespace gateway {

// The AI providers of a config, ready to be asked.
struct providers {
    std::vector<chatwire::chats::ai_provider> all{};
    chatwire::transport::securer secure{}; // for each whom its `ca` vouches for

    // Null: there is none of that id.
    chatwire::chats::ai_provider const* find(std::string_view id) const noexcept;
};

// Also looks secrets up, and whether what names a provider names one of these. Every fault is a line of `faults`, and
// begins with its path.
providers providers_from(config const& c, std::vector<std::string>& faults);

// Answers with a provider; its failures go to the log, a line each.
chatwire::completer completer_for(chatwire::chats::ai_provider const& p, std::string model);

} // namespace gateway
#endif
