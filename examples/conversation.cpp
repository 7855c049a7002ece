// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
//
// Talks in a session, which remembers what was said.
//
//   conversation URL KEY PROJECT ID LINE...     conversation http://127.0.0.1:8080 demo-key prj_demo s-1 "Hello" "And you?"
#include <chatwire/blocking_client.hpp>
#include <chatwire/pathors/client.hpp>

#include <iostream>

int main(int argc, char** argv)
{
    using namespace chatwire;
    if (argc < 5) {
        std::cerr << "usage: " << argv[0] << " URL KEY PROJECT ID LINE...\n";
        return 2;
    }
    //[session
    pathors::blocking_client ai({.base_url = argv[1], .api_key = argv[2]}, argv[3]);
    auto s = ai.session(argv[4], raw_json::trusted(R"({"city":"Lisbon"})"));
    if (!s) {
        std::cerr << s.error().what() << std::endl;
        return 1;
    }
    for (int i = 5; i < argc; ++i) {
        auto const answer = s->say(argv[i]); // the service adds it to what it remembers
        if (!answer) {
            std::cerr << answer.error().what() << std::endl;
            return 1;
        }
        std::cout << answer->text() << std::endl;
    }
    //]
    if (auto const data = s->data())
        std::cerr << "[" << data->data.messages.size() << " messages are remembered]" << std::endl;
}
