// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
// The gateway's config file, described once: the reader, the check of it and its JSON Schema come from the field
// tables. docs/gateway.md says what the members mean.
#ifndef CHATWIRE_EXAMPLES_GATEWAY_CONFIG_HPP
#define CHATWIRE_EXAMPLES_GATEWAY_CONFIG_HPP

#include <chatwire/chat/raw_json.hpp>
#include <chatwire/chats/ai_provider_config.hpp>
#include <chatwire/json/codec.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gateway {

// Files in PEM. With `client_ca`, only callers whose certificate is by one of these get through.
struct tls_config {
    std::string certificate{};
    std::string key{};
    std::optional<std::string> client_ca{};
};

struct listen_config {
    std::optional<std::string> host{};        // 127.0.0.1 if not given; "": every address
    std::optional<std::int64_t> port{};       // 8080 if not given; 0: one that is free
    std::optional<std::string> unix_socket{}; // a path, in place of host and port
    std::optional<tls_config> tls{};
};

// The built-in model.
struct responder_config {
    std::int64_t pace_ms = 0; // between two words
};

// Something that must not be read by everybody: one of three. `sealed` is what `gateway --seal` prints.
struct secret_config {
    std::optional<std::string> value{};
    std::optional<std::string> env{}; // the name of an environment variable
    std::optional<std::string> sealed{};
};

// What opens sealed secrets: 32 bytes, as 64 hexadecimal digits or base64, in an environment variable or a file.
struct sealing_key_config {
    std::optional<std::string> env{};
    std::optional<std::string> file{};
};

// Who answers: a provider, or the built-in model in its place.
struct provider_config {
    std::string id{};
    std::optional<std::string> project{}; // whose it is in the Chats module; none: only for models and pathways
    std::optional<std::string> name{};
    std::optional<std::string> provider{};      // openai, anthropic, ...: see chats/ai_provider.hpp
    std::optional<std::string> default_model{}; // needed in the Chats module
    std::optional<std::string> base_url{};
    std::optional<chatwire::chats::ai_provider_config> config{};
    std::optional<secret_config> secret{};
    std::optional<bool> allow_plaintext{};
    std::optional<bool> allow_link_local{};
    std::optional<std::int64_t> connect_timeout_ms{};
    std::optional<std::int64_t> idle_timeout_ms{};
    std::optional<std::int64_t> data_timeout_ms{};
    std::optional<std::int64_t> total_timeout_ms{};
    std::optional<std::string> ca{}; // a file in PEM: who vouches for it, in place of whom the system trusts
    std::optional<responder_config> responder{};
};

// Of /v1. One of `responder` and `provider`.
struct model_config {
    std::string id{}; // "gpt-*": every name that begins like this, "*": every name, that no better entry has
    std::optional<responder_config> responder{};
    std::optional<std::string> provider{}; // a provider's id
    std::optional<std::string> model{};    // what the provider calls it, if something else
};

// Of a project's Pathors API. One of `responder` and `provider`.
struct pathway_config {
    std::optional<std::string> id{};
    std::optional<std::string> instructions{};
    std::optional<responder_config> responder{};
    std::optional<std::string> provider{};
    std::optional<std::string> model{};
};

struct project_config {
    std::string id{};
    std::vector<std::string> keys{};         // of its Pathors API: each a key, or "sha256:" and the key's SHA-256
    std::optional<pathway_config> pathway{}; // none: it has no Pathors API
};

// Whom policies are about.
struct user_config {
    std::string id{};
    std::optional<std::string> role{};          // "user" if not given; "admin" may everything
    std::vector<chatwire::raw_json> policies{}; // documents, see chats/policy.hpp
};

// A key of the Chats module and of /mcp. With a project it is the project's, and may what both its user's policies and
// its own allow; without one it is its user.
struct api_key_config {
    std::string key{}; // the key, or "sha256:" and the key's SHA-256
    std::string user{};
    std::optional<std::string> project{};
    std::optional<std::string> id{};                           // what conditions call it
    std::optional<std::vector<chatwire::raw_json>> policies{}; // of a project's key: none leaves it what its user may
};

// One of `content` and `file`.
struct document_config {
    std::string id{};
    std::string project{};
    std::optional<std::string> content{};
    std::optional<std::string> file{};
};

