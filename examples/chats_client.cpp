// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
// Calls the Chats module: sets a chat up once, and then brings only the conversation.
//
//     chats_client http://127.0.0.1:8080 demo-key aip_demo "Hello!"
#include <chatwire/blocking_client.hpp>

#include <iostream>
#include <string>

namespace chats = chatwire::chats;

int main(int argc, char** argv)
{
    if (argc != 5) {
        std::cerr << "usage: " << argv[0] << " SERVER KEY AI_PROVIDER PROMPT\n";
        return 2;
    }
    std::string const provider = argv[3];
    auto const prompt = chats::message::user(argv[4]);
    try {
        //[client
        chats::blocking_client ai({.base_url = argv[1], .api_key = argv[2]});

        // Who answers, and how, is the chat's: it stays with the service until it is deleted.
        auto const chat = ai.create_chat({.ai_provider_id = provider,
                                          .name = "My Assistant",
                                          .system_message = "You are a helpful assistant."})
                              .value();
        std::cout << "chat: " << *chat.name << std::endl;

        auto const answer = ai.create_for_chat(chat.id, {.messages = {prompt}}).value();
        std::cout << "with the chat: " << answer.text() << std::endl;

        // Without one, each request says all of it. Streams work in both ways.
        auto stream = ai.stream({.messages = {prompt}, .ext = {.ai_provider_id = provider}}).value();
        std::cout << "without: ";
        while (auto const chunk = stream.next().value())
            std::cout << chunk->text() << std::flush;
        std::cout << std::endl;

        ai.delete_chat(chat.id).value();
        std::cout << "chats left with that id: ";
        int left = 0;
        for (auto const& c : ai.list_chats().value())
            left += c.id == chat.id;
        std::cout << left << std::endl;
        //]
    } catch (chatwire::exception const& e) { // what the service said, too: "Forbidden"
        std::cerr << e.what() << std::endl;
        return 1;
    }
}
