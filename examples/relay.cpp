// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
// A server that has its answers from another: callers have this server's key, and only it knows the other's.
//
//     relay https://api.openai.com/v1 sk-the-others-key gpt-4o-mini 8080 &
//     curl -N localhost:8080/v1/chat/completions -H 'Authorization: Bearer my-key'
//          -d '{"model":"fast","stream":true,"messages":[{"role":"user","content":"Hello"}]}'
#include <chatwire/relay/relay.hpp>
#include <chatwire/server.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>

#include <cstdlib>
#include <iostream>

int main(int argc, char** argv)
{
    if (argc < 4) {
        std::cerr << "usage: relay BASE_URL KEY MODEL [PORT]\n";
        return 2;
    }
    //[relay
    boost::asio::io_context context;
    chatwire::server server(context.get_executor(),
                            {.port = static_cast<std::uint16_t>(argc > 4 ? std::atoi(argv[4]) : 0),
                             .api_keys = {"my-key"},
                             .models = {"fast"}});
    server.on_completion(chatwire::relay_to({
        .client = {.base_url = argv[1], .api_key = argv[2]},
        .model = argv[3], // what the other calls it
        .on_failure = [](chatwire::failure const& f) { std::cerr << f.what() << std::endl; },
    }));
    std::cout << "listening on http://127.0.0.1:" << server.listen().value() << std::endl;
    boost::asio::co_spawn(context, server.run(), boost::asio::detached);
    context.run();
    //]
}