// What they bound, and the defaults: server/limits.hpp and server/options.hpp.
struct limits_config {
    std::optional<std::int64_t> max_connections{};
    std::optional<std::int64_t> max_body_bytes{};
    std::optional<std::int64_t> heartbeat_ms{};
    std::optional<std::int64_t> keep_alive_ms{};
    std::optional<std::int64_t> head_timeout_ms{};
    std::optional<std::int64_t> body_timeout_ms{};
    std::optional<std::int64_t> receive_timeout_ms{};
    std::optional<std::int64_t> request_timeout_ms{};
    std::optional<std::int64_t> write_timeout_ms{};
    std::optional<std::int64_t> drain_delay_ms{};
    std::optional<std::int64_t> drain_ms{};
};

// Of answers to requests with an Idempotency-Key; the defaults: server/idempotency_limits.hpp.
struct idempotency_config {
    std::optional<std::int64_t> max_answers{};
    std::optional<std::int64_t> max_bytes{};
    std::optional<std::int64_t> max_answer_bytes{};
    std::optional<std::int64_t> max_age_ms{};
    std::optional<std::int64_t> max_waiting{};
};

struct config {
    listen_config listen{};
    std::optional<std::string> store{}; // as for --store, which goes before this
    std::optional<sealing_key_config> sealing_key{};
    std::vector<std::string> keys{}; // of /v1; none: open to everybody
    bool anonymous = false;          // /v1 also serves callers without a key; a wrong one is refused all the same
    std::vector<std::string>
        allowed_origins{};                    // web pages that may call and read (CORS), such as "https://app.example"
    std::vector<std::string> allowed_hosts{}; // names of this server, without a port, beside the loopback ones
    // The path that says 200, or 503 from SIGTERM on, without a key: "/healthz" if not given, none if "".
    std::optional<std::string> health_path{};
    std::vector<model_config> models{};
    std::vector<project_config> projects{};
    std::vector<user_config> users{};
    std::vector<api_key_config> api_keys{};
    std::vector<provider_config> providers{};
    std::vector<document_config> documents{};
    bool permission_for_stateless = false; // completions without a Chat ask for chats:CreateChatCompletion, too
    limits_config limits{};
    idempotency_config idempotency{};
};

/// The JSON Schema of the file: docs/gateway.schema.json.
chatwire::raw_json config_schema();

} // namespace gateway

