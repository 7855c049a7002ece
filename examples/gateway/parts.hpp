// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
// What the config's entries stand for, in the library's words.
#ifndef CHATWIRE_EXAMPLES_GATEWAY_PARTS_HPP
#define CHATWIRE_EXAMPLES_GATEWAY_PARTS_HPP

#include "config.hpp"

#include <chatwire/chats/ai_provider.hpp>
#include <chatwire/chats/document.hpp>
#include <chatwire/chats/principal.hpp>
#include <chatwire/json/document_fault.hpp>
#include <chatwire/transport/securer.hpp>

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace gateway {

/// A provider with its secret.
chatwire::chats::ai_provider to_provider(provider_config const& c, chatwire::secret secret);

/// What a config's entries stand for, with what they refer to outside of it: files, the environment.
struct parts {
    std::vector<chatwire::chats::ai_provider> providers{}; // in the order of the config's
    chatwire::transport::securer secure_upstream{};        // how providers are connected to
    std::vector<chatwire::chats::document> documents{};
    std::vector<std::pair<std::string, std::shared_ptr<chatwire::chats::principal const>>> keys{};
};

/// The parts, as far as there are any. Adds what cannot be had, a secret or a file, to the faults.
parts to_parts(config const& c, std::vector<chatwire::json::document_fault>& faults);

/// A secret as the config may hold it in `sealed`, for the provider of that id and no other.
chatwire::result<std::string> seal_secret(config const& c, std::string const& provider_id, std::string_view secret);

} // namespace gateway
#endif
