// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
// The server of tiny_server.cpp on plain threads: the handler may block, and is called on a thread of its own.
//
//     blocking_server 8080
#include <chatwire/blocking_server.hpp>

#include <chrono>
#include <cstdlib>
#include <iostream>
#include <sstream>
#include <thread>

// A handler only streams. Whether the caller sees events or one JSON answer is for the request to say.
void parrot(chatwire::request const& request, chatwire::blocking_responder& out)
{
    auto const& last = request.messages.back();
    std::istringstream words(last.content ? last.content->text() : "");
    for (std::string word; words >> word;) {
        std::this_thread::sleep_for(std::chrono::milliseconds(50)); // an engine at work
        if (!out.text(word + ' '))
            return; // nobody is listening any more
    }
    (void)out.finish();
}

int main(int argc, char** argv)
{
    chatwire::blocking_server server({.port = static_cast<std::uint16_t>(argc > 1 ? std::atoi(argv[1]) : 0),
                                      .api_keys = {"my-key"},
                                      .models = {"parrot"}});
    server.on_completion(parrot);
    std::cout << "listening on http://127.0.0.1:" << server.listen().value() << std::endl;
    server.run().value();
}
