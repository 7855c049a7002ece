// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
//
// Invariant: for any data of an event,
// - strict mode refuses exactly what has a diagnostic in lenient mode, and takes the rest as the same chunks;
// - a chunk that was read is written as JSON, by another parser's judgement too, which is read as the same chunk;
// - a chunk whose memory was used for another one before is read as a new one is;
// - after whatever came, the reader reads the next event as a new reader does.
#include "json_texts.hpp"

#include <chatwire/json/chunk_reader.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace fuzz_chunk {

using namespace chatwire;
using namespace chatwire::fuzz;

// Every member that is read, so that each has something to forget.
constexpr std::string_view full =
    R"({"id":"c","object":"chat.completion.chunk","created":1,"model":"m","service_tier":"auto","obfuscation":"xyz",)"
    R"("system_fingerprint":"f","usage":{"prompt_tokens":1,"completion_tokens":2,"total_tokens":3,)"
    R"("prompt_tokens_details":{"cached_tokens":1},"completion_tokens_details":{"reasoning_tokens":1}},"more":[1],)"
    R"("choices":[{"index":1,"finish_reason":"stop","delta":{"role":"assistant","content":"x","refusal":"r",)"
    R"("reasoning_content":"w","function_call":{"name":"n","arguments":"{}"},"tool_calls":[{"index":0,"id":"i",)"
    R"("type":"function","function":{"name":"n","arguments":"{}"}},{"index":1,"id":"j","extra":true}]},)"
    R"("logprobs":{"content":[{"token":"t","logprob":-1,"bytes":[1],"top_logprobs":[]}],"refusal":null}},)"
    R"({"index":0,"delta":{},"finish_reason":null}]})";

// The same, of which no delta answers anything, so that it decides nothing about the next.
std::string const before = [] {
    std::string text(full);
    for (std::string_view const said :
         {R"("content":"x",)", R"("refusal":"r",)", R"(,"function_call":{"name":"n","arguments":"{}"})"})
        text.erase(text.find(said), said.size());
    auto const calls = text.find(R"(,"tool_calls":[)");
    text.erase(calls, text.find("}]}", calls) + 2 - calls);
    return text;
}();

struct seen {
    std::vector<chunk> chunks{};
    std::string how{}; // it ended
    std::uint64_t diagnostics = 0;
};

seen read(json::chunk_reader<>& in, diagnostics const& log, std::string_view data)
{
    seen out;
    auto const before = log.count();
    in.start(data);
    for (;;) {
        auto const r = in.next();
        if (!r) {
            out.how = to_text(r.error());
            require(is_json_error(r.error()) || r.error().code == errc::error_event, "a failure of reading");
            require(!*in.next(), "after a failure there is nothing");
            break;
        }
        if (!*r)
            break;
        out.chunks.push_back(in.chunk());
    }
    out.diagnostics = log.count() - before;
    return out;
}

// @param before an event that is read before; empty: none
seen read(std::string_view data, bool strict, std::string_view before = {})
{
    diagnostics log;
    auto o = json::read_options::for_answers();
    o.strict = strict;
    json::chunk_reader<> in(&log, o);
    if (!before.empty())
        read(in, log, before);
    auto out = read(in, log, data);
    auto const after = read(in, log, full);
    require(after.how.empty() && after.chunks.size() == 1 && after.diagnostics == 0, "the next event is read");
    static chunk const expected = json::read<chunk>(full).value();
    require(after.chunks.front() == expected, "the next event is read as by a new reader");
    return out;
}

std::string to_text(seen const& s)
{
    std::string out;
    for (auto const& c : s.chunks)
        out += json::to_text(c) + '\n';
    return out + s.how;
}

void run(std::string_view input)
{
    auto const lenient = read(input, false), strict = read(input, true);
    if (lenient.diagnostics == 0) {
        require_equal(to_text(lenient), to_text(strict), "what is by the book is the same in strict mode");
        require(lenient.chunks == strict.chunks, "what is by the book is the same in strict mode");
    } else {
        require(!strict.how.empty(), "what is not by the book is refused in strict mode");
    }
    require(strict.diagnostics == 0, "strict mode tolerates nothing");

    auto const reused = read(input, false, before);
    require_equal(to_text(lenient), to_text(reused), "memory that was used before makes no difference");
    // (a number that is none, which has a diagnostic, does not equal itself)
    require(lenient.diagnostics != 0 || lenient.chunks == reused.chunks,
            "memory that was used before makes no difference");

    for (auto const& c : lenient.chunks)
        check_written(c, json::read_options::for_answers(), lenient.diagnostics == 0);
}

registered const chunk_target("chunk", &run);

} // namespace fuzz_chunk
