// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_MCP_DETAIL_ANSWER_BATCH_HPP
#define CHATWIRE_MCP_DETAIL_ANSWER_BATCH_HPP

#include <chatwire/mcp/call_site.hpp>
#include <chatwire/mcp/rpc_answer.hpp>
#include <chatwire/mcp/tool_server.hpp>

#include <utility>
#include <variant>

namespace chatwire::mcp::detail {

// The answer to a batch, of a revision that has them.
inline rpc_answer answer_batch(rpc_text& text, tool_server const& server, call_site const& site)
{
    rpc_answer out(true);
    for (auto& item : text.items) {
        auto const* m = std::get_if<rpc_message>(&item);
        if (auto* const f = std::get_if<rpc_text::fault>(&item))
            out.add(f->id, std::move(f->error), 400);
        else if (m->is_request() && m->method == "initialize")
            out.add(m->id, {rpc_code::invalid_request, "initialize must not be part of a batch"}, 400);
        else if (m->is_request())
            out.add(server.begin(*m, site));
    }
    return out;
}

} // namespace chatwire::mcp::detail
#endif
