// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
// An OpenAI-compatible server in forty lines. Any client of the protocol talks to it:
//
//     tiny_server 8080 &
//     curl -N localhost:8080/v1/chat/completions -H 'Authorization: Bearer my-key'
//          -d '{"model":"parrot","stream":true,"messages":[{"role":"user","content":"Hello, parrot"}]}'
#include <chatwire/server.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>

#include <cstdlib>
#include <iostream>
#include <sstream>

//[server
// A handler only streams. Whether the caller sees events or one JSON answer is for the request to say.
boost::asio::awaitable<void> parrot(chatwire::request const& request, chatwire::responder& out)
{
    auto const& last = request.messages.back();
    std::istringstream words(last.content ? last.content->text() : "");
    for (std::string word; words >> word;)
        if (!co_await out.text(word + ' '))
            co_return; // nobody is listening any more
    (void)co_await out.finish();
}

int main(int argc, char** argv)
{
    boost::asio::io_context context;
    chatwire::server server(context.get_executor(),
                            {.port = static_cast<std::uint16_t>(argc > 1 ? std::atoi(argv[1]) : 0),
                             .api_keys = {"my-key"},
                             .models = {"parrot"}});
    server.on_completion(parrot);
    std::cout << "listening on http://127.0.0.1:" << server.listen().value() << std::endl;
    boost::asio::co_spawn(context, server.run(), boost::asio::detached);
    context.run();
}
//]
