// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_MCP_POST_PLAN_HPP
#define CHATWIRE_MCP_POST_PLAN_HPP

#include <chatwire/mcp/call_site.hpp>
#include <chatwire/mcp/rpc_answer.hpp>
#include <chatwire/mcp/rpc_message.hpp>
#include <chatwire/server/call.hpp>
#include <chatwire/server/plan.hpp>

#include <optional>

namespace chatwire::mcp {

class tool_server;

/// Whether the fields of a POST are such that there is any sense in reading its body: 415 or 406 if not.
CHATWIRE_DECL std::optional<failure> check_post(http::fields const& fields);

/// Answers what was posted to an endpoint: with one JSON text, unless a tool has something to say before, or takes its
/// time. Then the answer becomes a stream of events, if the client takes one.
///
/// @par Specification
/// MCP 2025-03-26 and 2026-07-28, Streamable HTTP
class post_plan final : public plan {
public:
    /// `server` must outlive it.
    CHATWIRE_DECL post_plan(tool_server const& server, server_call call);

    CHATWIRE_DECL io::action resume(io::outcome const& o) override;

private:
    CHATWIRE_DECL void take_one(rpc_text::item& item, server_call const& call);
    CHATWIRE_DECL void take_batch(rpc_text const& text, server_call const& call);
    CHATWIRE_DECL call_site site_of(server_call const& call, version v) const;

    tool_server const* server_;
    bool streams_ = false; // the client takes events
    rpc_answer answer_;
};

} // namespace chatwire::mcp

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/mcp/post_plan.ipp>
#endif
#endif
