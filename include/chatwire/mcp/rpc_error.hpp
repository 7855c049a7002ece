// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_MCP_RPC_ERROR_HPP
#define CHATWIRE_MCP_RPC_ERROR_HPP

#include <chatwire/chat/raw_json.hpp>
#include <chatwire/json/codec.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace chatwire::mcp {

/// The codes of JSON-RPC, and those that MCP adds.
///
/// @par Specification
/// JSON-RPC 2.0, 5.1; MCP 2026-07-28, Error Codes
enum class rpc_code : std::int32_t {
    parse_error = -32700,
    invalid_request = -32600,
    method_not_found = -32601,
    invalid_params = -32602,
    internal_error = -32603,
    header_mismatch = -32020,     ///< a header of HTTP does not say what the body says
    missing_capability = -32021,  ///< the client has not declared what the request needs
    unsupported_version = -32022, ///< of the protocol
};

/// Why a request has no result.
struct rpc_error {
    std::int64_t code = static_cast<std::int64_t>(rpc_code::internal_error);
    std::string message{};          ///< for people
    std::optional<raw_json> data{}; ///< as the code wants it

    rpc_error() = default;
    rpc_error(rpc_code c, std::string text, std::optional<raw_json> more = std::nullopt)
        : code(static_cast<std::int64_t>(c)), message(std::move(text)), data(std::move(more))
    {
    }

    friend bool operator==(rpc_error const&, rpc_error const&) = default;
    friend bool operator==(rpc_error const& e, rpc_code c) noexcept { return e.code == static_cast<std::int64_t>(c); }
};

} // namespace chatwire::mcp

namespace chatwire::json {

template <>
struct table<mcp::rpc_error> {
    static constexpr field fields[] = {
        member<&mcp::rpc_error::code>("code"),
        member<&mcp::rpc_error::message>("message"),
        member<&mcp::rpc_error::data>("data", presence::optional),
    };
};

} // namespace chatwire::json
#endif
