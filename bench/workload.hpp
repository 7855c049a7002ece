// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_BENCH_WORKLOAD_HPP
#define CHATWIRE_BENCH_WORKLOAD_HPP

#include <cstddef>
#include <string>
#include <string_view>

/// What is measured on. The same bytes on every machine and at every call; all of it made up here.
namespace bench {

/// The body of a streamed answer.
struct stream {
    std::string body{};     ///< events, each `data: ...` and a blank line, the last of them `[DONE]`
    std::size_t chunks = 0; ///< events without `[DONE]`
};

/// The stream of the main rows: 2,000 events of about 326 bytes as OpenAI sends them, every tenth text with escapes,
/// each with an obfuscation string of another length.
stream plain();

/// The same answer as other services frame it, and answers of other kinds.
inline constexpr std::string_view other_streams[] = {
    "azure",       "groq",        "llama_cpp", "pathors", "tool_arguments", "reasoning",
    "tiny_tokens", "long_tokens", "escapes",   "cjk",     "emoji",
};
/// One of them.
stream other(std::string_view name);

/// Events no two of which have the same members in the same order, beyond those a decoder could remember.
stream shapeless();

/// One event whose text has 1.3 MB.
stream large_event();

/// A request of 15 kB: 20 messages, 5 tools.
std::string request_text();

/// A completion of 3 kB.
std::string completion_text();

} // namespace bench

#endif
