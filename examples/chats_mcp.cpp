// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
// The Chats module as tools for models, by the Model Context Protocol: what examples/chats_server.cpp serves to
// programs, for whoever speaks MCP.
//
//     chats_mcp 8080           serves http://127.0.0.1:8080/mcp; calls show the key: Authorization: Bearer adas-key
//     chats_mcp --stdio        serves the program that has started this one
#include <chatwire/blocking_server.hpp>
#include <chatwire/chats/tools.hpp>
#include <chatwire/mcp_stdio.hpp>
#include <chatwire/server/offline_completer.hpp>
#include <chatwire/store/memory.hpp>

#include <cstdlib>
#include <iostream>
#include <memory>
#include <string>

namespace chats = chatwire::chats;
namespace mcp = chatwire::mcp;

int main(int argc, char** argv)
{
    chats::service service(std::make_shared<chatwire::store::memory>());
    service.add_project("prj_1");
    service.add({.id = "aip_1", .project_id = "prj_1", .default_model = "built-in"}, chatwire::offline_completer());
    auto const admin = std::make_shared<chats::principal const>(
        chats::principal{.what = chats::principal::kind::admin, .id = "usr_ada"});
    service.keys().add(chatwire::api_key("adas-key"), admin);

    //[tools
    mcp::tool_server tools({.about = {.name = "chats", .title = "Chats", .version = "1.0"}});
    chats::add_tools(tools, service).value(); // beside tools of one's own, if there are any

    if (argc > 1 && argv[1] == std::string("--stdio")) {
        // Over stdio nobody shows a key: whose calls they are is for this program to say.
        chatwire::http::request_head as;
        if (as.fields.set("Authorization", "Bearer adas-key"))
            return 1;
        return mcp::serve_stdio(tools, {.head = as}) ? 0 : 1;
    }

    chatwire::blocking_server server({.port = static_cast<std::uint16_t>(argc > 1 ? std::atoi(argv[1]) : 0)});
    service.mount(server.routes());
    tools.mount(server.routes(), "/mcp", [&](chatwire::server_call const& call) { return service.authenticate(call); });
    //]
    std::cout << "listening on http://127.0.0.1:" << server.listen().value() << std::endl;
    server.run().value();
}
