// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_MCP_RPC_MESSAGE_IPP
#define CHATWIRE_IMPL_MCP_RPC_MESSAGE_IPP

#include <chatwire/json/reader.hpp>
#include <chatwire/json/writer.hpp>
#include <chatwire/mcp/rpc_message.hpp>

#include <utility>

namespace chatwire::mcp {
namespace detail {

inline bool is_rpc_id(nullable<raw_json> const& id) { return id && (id->is_string() || id->is_number()); }

inline rpc_text::item read_rpc_message(std::string_view text)
{
    auto m = json::read<rpc_message>(text);
    if (!m) {
        rpc_text::fault f{.error = {rpc_code::invalid_request, m.error().message}};
        if (auto const any = json::parse_raw(text); !any)
            f.error = {rpc_code::parse_error, any.error().message};
        else if (auto const members = json::read<raw_members>(text)) // whose request it was, a broken one may still say
            if (auto const* id = members->find("id"); id && is_rpc_id(*id))
                f.id = *id;
        return f;
    }
    auto const refuse = [&](char const* why) {
        return rpc_text::fault{.id = is_rpc_id(m->id) ? m->id : nullable<raw_json>{},
                               .error = {rpc_code::invalid_request, why}};
    };
    if (m->jsonrpc != "2.0")
        return refuse("jsonrpc: expected \"2.0\"");
    if (!m->id.is_absent() && !is_rpc_id(m->id))
        return refuse("id: expected a string or a number");
    if (m->method ? m->result || m->error : !m->id || !m->result == !m->error)
        return refuse("neither a request, nor a notification, nor an answer");
    return std::move(*m);
}

} // namespace detail

CHATWIRE_DECL rpc_text read_rpc_text(std::string_view text, std::size_t max_batch)
{
    rpc_text out;
    auto const refuse = [&](rpc_code code, std::string why) {
        out.batch = false;
        out.items.assign(1, rpc_text::fault{.error = {code, std::move(why)}});
        return out;
    };
    if (auto const first = text.find_first_not_of(" \t\r\n"); first == text.npos || text[first] != '[') {
        out.items.push_back(detail::read_rpc_message(text));
        return out;
    }
    out.batch = true;
    auto const all = json::read<std::vector<raw_json>>(text);
    if (!all)
        return refuse(rpc_code::parse_error, all.error().message);
    if (all->empty() || all->size() > max_batch)
        return refuse(rpc_code::invalid_request, "a batch of " + std::to_string(all->size()) + " messages");
    for (auto const& one : *all)
        out.items.push_back(detail::read_rpc_message(one.text()));
    return out;
}

CHATWIRE_DECL std::string rpc_result(raw_json const& id, raw_json result)
{
    rpc_message m;
    m.id = id;
    m.result = std::move(result);
    return json::to_text(m);
}

CHATWIRE_DECL std::string rpc_failure(nullable<raw_json> const& id, rpc_error error)
{
    rpc_message m;
    m.id = id;
    m.error = std::move(error);
    return json::to_text(m);
}

CHATWIRE_DECL std::string rpc_notification(std::string method, raw_json params)
{
    rpc_message m;
    m.method = std::move(method);
    m.params = std::move(params);
    return json::to_text(m);
}

} // namespace chatwire::mcp
#endif
