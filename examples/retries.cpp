// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
//
// Asks a service that may be busy, and tells of every attempt.
//
//   retries BASE_URL [KEY] [PROMPT]          retries http://127.0.0.1:8080/v1 demo-key "Hello"
#include <chatwire/blocking_client.hpp>

#include <iostream>

int main(int argc, char** argv)
{
    if (argc < 2) {
        std::cerr << "usage: " << argv[0] << " BASE_URL [KEY] [PROMPT]\n";
        return 2;
    }
    //[retries
    chatwire::client_options options{.base_url = argv[1], .api_key = argc > 2 ? argv[2] : ""};
    options.retries.max_retries = 5;                            // 2 unless told otherwise; 0: never
    options.retries.max_retry_after = std::chrono::seconds(20); // who asks for more patience than that is given up
    options.on_attempt = [](chatwire::client_attempt const& a) {
        std::cerr << "attempt " << a.number << ": " << (a.failed ? a.failed->what() : "answered");
        if (a.delay)
            std::cerr << "; again in " << a.delay->count() << " ms";
        std::cerr << std::endl;
    };
    chatwire::blocking_client ai(options);
    //]
    auto const answer = ai.create({.messages = {chatwire::message::user(argc > 3 ? argv[3] : "Hello")}});
    if (!answer) {
        std::cerr << answer.error().what() << std::endl;
        return 1;
    }
    std::cout << answer->text() << std::endl;
}
