// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
//
// What a stream offers besides its chunks: loops, text alone, how fast it came, and the request's name.
//
//   streams BASE_URL [KEY] [PROMPT]          streams http://127.0.0.1:8080/v1 demo-key "Tell me a story."
#include <chatwire/client.hpp>

#include <boost/asio/io_context.hpp>

#include <chrono>
#include <iostream>

using chatwire::message;

namespace {

// Says what a loop cannot: whether the answer is whole.
int tell(chatwire::stream_end const& end)
{
    if (end.success())
        return 0;
    std::cerr << "[" << to_string(end.how) << ", " << end.error->what() << "]" << std::endl;
    return 1;
}

int print_texts(chatwire::blocking_client& ai, chatwire::request const& request)
{
    //[texts
    auto answer = ai.stream(request);
    if (!answer) {
        std::cerr << answer.error().what() << std::endl;
        return 1;
    }
    for (auto& piece : answer->texts())
        std::cout << piece << std::flush;
    std::cout << std::endl;
    if (!answer->completion().choices.empty() && answer->completion().choices[0].message.refusal)
        std::cout << "The model refuses." << std::endl;
    //]
    return tell(answer->end());
}

int print_chunks(chatwire::blocking_client& ai, chatwire::request const& request)
{
    auto answer = ai.stream(request);
    if (!answer) {
        std::cerr << answer.error().what() << std::endl;
        return 1;
    }
    //[chunks
    for (auto& chunk : *answer)
        for (auto& choice : chunk.choices)
            std::cout << choice.index << ": " << choice.delta.text() << std::endl;

    // The loop ends at the end, and at a failure, too. Which it was:
    if (auto const end = answer->end(); !end.success())
        std::cerr << to_string(end.how) << ", " << end.error->what() << std::endl;
    //]
    return tell(answer->end());
}

//[awaited
// Nothing is drawn from a stream in a `for` that awaits: there is no such loop in C++20.
boost::asio::awaitable<chatwire::stream_end> print_awaited(chatwire::stream& answer)
{
    for (;;) {
        auto const piece = co_await answer.next_text();
        if (!piece || !*piece)
            break;
        std::cout << **piece << std::flush;
    }
    std::cout << std::endl;
    co_return answer.end();
}
//]

void tell_figures(chatwire::stream& answer)
{
    //[figures
    using seconds = std::chrono::duration<double>;
    auto const& f = answer.figures();
    std::cerr << f.chunks << " chunks in " << seconds(f.duration()).count() << " s";
    if (auto const first = f.time_to_first_token())
        std::cerr << ", the first token after " << seconds(*first).count() << " s";
    if (auto const rate = f.tokens_per_second())
        std::cerr << ", then " << *rate << " tokens per second";
    std::cerr << std::endl;
    if (!answer.request_id().empty()) // what to tell the service's people, should something be wrong
        std::cerr << "request " << answer.request_id() << std::endl;
    //]
}

boost::asio::awaitable<int> await_text(chatwire::client& ai, chatwire::request const& request)
{
    auto answer = co_await ai.stream(request);
    if (!answer) {
        std::cerr << answer.error().what() << std::endl;
        co_return 1;
    }
    auto const end = co_await print_awaited(*answer);
    tell_figures(*answer);
    co_return tell(end);
}

} // namespace

int main(int argc, char** argv)
{
    if (argc < 2) {
        std::cerr << "usage: " << argv[0] << " BASE_URL [KEY] [PROMPT]\n";
        return 2;
    }
    chatwire::client_options const options{.base_url = argv[1], .api_key = argc > 2 ? argv[2] : ""};
    chatwire::request const request{.messages = {message::user(argc > 3 ? argv[3] : "Tell me a story.")},
                                    .stream_options = chatwire::stream_options{.include_usage = true}};

    chatwire::blocking_client blocking(options);
    if (int const failed = print_texts(blocking, request) + print_chunks(blocking, request))
        return failed > 0;
    boost::asio::io_context context;
    chatwire::client ai(context.get_executor(), options);
    return chatwire::transport::block_on(context, await_text(ai, request));
}
