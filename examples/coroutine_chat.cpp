// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
//
// A conversation of two turns: calls are awaited, and others of the program run meanwhile. Compare with
// blocking_chat.cpp.
//
//   coroutine_chat BASE_URL [KEY]          coroutine_chat http://127.0.0.1:8080/v1 demo-key
#include <chatwire/client.hpp>

#include <iostream>
#include <memory>

using client = chatwire::client;

// What a call of this client returns is a task: here a boost::asio::awaitable of the result.
client::task<int> talk(std::unique_ptr<client> ai)
{
    char const* const questions[] = {"Hello, my name is Ada.", "What is my name?"};
    chatwire::request conversation{.messages = {chatwire::message::system("Answer in one sentence.")}};
    for (auto const* question : questions) {
        std::cout << "you: " << question << std::endl;
        conversation.messages.push_back(chatwire::message::user(question));
        auto const answer = co_await ai->create(conversation); // the service gets the whole conversation every time
        if (!answer) {                                         // why there is none: as a code, and in words
            std::cerr << answer.error().what() << std::endl;
            co_return 1;
        }
        std::cout << "model: " << answer->text() << std::endl;
        conversation.messages.push_back(answer->choices.front().message);
    }
    co_return 0;
}

int main(int argc, char** argv)
{
    if (argc < 2) {
        std::cerr << "usage: " << argv[0] << " BASE_URL [KEY]\n";
        return 2;
    }
    chatwire::client_options const options{.base_url = argv[1], .api_key = argc > 2 ? argv[2] : ""};
    return chatwire::transport::block_on([&](auto ex) { return talk(std::make_unique<client>(ex, options)); });
}