namespace chatwire::json {

template <>
struct table<gateway::tls_config> {
    using t = gateway::tls_config;
    static constexpr field fields[] = {
        member<&t::certificate>("certificate"),
        member<&t::key>("key"),
        member<&t::client_ca>("client_ca", presence::optional),
    };
};

template <>
struct table<gateway::listen_config> {
    using t = gateway::listen_config;
    static constexpr field fields[] = {
        member<&t::host>("host", presence::optional),
        member<&t::port>("port", presence::optional),
        member<&t::unix_socket>("unix_socket", presence::optional),
        member<&t::tls>("tls", presence::optional),
    };
};

template <>
struct table<gateway::responder_config> {
    using t = gateway::responder_config;
    static constexpr field fields[] = {member<&t::pace_ms>("pace_ms", presence::optional)};
};

template <>
struct table<gateway::secret_config> {
    using t = gateway::secret_config;
    static constexpr field fields[] = {
        member<&t::value>("value", presence::optional),
        member<&t::env>("env", presence::optional),
        member<&t::sealed>("sealed", presence::optional),
    };
};

template <>
struct table<gateway::sealing_key_config> {
    using t = gateway::sealing_key_config;
    static constexpr field fields[] = {
        member<&t::env>("env", presence::optional),
        member<&t::file>("file", presence::optional),
    };
};

template <>
struct table<gateway::provider_config> {
    using t = gateway::provider_config;
    static constexpr field fields[] = {
        member<&t::id>("id"),
        member<&t::project>("project", presence::optional),
        member<&t::name>("name", presence::optional),
        member<&t::provider>("provider", presence::optional),
        member<&t::default_model>("default_model", presence::optional),
        member<&t::base_url>("base_url", presence::optional),
        member<&t::config>("config", presence::optional),
        member<&t::secret>("secret", presence::optional),
        member<&t::allow_plaintext>("allow_plaintext", presence::optional),
        member<&t::allow_link_local>("allow_link_local", presence::optional),
        member<&t::connect_timeout_ms>("connect_timeout_ms", presence::optional),
        member<&t::idle_timeout_ms>("idle_timeout_ms", presence::optional),
        member<&t::data_timeout_ms>("data_timeout_ms", presence::optional),
        member<&t::total_timeout_ms>("total_timeout_ms", presence::optional),
        member<&t::ca>("ca", presence::optional),
        member<&t::responder>("responder", presence::optional),
    };
};

template <>
struct table<gateway::model_config> {
    using t = gateway::model_config;
    static constexpr field fields[] = {
        member<&t::id>("id"),
        member<&t::responder>("responder", presence::optional),
        member<&t::provider>("provider", presence::optional),
        member<&t::model>("model", presence::optional),
    };
};

template <>
struct table<gateway::pathway_config> {
    using t = gateway::pathway_config;
    static constexpr field fields[] = {
        member<&t::id>("id", presence::optional),
        member<&t::instructions>("instructions", presence::optional),
        member<&t::responder>("responder", presence::optional),
        member<&t::provider>("provider", presence::optional),
        member<&t::model>("model", presence::optional),
    };
};

template <>
struct table<gateway::project_config> {
    using t = gateway::project_config;
    static constexpr field fields[] = {
        member<&t::id>("id"),
        member<&t::keys>("keys", presence::optional),
        member<&t::pathway>("pathway", presence::optional),
    };
};

template <>
struct table<gateway::user_config> {
    using t = gateway::user_config;
    static constexpr field fields[] = {
        member<&t::id>("id"),
        member<&t::role>("role", presence::optional),
        member<&t::policies>("policies", presence::optional),
    };
};

template <>
struct table<gateway::api_key_config> {
    using t = gateway::api_key_config;
    static constexpr field fields[] = {
        member<&t::key>("key"),
        member<&t::user>("user"),
        member<&t::project>("project", presence::optional),
        member<&t::id>("id", presence::optional),
        member<&t::policies>("policies", presence::optional),
    };
};

template <>
struct table<gateway::document_config> {
    using t = gateway::document_config;
    static constexpr field fields[] = {
        member<&t::id>("id"),
        member<&t::project>("project"),
        member<&t::content>("content", presence::optional),
        member<&t::file>("file", presence::optional),
    };
};

template <>
struct table<gateway::limits_config> {
    using t = gateway::limits_config;
    static constexpr field fields[] = {
        member<&t::max_connections>("max_connections", presence::optional),
        member<&t::max_body_bytes>("max_body_bytes", presence::optional),
        member<&t::heartbeat_ms>("heartbeat_ms", presence::optional),
        member<&t::keep_alive_ms>("keep_alive_ms", presence::optional),
        member<&t::head_timeout_ms>("head_timeout_ms", presence::optional),
        member<&t::body_timeout_ms>("body_timeout_ms", presence::optional),
        member<&t::receive_timeout_ms>("receive_timeout_ms", presence::optional),
        member<&t::request_timeout_ms>("request_timeout_ms", presence::optional),
        member<&t::write_timeout_ms>("write_timeout_ms", presence::optional),
        member<&t::drain_delay_ms>("drain_delay_ms", presence::optional),
        member<&t::drain_ms>("drain_ms", presence::optional),
    };
};

template <>
struct table<gateway::idempotency_config> {
    using t = gateway::idempotency_config;
    static constexpr field fields[] = {
        member<&t::max_answers>("max_answers", presence::optional),
        member<&t::max_bytes>("max_bytes", presence::optional),
        member<&t::max_answer_bytes>("max_answer_bytes", presence::optional),
        member<&t::max_age_ms>("max_age_ms", presence::optional),
        member<&t::max_waiting>("max_waiting", presence::optional),
    };
};

template <>
struct table<gateway::config> {
    using t = gateway::config;
    static constexpr field fields[] = {
        member<&t::listen>("listen", presence::optional),
        member<&t::store>("store", presence::optional),
        member<&t::sealing_key>("sealing_key", presence::optional),
        member<&t::keys>("keys", presence::optional),
        member<&t::anonymous>("anonymous", presence::optional),
        member<&t::allowed_origins>("allowed_origins", presence::optional),
        member<&t::allowed_hosts>("allowed_hosts", presence::optional),
        member<&t::health_path>("health_path", presence::optional),
        member<&t::models>("models", presence::optional),
        member<&t::projects>("projects", presence::optional),
        member<&t::users>("users", presence::optional),
        member<&t::api_keys>("api_keys", presence::optional),
        member<&t::providers>("providers", presence::optional),
        member<&t::documents>("documents", presence::optional),
        member<&t::permission_for_stateless>("permission_for_stateless", presence::optional),
        member<&t::limits>("limits", presence::optional),
        member<&t::idempotency>("idempotency", presence::optional),
    };
};

} // namespace chatwire::json
#endif
