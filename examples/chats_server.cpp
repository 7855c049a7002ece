// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
// Serves the Chats module: chats that are kept, and answered by a service for any OpenAI client.
//
//     chats_server http://127.0.0.1:11434/v1 llama3 8080
//     chats_client http://127.0.0.1:8080 adas-key aip_1 "Hello!"     ends with Forbidden: Ada may not delete
#include <chatwire/blocking_server.hpp>
#include <chatwire/chats/provider_completer.hpp>
#include <chatwire/chats/service.hpp>
#include <chatwire/store/memory.hpp>

#include <cstdlib>
#include <iostream>
#include <memory>

namespace chats = chatwire::chats;

int main(int argc, char** argv)
{
    if (argc < 3) {
        std::cerr << "usage: " << argv[0] << " UPSTREAM_BASE_URL MODEL [PORT [KEY_OF_THE_UPSTREAM]]\n";
        return 2;
    }
    //[service
    // store::sqlite and store::postgres keep more than a run of the program.
    chats::service service(std::make_shared<chatwire::store::memory>());
    service.add_project("prj_1");

    // Who answers: a service, by its provider; or a handler of one's own, by server.completer_for(handler).
    chats::ai_provider const upstream{.id = "aip_1",
                                      .project_id = "prj_1",
                                      .name = "The upstream",
                                      .provider = chats::provider_slug::custom,
                                      .default_model = argv[2],
                                      .base_url = argv[1],
                                      .secret = argc > 4 ? argv[4] : ""};
    for (auto const& fault : chats::faults(upstream)) {
        std::cerr << fault << std::endl;
        return 2;
    }
    auto const log = [](chatwire::failure const& why) { std::cerr << why.what() << std::endl; };
    service.add(upstream, chats::provider_completer(upstream, {}, log));

    // Who may what. A key of a project may no more than whom it belongs to, and nothing elsewhere.
    auto const ada =
        std::make_shared<chats::principal const>(chats::principal{.id = "usr_ada",
                                                                  .policies = {{chats::policy::parse(R"({"statement":[
                         {"effect":"Allow","action":"chats:*","resource":"soat:prj_1:chat:*"},
                         {"effect":"Deny","action":"chats:DeleteChat"}]})")
                                                                                    .value()}}});
    service.keys().add(chatwire::api_key("adas-key"), ada);
    //]

    chatwire::blocking_server server({.port = static_cast<std::uint16_t>(argc > 3 ? std::atoi(argv[3]) : 0)});
    service.mount(server.routes());
    std::cout << "listening on http://127.0.0.1:" << server.listen().value() << std::endl;
    server.run().value();
}
