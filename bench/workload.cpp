// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include "workload.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <initializer_list>
#include <iterator>
#include <random>
#include <stdexcept>
#include <utility>
#include <vector>

namespace bench {
namespace {

constexpr std::size_t events = 2'000;

// JSON string literals without their quotes.
constexpr std::string_view words[] = {
    "The",      " speed",   " of",       " a",         " codec",  " is",     " what",   " the",     " memory",
    " gives",   ",",        " and",      " tokens",    " come",   " one",    " after",  " another", ".",
    " Each",    " carries", " the same", " envelope",  " around", " few",    " new",    " letters", ";",
    " nothing", " else",    " changes",  " between",   " two",    " events", " of",     " an",      " answer",
    " while",   " it",      " lasts",    " therefore", " most",   " bytes",  " repeat", "-",        "ing",
};
constexpr std::string_view escaped_words[] = {"\\n\\n", " \\\"quoted\\\"", "\\n- ", " C:\\\\temp", "\\tcaf\\u00e9"};
constexpr std::string_view heavy[] = {"\\n\\t\\\"a\\\"\\\\\\n", "\\u4f60\\u597d\\n", "\\ud83d\\ude00\\ud83d\\ude80",
                                      "\\\"\\\\\\\"\\\\", "\\u00e9\\u00e8\\u00ea x\\n"};
constexpr std::string_view cjk[] = {"\xe4\xbd\xa0\xe5\xa5\xbd",
                                    "\xe4\xb8\x96\xe7\x95\x8c",
                                    "\xe3\x80\x82",
                                    "\xe6\xb5\x81",
                                    "\xe3\x81\x93\xe3\x82\x93\xe3\x81\xab\xe3\x81\xa1\xe3\x81\xaf",
                                    "\xed\x95\x9c\xea\xb5\xad\xec\x96\xb4",
                                    "\xe7\x9a\x84",
                                    "\xe5\xae\xb9\xe8\xa8\x98\xe6\x86\xb6\xe9\xab\x94"};
constexpr std::string_view emoji[] = {"\xf0\x9f\x98\x80", " \xf0\x9f\x9a\x80",
                                      "\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x92\xbb",
                                      "\xf0\x9f\x87\xb9\xf0\x9f\x87\xbc", " ok \xf0\x9f\x91\x8d"};

// The engine's numbers are the same everywhere; those of the standard's distributions are not.
class dice {
public:
    explicit dice(std::uint32_t seed) : engine_(seed) {}

    std::size_t below(std::size_t n) { return engine_() % n; }

    template <class List>
    auto const& one_of(List const& list)
    {
        return list[below(std::size(list))];
    }

    std::string letters(std::size_t n)
    {
        constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
        std::string out;
        for (std::size_t i = 0; i < n; ++i)
            out += alphabet[below(alphabet.size())];
        return out;
    }

