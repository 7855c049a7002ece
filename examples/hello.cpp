// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
// One question, one answer.
//
//   hello BASE_URL KEY MODEL          hello http://127.0.0.1:8080/v1 demo-key chatwire-responder
#include <chatwire/blocking_client.hpp>

#include <iostream>

int main(int argc, char** argv)
{
    if (argc != 4) {
        std::cerr << "usage: " << argv[0] << " BASE_URL KEY MODEL\n";
        return 2;
    }
    std::string const url = argv[1], key = argv[2], model = argv[3];

    //[hello
    chatwire::blocking_client ai({.base_url = url, .api_key = key});
    auto const answer = ai.create({.model = model, .messages = {chatwire::message::user("Hello!")}});
    if (answer)
        std::cout << answer->text() << std::endl;
    else // why there is none: a code to decide by, and the service's words
        std::cerr << answer.error().what() << std::endl;
    //]
    return answer ? 0 : 1;
}
