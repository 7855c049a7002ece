// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include "config.hpp"

#include <chatwire/http/grammar.hpp>
#include <chatwire/server/origin_rules.hpp>

namespace gateway {

chatwire::result<config> read_config(std::string_view text)
{
    using chatwire::errc;
    using chatwire::failure;
    chatwire::json::read_options options;
    options.strict = true; // a misspelt member would otherwise be a setting that silently does not hold
    auto c = chatwire::json::read<config>(text, nullptr, options);
    if (!c)
        return c;
    if (auto const port = c->listen.port.value_or(0); port < 0 || port > 65535)
        return failure(errc::bad_value, "listen.port: expected 0 to 65535");
    auto const& l = c->limits;
    auto const& once = c->idempotency;
    for (auto const* n : {&l.max_connections, &l.max_body_bytes, &l.heartbeat_ms, &l.keep_alive_ms, &l.head_timeout_ms,
                          &l.body_timeout_ms, &l.write_timeout_ms, &l.drain_delay_ms, &l.drain_ms})
        if (n->value_or(0) < 0)
            return failure(errc::bad_value, "limits: must not be negative");
    for (auto const* n :
         {&once.max_answers, &once.max_bytes, &once.max_answer_bytes, &once.max_age_ms, &once.max_waiting})
        if (n->value_or(0) < 0)
            return failure(errc::bad_value, "idempotency: must not be negative");
    for (std::size_t i = 0; i < c->allowed_origins.size(); ++i)
        if (!chatwire::origin_rules::valid_origin(c->allowed_origins[i]))
            return failure(errc::bad_value, "allowed_origins[" + std::to_string(i) +
                                                "]: expected scheme://host or scheme://host:port, in lower case");
    for (std::size_t i = 0; i < c->allowed_hosts.size(); ++i)
        if (!chatwire::http::valid_host(c->allowed_hosts[i]))
            return failure(errc::bad_value,
                           "allowed_hosts[" + std::to_string(i) + "]: expected the name of a host, without a port");
    if (c->health_path && !c->health_path->empty() && !c->health_path->starts_with('/'))
        return failure(errc::bad_value, "health_path: expected a path");
    for (std::size_t i = 0; i < c->projects.size(); ++i) {
        auto const& p = c->projects[i];
        if (p.id.empty())
            return failure(errc::bad_value, "projects[" + std::to_string(i) + "].id: must not be empty");
        for (std::size_t j = 0; j < i; ++j)
            if (c->projects[j].id == p.id)
                return failure(errc::bad_value, "projects[" + std::to_string(i) + "].id: stands twice");
    }
    for (std::size_t i = 0; i < c->models.size(); ++i)
        if (c->models[i].id.empty())
            return failure(errc::bad_value, "models[" + std::to_string(i) + "].id: must not be empty");
    return c;
}

} // namespace gateway