    // every tenth with escapes
    std::string word(std::size_t i) { return std::string(i % 10 == 9 ? one_of(escaped_words) : one_of(words)); }

private:
    std::mt19937 engine_;
};

std::string join(std::initializer_list<std::string_view> parts)
{
    std::string out;
    for (auto const part : parts)
        out += part;
    return out;
}

std::string number(std::uint64_t n) { return std::to_string(n); }

stream frame(std::vector<std::string> const& data)
{
    stream s{.chunks = data.size()};
    for (auto const& d : data)
        s.body += join({"data: ", d, "\n\n"});
    s.body += "data: [DONE]\n\n";
    return s;
}

constexpr std::string_view openai_head =
    R"({"id":"chatcmpl-C8Xk2v9QmT7pLr4sWn1Yb6ZdHf3Gj","object":"chat.completion.chunk","created":1757000000,)"
    R"("model":"gpt-4o-mini-2024-07-18","service_tier":"default","system_fingerprint":"fp_560af6e559","choices":[)";

std::string openai_event(std::string_view delta, std::string_view finish, std::string_view obfuscation)
{
    return join({openai_head, R"({"index":0,"delta":)", delta, R"(,"logprobs":null,"finish_reason":)", finish,
                 R"(}],"usage":null,"obfuscation":")", obfuscation, "\"}"});
}

std::string usage_object(std::size_t n)
{
    return join({R"({"prompt_tokens":57,"completion_tokens":)", number(n), R"(,"total_tokens":)", number(n + 57),
                 R"(,"prompt_tokens_details":{"cached_tokens":0,"audio_tokens":0},)"
                 R"("completion_tokens_details":{"reasoning_tokens":0,"audio_tokens":0,)"
                 R"("accepted_prediction_tokens":0,"rejected_prediction_tokens":0}})"});
}

// What OpenAI sends for an answer: the role, the texts, the end, the usage.
template <class Text>
stream openai_stream(std::size_t n, Text text)
{
    dice d(6);
    std::vector<std::string> data;
    data.push_back(openai_event(R"({"role":"assistant","content":"","refusal":null})", "null", d.letters(8)));
    for (std::size_t i = 0; i + 3 < n; ++i) {
        std::string const token = text(d, i);
        // as long as text and padding together have a length that says little
        auto const padding = 2 + d.below(token.size() < 14 ? 16 - token.size() : 2);
        data.push_back(openai_event(join({R"({"content":")", token, "\"}"}), "null", d.letters(padding)));
    }
    data.push_back(openai_event("{}", "\"stop\"", d.letters(5)));
    data.push_back(
        join({openai_head, R"(],"usage":)", usage_object(n - 3), R"(,"obfuscation":")", d.letters(2), "\"}"}));
    return frame(data);
}

template <class List>
stream of_words(List const& list)
{
    return openai_stream(events, [&](dice& d, std::size_t) { return std::string(d.one_of(list)); });
}

stream azure()
{
    constexpr std::string_view head =
        R"(],"created":1757000000,"id":"chatcmpl-C8Xk2v9QmT7pLr4sWn1Yb6ZdHf3Gj",)"
        R"("model":"gpt-4o-2024-11-20","object":"chat.completion.chunk","system_fingerprint":"fp_ee1d74bde0"})";
    constexpr std::string_view safe =
        R"({"hate":{"filtered":false,"severity":"safe"},"self_harm":{"filtered":false,"severity":"safe"},)"
        R"("sexual":{"filtered":false,"severity":"safe"},"violence":{"filtered":false,"severity":"safe"}})";
    dice d(7);
    std::vector<std::string> data;
    data.push_back(join({R"({"choices":[],"created":0,"id":"","model":"","object":"","prompt_filter_results":)"
                         R"([{"prompt_index":0,"content_filter_results":)",
                         safe, "}]}"}));
    data.push_back(
        join({R"({"choices":[{"content_filter_results":{},"delta":{"content":"","refusal":null,"role":"assistant"},)"
              R"("finish_reason":null,"index":0,"logprobs":null})",
              head}));
    while (data.size() + 1 < events)
        data.push_back(join({R"({"choices":[{"content_filter_results":)", safe, R"(,"delta":{"content":")",
                             d.word(data.size()), R"("},"finish_reason":null,"index":0,"logprobs":null})", head}));
    data.push_back(join(
        {R"({"choices":[{"content_filter_results":{},"delta":{},"finish_reason":"stop","index":0,"logprobs":null})",
         head}));
    return frame(data);
}

