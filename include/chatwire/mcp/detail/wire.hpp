// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_MCP_DETAIL_WIRE_HPP
#define CHATWIRE_MCP_DETAIL_WIRE_HPP

#include <chatwire/chat/raw_json.hpp>
#include <chatwire/chat/string_map.hpp>
#include <chatwire/json/codec.hpp>
#include <chatwire/mcp/implementation.hpp>
#include <chatwire/mcp/progress.hpp>
#include <chatwire/mcp/tool.hpp>
#include <chatwire/mcp/tool_result.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// Parameters and results of the methods, as they stand in messages.
namespace chatwire::mcp::detail {

/// `_meta` of a request. What is of a wrong type has to be told of, and so is read whatever it is.
struct request_meta {
    std::optional<raw_json> progress_token{};
    nullable<raw_json> version{};
    nullable<raw_json> capabilities{};
};

/// What the parameters of every request may have.
struct any_params {
    std::optional<request_meta> meta{};
};

struct initialize_params {
    std::string version{};
};

struct list_params {
    std::optional<std::string> cursor{};
};

struct call_params {
    std::string name{};
    std::optional<raw_json> arguments{};
};

struct cancelled_params {
    raw_json request_id{};
};

struct progress_params {
    raw_json token{};
    mcp::progress ext{};
};

struct result_meta {
    implementation server{};

    friend bool operator==(result_meta const&, result_meta const&) = default;
};

/// A result, with what it has beside its own members where requests are stateless.
template <class Own>
struct framed {
    std::optional<std::string> type{};
    std::optional<std::int64_t> ttl{}; // milliseconds
    std::optional<std::string> cache_scope{};
    std::optional<result_meta> meta{};
    Own ext{};
};

struct tools_capability {
    friend bool operator==(tools_capability, tools_capability) { return false; } // written though it is empty
};

struct server_capabilities {
    tools_capability tools{};
};

struct empty_result {};

struct initialize_result {
    std::string version{};
    server_capabilities capabilities{};
    implementation server{};
    std::string instructions{};
};

struct discover_result {
    std::vector<std::string> versions{};
    server_capabilities capabilities{};
    std::string instructions{};
};

struct list_result {
    std::vector<mcp::tool> tools{};
    std::optional<std::string> next{};
};

struct unsupported_version {
    std::vector<std::string> supported{};
    std::string requested{};
};

struct missing_capabilities {
    raw_members required{};
};

} // namespace chatwire::mcp::detail

namespace chatwire::json {

template <>
struct table<mcp::detail::request_meta> {
    using m = mcp::detail::request_meta;
    static constexpr field fields[] = {
        member<&m::progress_token>("progressToken", presence::optional),
        member<&m::version>("io.modelcontextprotocol/protocolVersion", presence::optional),
        member<&m::capabilities>("io.modelcontextprotocol/clientCapabilities", presence::optional),
    };
};

template <>
struct table<mcp::detail::any_params> {
    static constexpr field fields[] = {member<&mcp::detail::any_params::meta>("_meta", presence::optional)};
};

template <>
struct table<mcp::detail::initialize_params> {
    static constexpr field fields[] = {member<&mcp::detail::initialize_params::version>("protocolVersion")};
};

template <>
struct table<mcp::detail::list_params> {
    static constexpr field fields[] = {member<&mcp::detail::list_params::cursor>("cursor", presence::optional)};
};

template <>
struct table<mcp::detail::call_params> {
    using p = mcp::detail::call_params;
    static constexpr field fields[] = {
        member<&p::name>("name"),
        member<&p::arguments>("arguments", presence::optional),
    };
};

template <>
struct table<mcp::detail::cancelled_params> {
    static constexpr field fields[] = {member<&mcp::detail::cancelled_params::request_id>("requestId")};
};

template <>
struct table<mcp::progress> {
    using p = mcp::progress;
    static constexpr field fields[] = {
        member<&p::done>("progress"),
        member<&p::total>("total", presence::optional),
        member<&p::message>("message", presence::optional),
    };
};

template <>
struct table<mcp::detail::progress_params> {
    static constexpr field fields[] = {member<&mcp::detail::progress_params::token>("progressToken")};
};

template <>
struct table<mcp::detail::result_meta> {
    static constexpr field fields[] = {member<&mcp::detail::result_meta::server>("io.modelcontextprotocol/serverInfo")};
};

template <class Own>
struct table<mcp::detail::framed<Own>> {
    using f = mcp::detail::framed<Own>;
    static constexpr field fields[] = {
        member<&f::type>("resultType", presence::optional),
        member<&f::ttl>("ttlMs", presence::optional),
        member<&f::cache_scope>("cacheScope", presence::optional),
        member<&f::meta>("_meta", presence::optional),
    };
};

template <>
struct table<mcp::detail::tools_capability> {
    static constexpr std::span<field const> fields{};
};

template <>
struct table<mcp::detail::server_capabilities> {
    static constexpr field fields[] = {member<&mcp::detail::server_capabilities::tools>("tools")};
};

template <>
struct table<mcp::detail::empty_result> {
    static constexpr std::span<field const> fields{};
};

template <>
struct table<mcp::detail::initialize_result> {
    using r = mcp::detail::initialize_result;
    static constexpr field fields[] = {
        member<&r::version>("protocolVersion"),
        member<&r::capabilities>("capabilities"),
        member<&r::server>("serverInfo"),
        member<&r::instructions>("instructions", presence::optional),
    };
};

template <>
struct table<mcp::detail::discover_result> {
    using r = mcp::detail::discover_result;
    static constexpr field fields[] = {
        member<&r::versions>("supportedVersions"),
        member<&r::capabilities>("capabilities"),
        member<&r::instructions>("instructions", presence::optional),
    };
};

template <>
struct table<mcp::detail::list_result> {
    using r = mcp::detail::list_result;
    static constexpr field fields[] = {
        member<&r::tools>("tools"),
        member<&r::next>("nextCursor", presence::optional),
    };
};

template <>
struct table<mcp::detail::unsupported_version> {
    using u = mcp::detail::unsupported_version;
    static constexpr field fields[] = {member<&u::supported>("supported"), member<&u::requested>("requested")};
};

template <>
struct table<mcp::detail::missing_capabilities> {
    static constexpr field fields[] = {member<&mcp::detail::missing_capabilities::required>("requiredCapabilities")};
};

} // namespace chatwire::json
#endif
