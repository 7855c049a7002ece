// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_TEST_SUPPORT_ANSWERS_HPP
#define CHATWIRE_TEST_SUPPORT_ANSWERS_HPP

#include <cstddef>
#include <cstdio>
#include <string>
#include <string_view>

/// What services answer, as bytes.
namespace chatwire::test {

inline constexpr std::string_view chunk_a =
    R"({"id":"c1","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"role":"assistant","content":"Hel"},"finish_reason":null}]})";
inline constexpr std::string_view chunk_b =
    R"({"id":"c1","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"content":"lo"},"finish_reason":null}]})";
inline constexpr std::string_view chunk_end =
    R"({"id":"c1","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]})";
inline constexpr std::string_view whole_answer =
    R"({"id":"c1","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"Hello"},"finish_reason":"stop"}],"usage":{"prompt_tokens":1,"completion_tokens":2,"total_tokens":3}})";

inline std::string event(std::string_view data) { return "data: " + std::string(data) + "\n\n"; }

/// "Hello" in two deltas, and a proper end.
inline std::string stream_body() { return event(chunk_a) + event(chunk_b) + event(chunk_end) + event("[DONE]"); }

/// An answer with Content-Length.
inline std::string http_answer(std::string_view body, int status = 200, std::string_view type = "application/json",
                               std::string_view fields = {})
{
    return "HTTP/1.1 " + std::to_string(status) + " X\r\nContent-Type: " + std::string(type) + "\r\n" +
           std::string(fields) + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + std::string(body);
}

inline std::string chunked_head(std::string_view type = "text/event-stream", std::string_view fields = {})
{
    return "HTTP/1.1 200 OK\r\nContent-Type: " + std::string(type) + "\r\n" + std::string(fields) +
           "Transfer-Encoding: chunked\r\n\r\n";
}

/// One chunk of a chunked body.
inline std::string framed(std::string_view data)
{
    char size[32];
    std::snprintf(size, sizeof size, "%zx\r\n", data.size());
    return size + std::string(data) + "\r\n";
}

/// An answer in chunks of at most `piece` bytes.
inline std::string chunked(std::string_view body, std::string_view type = "text/event-stream", std::size_t piece = 40)
{
    auto out = chunked_head(type);
    for (; !body.empty(); body.remove_prefix(std::min(piece, body.size())))
        out += framed(body.substr(0, piece));
    return out + "0\r\n\r\n";
}

/// An answer whose body ends with the connection.
inline std::string until_close(std::string_view body, std::string_view type = "text/event-stream")
{
    return "HTTP/1.1 200 OK\r\nContent-Type: " + std::string(type) + "\r\n\r\n" + std::string(body);
}

} // namespace chatwire::test
#endif