stream groq()
{
    constexpr std::string_view head =
        R"({"id":"chatcmpl-f51b2cd2-bef7-417e-964e-a08f0b513c22","object":"chat.completion.chunk",)"
        R"("created":1757000000,"model":"llama-3.3-70b-versatile","system_fingerprint":"fp_76dc6cf67d",)";
    dice d(8);
    std::vector<std::string> data;
    data.push_back(join(
        {head,
         R"("choices":[{"index":0,"delta":{"role":"assistant","content":""},"logprobs":null,"finish_reason":null}],)"
         R"("x_groq":{"id":"req_01jbd6g2qdfw2adyrt2az8hz4w"}})"}));
    while (data.size() + 1 < events)
        data.push_back(join({head, R"("choices":[{"index":0,"delta":{"content":")", d.word(data.size()),
                             R"("},"logprobs":null,"finish_reason":null}]})"}));
    data.push_back(
        join({head, R"("choices":[{"index":0,"delta":{},"logprobs":null,"finish_reason":"stop"}],"x_groq":{)"
                    R"("id":"req_01jbd6g2qdfw2adyrt2az8hz4w","usage":{"queue_time":0.037,"prompt_tokens":57,)"
                    R"("prompt_time":0.0029,"completion_tokens":1998,"completion_time":7.26,"total_tokens":2055,)"
                    R"("total_time":7.263}}})"}));
    return frame(data);
}

// with timings_per_token: every event has other numbers at its end
stream llama_cpp()
{
    constexpr std::string_view tail =
        R"("created":1757000000,"id":"chatcmpl-VuFS7cVdNZjRwFCAk4xQdyzTzLz0QTe5",)"
        R"("model":"qwen2.5-7b-instruct-q4_k_m.gguf","system_fingerprint":"b6210-a1b2c3d4","object":"chat.completion.chunk")";
    dice d(9);
    std::vector<std::string> data;
    data.push_back(join(
        {R"({"choices":[{"finish_reason":null,"index":0,"delta":{"role":"assistant","content":null}}],)", tail, "}"}));
    while (data.size() + 1 < events) {
        auto const n = data.size();
        data.push_back(join(
            {R"({"choices":[{"finish_reason":null,"index":0,"delta":{"content":")", d.word(n), R"("}}],)", tail,
             R"(,"timings":{"prompt_n":57,"prompt_ms":81.253,"prompt_per_token_ms":1.4254912280701754,"prompt_per_second":)"
             R"(701.5125595362633,"predicted_n":)",
             number(n), R"(,"predicted_ms":)", number(n * 21 + d.below(20)), ".", number(100 + d.below(900)),
             R"(,"predicted_per_token_ms":21.)", number(1'000'000 + d.below(1'000'000)),
             R"(,"predicted_per_second":46.)", number(1'000'000 + d.below(1'000'000)), "}}"}));
    }
    data.push_back(join({R"({"choices":[{"finish_reason":"stop","index":0,"delta":{}}],)", tail, "}"}));
    return frame(data);
}

stream pathors()
{
    constexpr std::string_view head =
        R"({"id":"chatcmpl-0198f3a2b4c6d8e0","object":"chat.completion.chunk","created":1757000000,)"
        R"("model":"pathway-default","choices":[{"index":0,"delta":)";
    constexpr std::string_view tail = R"(}],"session_id":"0198f3a2-77aa-7c1e-b1d4-9c0de5f00d11"})";
    dice d(10);
    std::vector<std::string> data;
    data.push_back(join({head, R"({"role":"assistant","content":""},"finish_reason":null)", tail}));
    while (data.size() + 1 < events)
        data.push_back(join({head, R"({"content":")", d.word(data.size()), R"("},"finish_reason":null)", tail}));
    data.push_back(join({head, R"({},"finish_reason":"stop")", tail}));
    return frame(data);
}

