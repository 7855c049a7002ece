// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include "config.hpp"

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
    if (c->listen.port < 0 || c->listen.port > 65535)
        return failure(errc::bad_value, "listen.port: expected 0 to 65535");
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
