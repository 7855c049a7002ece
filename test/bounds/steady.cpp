// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
// A stream that goes on as it began: nothing more is allocated, and what an open stream takes is stated.
// `test_bounds --run_test=bounds_steady -- figures` prints a line for each.
#include "figures.hpp"
#include "heap.hpp"

#include <chatwire/client/stream_decoder.hpp>

#include <boost/test/unit_test.hpp>

#include <cstdio>
#include <memory>
#include <string>
#include <string_view>

BOOST_AUTO_TEST_SUITE(bounds_steady)

namespace bounds_steady_test {

using namespace chatwire;
using namespace chatwire::test;

std::string event(std::string_view delta, std::size_t index, std::string_view rest)
{
    return R"(data: {"id":"chatcmpl-0123456789abcdefghijklmnop","object":"chat.completion.chunk","created":1741570283,)"
           R"("model":"a-model-with-a-name","service_tier":"default","system_fingerprint":"fp_0123456789",)"
           R"("choices":[{"index":)" +
           std::to_string(index) + R"(,"delta":{)" + std::string(delta) +
           R"(},"logprobs":null,"finish_reason":null}])" + std::string(rest) + "}\n\n";
}

// Streams of which every event is like one before it, in one way or another.
struct stream {
    std::string_view name;
    std::string (*of)(std::size_t i);
};

constexpr std::string_view words[] = {" the",
                                      "",
                                      "\\n\\n",
                                      " quick",
                                      " \\\"fox\\\"",
                                      "\xe4\xbd\xa0\xe5\xa5\xbd",
                                      " \xf0\x9f\x98\x80",
                                      " \\u00e9t\\u00e9",
                                      " a word of twenty-five bytes"};

std::string content(std::size_t i) { return R"("content":")" + std::string(words[i % std::size(words)]) + '"'; }

stream const streams[] = {
    {"text",
     [](std::size_t i) {
         return event(content(i), 0, R"(,"usage":null,"obfuscation":")" + std::string(i % 14, 'x') + '"');
     }},
    {"two choices", [](std::size_t i) { return event(content(i), i % 2, ""); }},
    {"arguments of a tool",
     [](std::size_t i) {
         return event(R"("tool_calls":[{"index":0,"function":{"arguments":")" + std::string(words[i % 9]) + "\"}}]", 0,
                      "");
     }},
    {"reasoning, members that are null",
     [](std::size_t i) {
         return event(R"("role":null,"reasoning_content":")" + std::string(words[i % 9]) + R"(","tool_calls":null)", 0,
                      "");
     }},
    {"counts that go on",
     [](std::size_t i) {
         auto const n = std::to_string(i);
         return event(content(i), 0,
                      R"(,"usage":{"prompt_tokens":9,"completion_tokens":)" + n + R"(,"total_tokens":)" + n +
                          R"(},"n":)" + n);
     }},
};

// Feeds what is told to a decoder, in pieces of a kind.
std::size_t read(stream_decoder& decoder, std::string_view body, std::size_t piece)
{
    std::size_t chunks = 0;
    for (; !body.empty(); body.remove_prefix(std::min(piece, body.size()))) {
        decoder.lend(body.substr(0, piece));
        while (decoder.next() == decoded::chunk)
            ++chunks;
    }
    return chunks;
}

BOOST_AUTO_TEST_CASE(a_steady_stream_allocates_nothing)
{
    for (auto const& s : streams)
        for (std::size_t const piece : {std::size_t{1460}, std::size_t{16384}, std::size_t{64}}) {
            diagnostics log;
            log.max_kept = 0;
            auto const decoder = std::make_unique<stream_decoder>(stream_decoder_options{}, &log);
            std::string begun, steady;
            for (std::size_t i = 0; i < 640; ++i)
                begun += s.of(i);
            for (std::size_t i = 640; i < 2640; ++i)
                steady += s.of(i);
            auto const chunks = read(*decoder, begun, piece);
            BOOST_TEST(chunks == 640U);
            for (std::size_t i = 640; i < 658; ++i) { // each kind of event once without the end of its empty line
                auto const cut = s.of(i);
                read(*decoder, cut, cut.size() - 1);
            }
            heap_watch watch;
            auto const more = read(*decoder, steady, piece);
            watch.stop();
            BOOST_TEST(more == 2000U);
            BOOST_TEST(watch.requests() == 0U, s.name << ", by " << piece << ": " << watch.requests());
        }
}

BOOST_AUTO_TEST_CASE(what_an_open_stream_takes)
{
    for (auto const& s : streams) {
        std::string body;
        for (std::size_t i = 0; i < 200; ++i)
            body += s.of(i);
        heap_watch watch;
        auto const decoder = std::make_unique<stream_decoder>();
        read(*decoder, body, 16384);
        watch.stop();
        if (wants_figures())
            std::printf("%-36s %6zu bytes\n", std::string(s.name).c_str(), watch.peak());
        BOOST_TEST(watch.peak() < 32U * 1024, s.name << ": " << watch.peak());
    }
}

} // namespace bounds_steady_test

BOOST_AUTO_TEST_SUITE_END()