stream tool_arguments()
{
    constexpr std::string_view pieces[] = {R"({\")",   "city", R"(\":\")", "Tai", "pei",
                                           R"(\",\")", "days", R"(\":)",   "3",   "}"};
    dice d(11);
    std::vector<std::string> data;
    data.push_back(openai_event(R"({"role":"assistant","content":null,"refusal":null})", "null", d.letters(4)));
    for (std::size_t call = 0; call < 4; ++call) {
        auto const index = number(call);
        auto const id = d.letters(24);
        data.push_back(
            openai_event(join({R"({"tool_calls":[{"index":)", index, R"(,"id":"call_)", id,
                               R"(","type":"function","function":{"name":"get_weather","arguments":""}}]})"}),
                         "null", d.letters(4)));
        for (std::size_t i = 0; i < events / 4; ++i)
            data.push_back(openai_event(join({R"({"tool_calls":[{"index":)", index, R"(,"function":{"arguments":")",
                                              pieces[i % std::size(pieces)], R"("}}]})"}),
                                        "null", d.letters(2 + d.below(8))));
    }
    data.push_back(openai_event("{}", "\"tool_calls\"", d.letters(3)));
    return frame(data);
}

// DeepSeek and vLLM: thoughts first, with a usage that grows in every event
stream reasoning()
{
    constexpr std::string_view head =
        R"({"id":"4c8f1f5e-93f1-4d4e-b6f0-0a9d6ad1c9b1","object":"chat.completion.chunk","created":1757000000,)"
        R"("model":"deepseek-reasoner","system_fingerprint":"fp_8802369eaa","choices":[{"index":0,"delta":)";
    dice d(12);
    std::vector<std::string> data;
    while (data.size() < events) {
        auto const n = data.size();
        auto const word = d.word(n);
        auto const end = n + 1 == events;
        auto const delta = end              ? std::string(R"({"content":"","reasoning_content":null})")
                           : n < events / 2 ? join({R"({"content":null,"reasoning_content":")", word, "\"}"})
                                            : join({R"({"content":")", word, R"(","reasoning_content":null})"});
        data.push_back(join({head, delta, R"(,"logprobs":null,"finish_reason":)", end ? "\"stop\"" : "null",
                             R"(}],"usage":{"prompt_tokens":57,"completion_tokens":)", number(n + 1),
                             R"(,"total_tokens":)", number(n + 58), "}}"}));
    }
    return frame(data);
}

// about `length` bytes of words
std::string prose(dice& d, std::size_t length)
{
    std::string out;
    while (out.size() < length)
        out += d.word(d.below(30));
    return out;
}

} // namespace

stream plain()
{
    return openai_stream(events, [](dice& d, std::size_t i) { return d.word(i); });
}

