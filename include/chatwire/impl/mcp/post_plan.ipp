// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_MCP_POST_PLAN_IPP
#define CHATWIRE_IMPL_MCP_POST_PLAN_IPP

#include <chatwire/http/grammar.hpp>
#include <chatwire/http/media_type.hpp>
#include <chatwire/json/reader.hpp>
#include <chatwire/json/writer.hpp>
#include <chatwire/mcp/detail/settle.hpp>
#include <chatwire/mcp/header_value.hpp>
#include <chatwire/mcp/post_plan.hpp>
#include <chatwire/mcp/tool_server.hpp>

#include <algorithm>
#include <initializer_list>
#include <string_view>
#include <utility>

namespace chatwire::mcp {
namespace detail {

// Whether a list of media ranges has one of these. Without the field everything is taken.
inline bool accepts(http::fields const& fields, std::initializer_list<std::string_view> types)
{
    for (auto const& [name, value] : fields) {
        if (!http::iequals(name, "accept"))
            continue;
        for (std::string_view rest = value; !rest.empty();) {
            auto const end = std::min(rest.find(','), rest.size());
            for (auto const type : types)
                if (http::is_media_type(rest.substr(0, end), type))
                    return true;
            rest.remove_prefix(std::min(end + 1, rest.size()));
        }
    }
    return false;
}

// What a field has to say to repeat what the body says.
inline std::optional<std::string> differs(http::fields const& fields, char const* name, std::string_view expected,
                                          bool encoded = false)
{
    auto const value = fields.find(name);
    if (!value || fields.count(name) > 1)
        return std::string(name) + " is missing, or there are several";
    auto const said = encoded ? decode_header_value(*value) : std::string(*value);
    if (!said)
        return std::string(name) + " has characters that it must not have";
    if (*said != expected)
        return std::string(name) + " says '" + *said + "', and the body '" + std::string(expected) + "'";
    return std::nullopt;
}

// The first field that does not say what a request says.
inline std::optional<std::string> differ(rpc_message const& m, version v, http::fields const& fields,
                                         tool_server const& server)
{
    auto why = differs(fields, version_field, to_string(v));
    if (!why)
        why = differs(fields, "Mcp-Method", *m.method);
    if (why || m.method != "tools/call")
        return why;
    auto const params = json::read<call_params>(m.params->text());
    if (!params)
        return std::nullopt; // which is refused for that
    why = differs(fields, "Mcp-Name", params->name, true);
    return why ? why : server.check_fields(m, fields);
}

} // namespace detail

CHATWIRE_DECL std::optional<failure> check_post(http::fields const& fields)
{
    if (!http::is_media_type(fields.find("content-type").value_or(""), "application/json"))
        return refusal(415, "Content-Type: expected application/json");
    if (fields.find("accept") && !detail::accepts(fields, {"application/json", "application/*", "*/*"}))
        return refusal(406, "Accept: the answer is application/json, or an event stream for those who take both");
    return std::nullopt;
}

CHATWIRE_DECL post_plan::post_plan(tool_server const& server, server_call call) : server_(&server)
{
    streams_ = detail::accepts(call.head.fields, {"text/event-stream"});
    auto text = read_rpc_text(call.body, server.options().max_batch);
    call.body = {};
    if (text.batch)
        take_batch(text, call);
    else
        take_one(text.items.front(), call);
    envelope_.own_events = true;
    envelope_.stream = streams_ && answer_.running();
}

CHATWIRE_DECL call_site post_plan::site_of(server_call const& call, version v) const
{
    return {.version = v, .head = call.head, .request_id = call.request_id, .wake = call.wake, .notifiable = streams_};
}

CHATWIRE_DECL void post_plan::take_one(rpc_text::item& item, server_call const& call)
{
    if (auto* const f = std::get_if<rpc_text::fault>(&item))
        return answer_.add(f->id, std::move(f->error), 400);
    auto const& m = std::get<rpc_message>(item);
    auto const& fields = call.head.fields;
    auto const said = fields.find(detail::version_field);
    if (!m.is_request()) { // nothing asks for an answer
        if (said && !find_version(*said))
            return answer_.add({}, detail::not_spoken(*said), 400);
        if (said && stateless(*find_version(*said)) && !m.method)
            return answer_.add({}, {rpc_code::invalid_request, "An answer to nothing that was asked"}, 400);
        return;
    }
    bool const agrees = m.method == "initialize" && said && !find_version(*said); // on one that both sides speak
    auto const settled = detail::settle(m, agrees ? std::nullopt : said, version::of_2025_03_26);
    if (auto const* error = std::get_if<rpc_error>(&settled))
        return answer_.add(m.id, *error, 400);
    auto const v = std::get<version>(settled);
    if (stateless(v))
        if (auto const why = detail::differ(m, v, fields, *server_))
            return answer_.add(m.id, {rpc_code::header_mismatch, "Header mismatch: " + *why}, 400);
    answer_.add(server_->begin(m, site_of(call, v)));
}

CHATWIRE_DECL void post_plan::take_batch(rpc_text const& text, server_call const& call)
{
    auto const said = call.head.fields.find(detail::version_field);
    if (said && *said != to_string(version::of_2025_03_26))
        return answer_.add({}, {rpc_code::invalid_request, "Only 2025-03-26 has batches"}, 400);
    answer_ = server_->begin(text, site_of(call, version::of_2025_03_26));
}

CHATWIRE_DECL io::action post_plan::resume(io::outcome const& o)
{
    auto next = answer_.resume(o);
    for (auto& text : answer_.take_notifications())
        say(std::move(text));
    if (next.what == io::action::kind::done)
        whole_ = answer::json(answer_.text(), answer_.status());
    return next;
}

} // namespace chatwire::mcp
#endif
