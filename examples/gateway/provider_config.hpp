// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
// The AI providers of the gateway's config file, and who answers with them.
#ifndef CHATWIRE_EXAMPLES_GATEWAY_PROVIDER_CONFIG_HPP
#define CHATWIRE_EXAMPLES_GATEWAY_PROVIDER_CONFIG_HPP

#include <chatwire/chats/ai_provider_config.hpp>
#include <chatwire/json/codec.hpp>
#include <chatwire/json/field.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace gateway {

// One of: the secret itself; the environment variable that holds it.
struct secret_config {
    std::optional<std::string> value{};
    std::optional<std::string> env{};
};

// See chats/ai_provider.hpp; what is not given there is as it has it.
struct provider_config {
    std::string id{}; // "aip_..."
    std::string project{};
    std::string name{};
    std::string provider{}; // openai, anthropic, google, xai, groq, ollama, azure, bedrock, gateway or custom
    std::string default_model{};
    std::string base_url{};
    chatwire::chats::ai_provider_config config{};
    std::optional<secret_config> secret{};
    bool allow_plaintext = false;
    bool allow_link_local = false;
    std::optional<std::int64_t> connect_timeout_ms{};
    std::optional<std::int64_t> idle_timeout_ms{};
    std::optional<std::int64_t> total_timeout_ms{};
    std::string ca{}; // a file in PEM: who vouches for it, in place of whom the system trusts
};

} // namespace gateway

namespace chatwire::json {

template <>
struct table<gateway::secret_config> {
    using t = gateway::secret_config;
    static constexpr field fields[] = {member<&t::value>("value", presence::optional),
                                       member<&t::env>("env", presence::optional)};
};

template <>
struct table<gateway::provider_config> {
    using t = gateway::provider_config;
    static constexpr field fields[] = {
        member<&t::id>("id"),
        member<&t::project>("project", presence::optional),
        member<&t::name>("name", presence::optional),
        member<&t::provider>("provider"),
        member<&t::default_model>("default_model", presence::optional),
        member<&t::base_url>("base_url", presence::optional),
        member<&t::config>("config", presence::optional),
        member<&t::secret>("secret", presence::optional),
        member<&t::allow_plaintext>("allow_plaintext", presence::optional),
        member<&t::allow_link_local>("allow_link_local", presence::optional),
        member<&t::connect_timeout_ms>("connect_timeout_ms", presence::optional),
        member<&t::idle_timeout_ms>("idle_timeout_ms", presence::optional),
        member<&t::total_timeout_ms>("total_timeout_ms", presence::optional),
        member<&t::ca>("ca", presence::optional),
    };
};

} // namespace chatwire::json
#endif