stream other(std::string_view name)
{
    if (name == "azure")
        return azure();
    if (name == "groq")
        return groq();
    if (name == "llama_cpp")
        return llama_cpp();
    if (name == "pathors")
        return pathors();
    if (name == "tool_arguments")
        return tool_arguments();
    if (name == "reasoning")
        return reasoning();
    if (name == "tiny_tokens")
        return openai_stream(events, [](dice& d, std::size_t) { return d.letters(1); });
    if (name == "long_tokens")
        return openai_stream(events / 10, [](dice& d, std::size_t) { return prose(d, 4'000); });
    if (name == "escapes")
        return of_words(heavy);
    if (name == "cjk")
        return of_words(cjk);
    if (name == "emoji")
        return of_words(emoji);
    throw std::invalid_argument("no such stream");
}

stream shapeless()
{
    dice d(13);
    std::vector<std::string> data;
    for (std::size_t n = 0; n < events; ++n) {
        auto const end = n + 1 == events;
        std::string delta = end ? "{}" : join({R"({"content":")", d.word(n), "\"}"});
        std::array<std::string, 8> members = {
            join({R"("id":"chatcmpl-)", d.letters(29), "\""}),
            R"("object":"chat.completion.chunk")",
            join({R"("created":)", number(1'757'000'000 + n)}),
            R"("model":"gpt-4o-mini-2024-07-18")",
            R"("service_tier":"default")",
            R"("system_fingerprint":"fp_560af6e559")",
            R"("usage":null)",
            join({R"("obfuscation":")", d.letters(2 + d.below(8)), "\""}),
        };
        std::array<std::string, 4> choice = {
            R"("index":0)",
            join({R"("delta":)", delta}),
            R"("logprobs":null)",
            join({R"("finish_reason":)", end ? "\"stop\"" : "null"}),
        };
        // the orders of 9 things and of 4, counted through: none comes twice
        for (std::size_t i = choice.size(); i > 1; --i)
            std::swap(choice[i - 1], choice[d.below(i)]);
        for (std::size_t i = members.size(), k = n; i > 1; k /= i, --i)
            std::swap(members[i - 1], members[k % i]);
        std::string text = "{";
        for (auto const& m : members)
            text += join({m, ","});
        text += join({R"("choices":[{)", choice[0], ",", choice[1], ",", choice[2], ",", choice[3], "}]}"});
        data.push_back(std::move(text));
    }
    return frame(data);
}

stream large_event()
{
    dice d(14);
    return frame(
        {openai_event(join({R"({"role":"assistant","content":")", prose(d, 1'300'000), "\"}"}), "\"stop\"", "ab")});
}

std::string request_text()
{
    dice d(15);
    std::string out = R"({"model":"gpt-4o-mini","messages":[{"role":"system","content":")" + prose(d, 1'900) + "\"}";
    for (std::size_t i = 0; i < 6; ++i) {
        auto const id = d.letters(24);
        out += join({R"(,{"role":"user","content":)"});
        out += i == 3 ? join({R"([{"type":"text","text":")", prose(d, 200), R"("},{"type":"text","text":")",
                              prose(d, 200), "\"}]"})
                      : join({"\"", prose(d, 340), "\""});
        out +=
            join({R"(},{"role":"assistant","content":null,"tool_calls":[{"id":"call_)", id,
                  R"(","type":"function","function":{"name":"get_weather","arguments":"{\"city\":\"Taipei\",\"days\":)",
                  number(i), R"(}"}}]},{"role":"tool","content":")", prose(d, 620), R"(","tool_call_id":"call_)", id,
                  "\"}"});
    }
    out += join({R"(,{"role":"user","content":")", prose(d, 300), R"("}],"tools":[)"});
    constexpr std::string_view names[] = {"get_weather", "search_documents", "send_message", "create_event",
                                          "run_query"};
    for (auto const name : names) {
        if (name != names[0])
            out += ',';
        out += join({R"({"type":"function","function":{"name":")", name, R"(","description":")", prose(d, 180),
                     R"(","parameters":{"type":"object","properties":{)"});
        for (std::size_t i = 0; i < 5; ++i)
            out += join({i ? "," : "", "\"argument_", number(i), R"(":{"type":)", i % 2 ? "\"string\"" : "\"integer\"",
                         R"(,"description":")", prose(d, 50), R"("})"});
        out += R"(},"required":["argument_0","argument_1"],"additionalProperties":false},"strict":true}})";
    }
    out +=
        R"(],"tool_choice":"auto","parallel_tool_calls":true,"temperature":0.7,"top_p":0.95,"max_completion_tokens":1024,)"
        R"("seed":42,"frequency_penalty":0.5,"metadata":{"customer":"c-1729","topic":"weather"},"store":false,"user":"user-8128",)"
        R"("stream":true,"stream_options":{"include_usage":true}})";
    return out;
}

std::string completion_text()
{
    dice d(16);
    return join(
        {R"({"id":"chatcmpl-C8Xk2v9QmT7pLr4sWn1Yb6ZdHf3Gj","object":"chat.completion","created":1757000000,)"
         R"("model":"gpt-4o-mini-2024-07-18","choices":[{"index":0,"message":{"role":"assistant","content":")",
         prose(d, 2'150), R"(","refusal":null,"tool_calls":[{"id":"call_)", d.letters(24),
         R"(","type":"function","function":{"name":"get_weather","arguments":"{\"city\":\"Taipei\",\"days\":3}"}}]},)"
         R"("logprobs":null,"finish_reason":"tool_calls"}],"usage":)",
         usage_object(612), R"(,"service_tier":"default","system_fingerprint":"fp_560af6e559"})"});
}

} // namespace bench
