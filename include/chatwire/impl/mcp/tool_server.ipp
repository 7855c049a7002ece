// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_MCP_TOOL_SERVER_IPP
#define CHATWIRE_IMPL_MCP_TOOL_SERVER_IPP

#include <chatwire/http/grammar.hpp>
#include <chatwire/json/reader.hpp>
#include <chatwire/json/writer.hpp>
#include <chatwire/mcp/detail/settle.hpp>
#include <chatwire/mcp/detail/wire.hpp>
#include <chatwire/mcp/post_plan.hpp>
#include <chatwire/mcp/tool_server.hpp>

#include <algorithm>
#include <utility>

namespace chatwire::mcp {
namespace detail {

inline std::unique_ptr<rpc_call> refuse(rpc_message const& request, rpc_code code, std::string why, int status = 200)
{
    return std::make_unique<rpc_call>(*request.id, rpc_error{code, std::move(why)}, status);
}

// What a method's parameters say; without any, what none says.
template <class T>
result<T> params_of(rpc_message const& m)
{
    return json::read<T>(m.params ? m.params->text() : "{}");
}

} // namespace detail

CHATWIRE_DECL result<void> tool_server::add(tool t)
{
    if (t.name.empty() || find(t.name))
        return failure(errc::invalid_argument, "a tool has to have a name of its own, not '" + t.name + "'");
    if (!t.begin)
        return failure(errc::invalid_argument, "the tool '" + t.name + "' has nothing that runs");
    auto rules = argument_rules::of(t.input_schema);
    if (!rules)
        return failure(rules.error().code, "the tool '" + t.name + "': " + rules.error().message);
    bool const gives_object = t.output_schema && argument_rules::of(*t.output_schema);
    tools_.push_back({std::move(t), std::move(*rules), gives_object});
    return {};
}

CHATWIRE_DECL tool_server::entry const* tool_server::find(std::string_view name) const noexcept
{
    auto const found = std::find_if(tools_.begin(), tools_.end(), [&](entry const& e) { return e.tool.name == name; });
    return found == tools_.end() ? nullptr : &*found;
}

template <class Own>
raw_json tool_server::frame(Own own, version v, bool cacheable) const
{
    detail::framed<Own> out;
    out.ext = std::move(own);
    if (stateless(v)) {
        out.type = "complete";
        out.meta = detail::result_meta{options_.about};
        if (cacheable) {
            out.ttl = options_.list_ttl.count();
            out.cache_scope = options_.list_is_public ? "public" : "private";
        }
    }
    return json::to_raw(out);
}

CHATWIRE_DECL std::unique_ptr<rpc_call> tool_server::begin(rpc_message const& request, call_site site) const
{
    bool const handshake = !stateless(site.version);
    if (request.params && !request.params->is_object())
        return detail::refuse(request, rpc_code::invalid_params, "params: expected an object");
    if (request.method == "tools/call")
        return call_tool(request, std::move(site));
    if (request.method == "tools/list")
        return list_tools(request, site.version);
    if (handshake && request.method == "initialize")
        return initialize(request);
    if (handshake && request.method == "ping")
        return std::make_unique<rpc_call>(*request.id, frame(detail::empty_result{}, site.version));
    if (!handshake && request.method == "server/discover")
        return discover(request);
    return detail::refuse(request, rpc_code::method_not_found, "Method not found: " + *request.method,
                          handshake ? 200 : 404);
}

CHATWIRE_DECL rpc_answer tool_server::begin(rpc_text const& batch, call_site const& site) const
{
    rpc_answer out(true);
    for (auto const& item : batch.items) {
        auto const* m = std::get_if<rpc_message>(&item);
        if (auto const* f = std::get_if<rpc_text::fault>(&item))
            out.add(f->id, f->error, 400);
        else if (m->is_request() && m->method == "initialize")
            out.add(m->id, {rpc_code::invalid_request, "initialize must not be part of a batch"}, 400);
        else if (m->is_request())
            out.add(begin(*m, site));
    }
    return out;
}

CHATWIRE_DECL std::unique_ptr<rpc_call> tool_server::initialize(rpc_message const& request) const
{
    auto const params = detail::params_of<detail::initialize_params>(request);
    if (!params)
        return detail::refuse(request, rpc_code::invalid_params, params.error().message);
    auto const v = detail::agree_on(params->version);
    detail::initialize_result own;
    own.version = to_string(v);
    own.server = options_.about;
    own.instructions = options_.instructions;
    return std::make_unique<rpc_call>(*request.id, frame(std::move(own), v));
}

CHATWIRE_DECL std::unique_ptr<rpc_call> tool_server::discover(rpc_message const& request) const
{
    detail::discover_result own;
    own.versions = detail::spoken_versions();
    own.instructions = options_.instructions;
    return std::make_unique<rpc_call>(*request.id, frame(std::move(own), version::of_2026_07_28, true));
}

CHATWIRE_DECL std::unique_ptr<rpc_call> tool_server::list_tools(rpc_message const& request, version v) const
{
    auto const params = detail::params_of<detail::list_params>(request);
    if (!params)
        return detail::refuse(request, rpc_code::invalid_params, params.error().message);
    auto const from = params->cursor ? http::parse_decimal(*params->cursor) : std::optional<std::uint64_t>(0);
    if (!from || (params->cursor && (*from == 0 || *from >= tools_.size())))
        return detail::refuse(request, rpc_code::invalid_params, "cursor: not one of this server's");
    auto const first = static_cast<std::size_t>(*from);
    auto const size = options_.page_size ? options_.page_size : tools_.size();
    auto const last = tools_.size() - first > size ? first + size : tools_.size();
    detail::list_result own;
    for (auto i = first; i != last; ++i) {
        auto& t = own.tools.emplace_back(tools_[i].tool);
        if (!stateless(v) && !tools_[i].gives_object)
            t.output_schema.reset(); // nor are other values sent
    }
    if (last != tools_.size())
        own.next = std::to_string(last);
    return std::make_unique<rpc_call>(*request.id, frame(std::move(own), v, true));
}

CHATWIRE_DECL std::unique_ptr<rpc_call> tool_server::call_tool(rpc_message const& request, call_site site) const
{
    auto const invalid = [&](std::string why) {
        return detail::refuse(request, rpc_code::invalid_params, std::move(why));
    };
    auto params = detail::params_of<detail::call_params>(request);
    if (!params)
        return invalid(params.error().message);
    auto const* e = find(params->name);
    if (!e)
        return invalid("Unknown tool: " + params->name);
    if (params->arguments && !params->arguments->is_object())
        return invalid("arguments: expected an object");
    auto const any = detail::params_of<detail::any_params>(request);
    if (!any)
        return invalid(any.error().message);

    auto const meta = any->meta.value_or(detail::request_meta{});
    if (stateless(site.version)) {
        detail::missing_capabilities missing;
        auto const declared = json::read<raw_members>(meta.capabilities ? meta.capabilities->text() : "{}");
        for (auto const& name : e->tool.needs)
            if (!declared || !declared->find(name))
                missing.required.set(name, raw_json::trusted("{}"));
        if (!missing.required.empty())
            return std::make_unique<rpc_call>(*request.id,
                                              rpc_error{rpc_code::missing_capability,
                                                        "The tool needs capabilities that were not declared",
                                                        json::to_raw(missing)},
                                              400);
    }

    tool_call call;
    call.name = std::move(params->name);
    if (params->arguments)
        call.arguments = std::move(*params->arguments);
    auto finish = [this, v = site.version](tool_result r) {
        if (!stateless(v) && r.structured && !r.structured->is_object())
            r.structured.reset();
        return frame(std::move(r), v);
    };
    // models read the result, and can do better the next time
    if (auto const why = e->rules.check(call.arguments))
        return std::make_unique<rpc_call>(*request.id, finish(tool_result::error("Invalid arguments: " + *why)));
    call.head = std::move(site.head);
    call.request_id = std::move(site.request_id);
    call.version = site.version;
    call.wake = std::move(site.wake);
    auto token = meta.progress_token;
    if (token && (!site.notifiable || (!token->is_string() && !token->is_number())))
        token.reset();
    return std::make_unique<rpc_call>(*request.id, e->tool, std::move(call), std::move(token), std::move(finish));
}

CHATWIRE_DECL std::optional<std::string> tool_server::check_fields(rpc_message const& call,
                                                                   http::fields const& fields) const
{
    auto const params = detail::params_of<detail::call_params>(call);
    auto const* e = params ? find(params->name) : nullptr;
    if (!e || !params->arguments || !params->arguments->is_object())
        return std::nullopt;
    return e->rules.check_fields(*params->arguments, fields);
}

CHATWIRE_DECL void tool_server::mount(router& r, std::string path,
                                      std::function<std::optional<failure>(server_call const&)> guard) const
{
    r.errors_below(path, error_shape::rpc);
    r.add({.method = "POST",
           .pattern = std::move(path),
           .guard = [guard = std::move(guard)](server_call const& call) -> std::optional<failure> {
               if (guard)
                   if (auto refused = guard(call))
                       return refused;
               return check_post(call.head.fields);
           },
           .begin = [this](server_call call) -> std::unique_ptr<plan> {
               return std::make_unique<post_plan>(*this, std::move(call));
           },
           .max_body = options_.max_body,
           .known_origins_only = true});
}

} // namespace chatwire::mcp
#endif
