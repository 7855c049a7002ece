// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_MCP_RPC_MESSAGE_HPP
#define CHATWIRE_MCP_RPC_MESSAGE_HPP

#include <chatwire/chat/nullable.hpp>
#include <chatwire/chat/raw_json.hpp>
#include <chatwire/json/codec.hpp>
#include <chatwire/mcp/rpc_error.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace chatwire::mcp {

/// A message of JSON-RPC: a request has a method and an id, a notification a method only, an answer an id and a result
/// or an error.
///
/// @par Specification
/// JSON-RPC 2.0
struct rpc_message {
    std::string jsonrpc{"2.0"};
    nullable<raw_json> id{}; ///< a string or a number, byte for byte as it came
    std::optional<std::string> method{};
    std::optional<raw_json> params{};
    std::optional<raw_json> result{};
    std::optional<rpc_error> error{};

    bool is_request() const noexcept { return method && id; }
    bool is_notification() const noexcept { return method && !id; }

    friend bool operator==(rpc_message const&, rpc_message const&) = default;
};

/// What one text of a peer's was: messages, or faults where a message should be.
struct rpc_text {
    /// A message that is none.
    struct fault {
        nullable<raw_json> id{}; ///< where it could be read
        rpc_error error{};
    };
    using item = std::variant<rpc_message, fault>;

    std::vector<item> items{}; ///< one, unless it is a batch; never empty
    bool batch = false;        ///< they came in an array, and so do the answers
};

/// Reads a text: a message, or an array of up to `max_batch` of them.
CHATWIRE_DECL rpc_text read_rpc_text(std::string_view text, std::size_t max_batch = 50);

/// The text of an answer.
CHATWIRE_DECL std::string rpc_result(raw_json const& id, raw_json result);
/// The same of an answer that is an error; without an id where the request's is not known.
CHATWIRE_DECL std::string rpc_failure(nullable<raw_json> const& id, rpc_error error);
/// The text of a notification.
CHATWIRE_DECL std::string rpc_notification(std::string method, raw_json params);

} // namespace chatwire::mcp

namespace chatwire::json {

template <>
struct table<mcp::rpc_message> {
    using m = mcp::rpc_message;
    static constexpr field fields[] = {
        member<&m::jsonrpc>("jsonrpc"),
        member<&m::id>("id", presence::optional),
        member<&m::method>("method", presence::optional),
        member<&m::params>("params", presence::optional),
        member<&m::result>("result", presence::optional),
        member<&m::error>("error", presence::optional),
    };
};

} // namespace chatwire::json

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/mcp/rpc_message.ipp>
#endif
#endif
