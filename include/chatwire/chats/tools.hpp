// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CHATS_TOOLS_HPP
#define CHATWIRE_CHATS_TOOLS_HPP

#include <chatwire/chats/service.hpp>
#include <chatwire/mcp/tool_server.hpp>

namespace chatwire::chats {

/// Adds the tools of the Chats module to an MCP server: `create-chat`, `list-chats`, `get-chat`, `delete-chat`,
/// `create-chat-completion-for-chat` and `create-chat-completion`.
///
/// A call of one is a call of the service's routes, with the credentials of the MCP call's head: the same checks are
/// made, in the same place. The result is one text, the JSON that the route answers with (`Deleted successfully.` where
/// it has none); of a refusal, with `isError`. Of a completion
/// that comes in pieces the number of pieces is reported as its progress.
///
/// @return errc::invalid_argument if the server has a tool of such a name
/// @par Object lifetimes
/// The service must outlive the server's use.
/// @par Specification
/// SPEC, 4, "MCP"
CHATWIRE_DECL result<void> add_tools(mcp::tool_server& server, service& s);

} // namespace chatwire::chats

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/chats/tools.ipp>
#endif
#endif
