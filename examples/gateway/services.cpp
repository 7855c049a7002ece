// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include "services.hpp"

#include <chatwire/chats/provider_completer.hpp>
#include <chatwire/chats/tools.hpp>
#include <chatwire/server/offline_completer.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <iostream>
#include <string>
#include <utility>

namespace gateway {
namespace {

chatwire::completer responder(responder_config const& c)
{
    return chatwire::offline_completer({}, std::chrono::milliseconds(c.pace_ms));
}

// What a provider answers; what it fails with, beyond what the caller is told, goes to the log.
chatwire::completer provider(provider_config const& c, chatwire::chats::ai_provider const& p, std::string model)
{
    if (c.responder)
        return responder(*c.responder);
    return chatwire::chats::provider_completer(p, std::move(model), [id = p.id](chatwire::failure const& f) {
        std::cerr << "gateway: provider " + id + ": " + f.what() + '\n';
    });
}

} // namespace

services::services(config const& c, parts const& p, std::shared_ptr<chatwire::store::backend> store)
    : pathors_(store), chats_(std::move(store), {.permission_for_stateless = c.permission_for_stateless}),
      tools_({.about = {.name = "chatwire-gateway", .title = "Chats", .version = "0.1"}})
{
    chatwire::chats::add_tools(tools_, chats_).value();

    // an entry of the config that says who answers
    auto const answerer = [&](auto const& entry) {
        if (entry.responder)
            return responder(*entry.responder);
        auto const at = std::find_if(c.providers.begin(), c.providers.end(),
                                     [&](auto const& x) { return x.id == *entry.provider; });
        auto const i = static_cast<std::size_t>(at - c.providers.begin());
        return provider(*at, p.providers[i], entry.model.value_or(""));
    };

    auto const now =
        std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch());
    auto const owner = [&](model_config const& m) -> std::string {
        for (auto const& x : c.providers)
            if (m.provider == x.id)
                return x.provider.value_or("chatwire");
        return "chatwire";
    };
    v1_.keys = c.keys;
    v1_.keys.anonymous = c.anonymous;
    if (c.limits.max_body_bytes)
        v1_.max_body = static_cast<std::uint64_t>(*c.limits.max_body_bytes);
    for (auto const& m : c.models)
        v1_.add_model({.id = m.id, .created = now.count(), .owned_by = owner(m)}, answerer(m));

    for (auto const& project : c.projects) {
        chats_.add_project(project.id);
        if (!project.pathway)
            continue;
        auto way = *project.pathway;
        for (auto const& x : c.providers) // whatever callers name: it is no member of the protocol's
            if (way.provider == x.id && !way.model)
                way.model = x.default_model;
        pathors_.add({.id = project.id,
                      .keys = project.keys,
                      .pathway = {.id = project.pathway->id.value_or(""),
                                  .instructions = project.pathway->instructions.value_or(""),
                                  .complete = answerer(way)}});
    }

    for (std::size_t i = 0; i < c.providers.size(); ++i)
        if (c.providers[i].project)
            chats_.add(p.providers[i], provider(c.providers[i], p.providers[i], {}));
    for (auto const& d : p.documents)
        chats_.add(d);
    for (auto const& [key, who] : p.keys)
        chats_.keys().add(chatwire::api_key(key), who);
}

void services::mount(chatwire::router& r)
{
    v1_.mount(r);
    pathors_.mount(r);
    chats_.mount(r);
    tools_.mount(r, "/mcp", [this](chatwire::server_call const& call) { return chats_.authenticate(call); });
}

} // namespace gateway
