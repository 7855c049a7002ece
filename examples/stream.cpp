// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
//
// Prints an answer while it comes, and tells how it ended.
//
//   stream BASE_URL [KEY] [PROMPT]          stream http://127.0.0.1:8080/v1 demo-key "Tell me a story."
#include <chatwire/blocking_client.hpp>

#include <iostream>

int main(int argc, char** argv)
{
    if (argc < 2) {
        std::cerr << "usage: " << argv[0] << " BASE_URL [KEY] [PROMPT]\n";
        return 2;
    }
    chatwire::blocking_client ai({.base_url = argv[1],
                                  .api_key = argc > 2 ? argv[2] : "",
                                  .idle_timeout = std::chrono::seconds(20)}); // silence of that length is a failure

    //[stream
    // A service that refuses does so here; what it says is in the failure.
    auto answer = ai.stream({.messages = {chatwire::message::user(argc > 3 ? argv[3] : "Tell me a story.")}});
    if (!answer) {
        std::cerr << answer.error().what() << std::endl;
        return 1;
    }
    for (;;) {
        auto const chunk = answer->next(); // a chunk, or nothing at the end, or the failure that ended it
        if (!chunk || !*chunk)
            break;
        std::cout << (*chunk)->text() << std::flush;
    }
    std::cout << std::endl;

    // An answer that just stops coming is never taken for a whole one.
    auto const end = answer->end();
    std::cerr << "[" << to_string(end.how) << (end.error ? ", " + end.error->what() : "") << "]" << std::endl;
    //]

    // All of it in one piece, tool calls and usage included; of a stream that broke off, what there is.
    auto const whole = answer->completion();
    if (whole.usage && whole.usage->known())
        std::cerr << "[" << whole.usage->total_tokens << " tokens]" << std::endl;
    return end.success() ? 0 : 1;
}
