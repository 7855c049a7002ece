// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
// The gateway's config file, described once: the reader comes from the field tables.
#ifndef CHATWIRE_EXAMPLES_GATEWAY_CONFIG_HPP
#define CHATWIRE_EXAMPLES_GATEWAY_CONFIG_HPP

#include "provider_config.hpp"

#include <chatwire/json/codec.hpp>
#include <chatwire/json/field.hpp>
#include <chatwire/json/reader.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace gateway {

struct responder_config {
    std::int64_t pace_ms = 0; // between two words
};

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

struct model_config {
    std::string id{}; // a name, or a pattern: "gpt-*" for the names that begin so, "*" for all
    // One of these answers; `model` is what a provider is asked for in place of the name in the request.
    std::optional<responder_config> responder{};
    std::optional<std::string> provider{};
    std::string model{};
};

struct pathway_config {
    std::string id{};
    std::string instructions{};
    // One of these answers; `model` is what a provider is asked for, its default if not given.
    std::optional<responder_config> responder{};
    std::optional<std::string> provider{};
    std::string model{};
};

struct project_config {
    std::string id{};
    std::vector<std::string> keys{};
    pathway_config pathway{};
};

// What they bound, and the defaults: server/limits.hpp and server/options.hpp.
struct limits_config {
    std::optional<std::int64_t> max_connections{};
    std::optional<std::int64_t> max_body_bytes{};
    std::optional<std::int64_t> heartbeat_ms{};
    std::optional<std::int64_t> keep_alive_ms{};
    std::optional<std::int64_t> head_timeout_ms{};
    std::optional<std::int64_t> body_timeout_ms{};
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
    std::vector<std::string> keys{}; // of /v1; none: open to everybody
    bool anonymous = false;          // /v1 also serves callers without a key; a wrong one is refused all the same
    std::vector<std::string>
        allowed_origins{};                    // web pages that may call and read (CORS), such as "https://app.example"
    std::vector<std::string> allowed_hosts{}; // names of this server, without a port, beside the loopback ones
    // The path that says 200, or 503 from SIGTERM on, without a key: "/healthz" if not given, none if "".
    std::optional<std::string> health_path{};
    std::vector<provider_config> providers{};
    std::vector<model_config> models{};
    std::vector<project_config> projects{};
    limits_config limits{};
    idempotency_config idempotency{};
};

/// The config in `text`, or a sentence that names the place of what is wrong with it.
chatwire::result<config> read_config(std::string_view text);

} // namespace gateway

namespace chatwire::json {

template <>
struct table<gateway::responder_config> {
    using t = gateway::responder_config;
    static constexpr field fields[] = {member<&t::pace_ms>("pace_ms", presence::optional)};
};

template <>
struct table<gateway::tls_config> {
    using t = gateway::tls_config;
    static constexpr field fields[] = {member<&t::certificate>("certificate"), member<&t::key>("key"),
                                       member<&t::client_ca>("client_ca", presence::optional)};
};

template <>
struct table<gateway::listen_config> {
    using t = gateway::listen_config;
    static constexpr field fields[] = {
        member<&t::host>("host", presence::optional), member<&t::port>("port", presence::optional),
        member<&t::unix_socket>("unix_socket", presence::optional), member<&t::tls>("tls", presence::optional)};
};

template <>
struct table<gateway::model_config> {
    using t = gateway::model_config;
    static constexpr field fields[] = {member<&t::id>("id"), member<&t::responder>("responder", presence::optional),
                                       member<&t::provider>("provider", presence::optional),
                                       member<&t::model>("model", presence::optional)};
};

template <>
struct table<gateway::pathway_config> {
    using t = gateway::pathway_config;
    static constexpr field fields[] = {
        member<&t::id>("id", presence::optional), member<&t::instructions>("instructions", presence::optional),
        member<&t::responder>("responder", presence::optional), member<&t::provider>("provider", presence::optional),
        member<&t::model>("model", presence::optional)};
};

template <>
struct table<gateway::project_config> {
    using t = gateway::project_config;
    static constexpr field fields[] = {member<&t::id>("id"), member<&t::keys>("keys"), member<&t::pathway>("pathway")};
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
        member<&t::keys>("keys", presence::optional),
        member<&t::anonymous>("anonymous", presence::optional),
        member<&t::allowed_origins>("allowed_origins", presence::optional),
        member<&t::allowed_hosts>("allowed_hosts", presence::optional),
        member<&t::health_path>("health_path", presence::optional),
        member<&t::providers>("providers", presence::optional),
        member<&t::models>("models", presence::optional),
        member<&t::projects>("projects", presence::optional),
        member<&t::limits>("limits", presence::optional),
        member<&t::idempotency>("idempotency", presence::optional),
    };
};

} // namespace chatwire::json
#endif
