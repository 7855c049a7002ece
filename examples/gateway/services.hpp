// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_EXAMPLES_GATEWAY_SERVICES_HPP
#define CHATWIRE_EXAMPLES_GATEWAY_SERVICES_HPP

#include "config.hpp"
#include "parts.hpp"

#include <chatwire/chats/service.hpp>
#include <chatwire/mcp/tool_server.hpp>
#include <chatwire/pathors/service.hpp>
#include <chatwire/server/completion_service.hpp>
#include <chatwire/store/store.hpp>

#include <memory>

namespace gateway {

/// The surfaces, as the config has them set up. They outlive the server that they are mounted on.
class services {
public:
    services(config const& c, parts const& p, std::shared_ptr<chatwire::store::backend> store);

    void mount(chatwire::router& r);
    /// The Chats module as tools, which are mounted at /mcp, too.
    chatwire::mcp::tool_server const& tools() const noexcept { return tools_; }

private:
    chatwire::completion_service v1_;
    chatwire::pathors::service pathors_;
    chatwire::chats::service chats_;
    chatwire::mcp::tool_server tools_;
};

} // namespace gateway
#endif
