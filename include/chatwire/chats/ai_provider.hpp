// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CHATS_AI_PROVIDER_HPP
#define CHATWIRE_CHATS_AI_PROVIDER_HPP

#include <chatwire/chat/open_enum.hpp>
#include <chatwire/chats/ai_provider_config.hpp>
#include <chatwire/chats/provider_slug.hpp>
#include <chatwire/client/secret.hpp>
#include <chatwire/error.hpp>
#include <chatwire/relay/upstream.hpp>

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace chatwire::chats {

/// Who answers: one of a project's AI providers.
///
/// | provider | base URL, where `base_url` names no other | |
/// |---|---|---|
/// | openai | `https://api.openai.com/v1` | |
/// | anthropic | `https://api.anthropic.com/v1` | its endpoint for this protocol |
/// | google | `https://generativelanguage.googleapis.com/v1beta/openai` | |
/// | xai | `https://api.x.ai/v1` | |
/// | groq | `https://api.groq.com/openai/v1` | |
/// | ollama | `http://localhost:11434` | calls go below `/v1`; needs no key |
/// | azure | `https://{resource_name}.openai.azure.com/openai` | see below |
/// | bedrock | `https://bedrock-runtime.{region}.amazonaws.com/openai/v1` | |
/// | gateway, custom | none: has to be given | need no key |
///
/// Keys go as `Authorization: Bearer`. Azure's goes as `api-key`, and its calls to
/// `/deployments/{model}/chat/completions?api-version={api_version}`.
struct ai_provider {
    std::string id{};         ///< `aip_` and more
    std::string project_id{}; ///< whose it is
    std::string name{};
    open_enum<provider_slug> provider{};
    std::string default_model{}; ///< for whom names none
    std::string base_url{};      ///< empty: the provider's own
    ai_provider_config config{};
    chatwire::secret secret{};     ///< its key
    bool allow_plaintext = false;  ///< `http://` to other machines, the key included
    bool allow_link_local = false; ///< see upstream::allow_link_local

    // as in client_options
    std::chrono::milliseconds connect_timeout{10'000};
    std::chrono::milliseconds idle_timeout{60'000};
    std::chrono::milliseconds data_timeout{600'000};
    std::chrono::milliseconds total_timeout{3'600'000};
};

/// Everything that is wrong with a provider, each with the member's path before it: `config.region: ...`. To be asked
/// when a program starts.
CHATWIRE_DECL std::vector<std::string> faults(ai_provider const& p);

/// Whom to ask for a model of a provider's.
///
/// @param model empty: the provider's default
/// @return errc::invalid_argument: with status 400 and the param `model` for a model whose name cannot be part of an
/// address that is made of it; without a status for a provider that has @ref faults, which the message names
CHATWIRE_DECL result<upstream> resolve(ai_provider const& p, std::string_view model = {});

} // namespace chatwire::chats

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/chats/ai_provider.ipp>
#endif
#endif
