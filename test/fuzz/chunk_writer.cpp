// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
//
// Invariant: for any sequence of chunks (one a line, in JSON, read leniently, and each then with other texts, cut out
// of the input at any byte),
// - a writer that has written those before appends what one appends that has written none, and what the general writer
//   and the event writer make of the chunk, with and without a frame;
// - so it does where it is told that only the choices have changed.
#include "target.hpp"

#include <chatwire/json/chunk_reader.hpp>
#include <chatwire/json/chunk_writer.hpp>
#include <chatwire/sse/writer.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace fuzz_chunk_writer {

using namespace chatwire;
using namespace chatwire::fuzz;

std::vector<chunk> read(std::string_view input)
{
    std::vector<chunk> all;
    json::chunk_reader<> reader;
    while (!input.empty() && all.size() < 200) {
        auto const line = input.substr(0, input.find('\n'));
        input.remove_prefix(std::min(line.size() + 1, input.size()));
        reader.start(line);
        for (auto r = reader.next(); r && *r; r = reader.next())
            all.push_back(reader.chunk());
    }
    return all;
}

// A text, and the padding.
void change_one_text(chunk& c, std::string_view input, dice& d)
{
    auto const piece = [&] { return std::string(input.substr(d.below(input.size() + 1), d.below(40))); };
    if (c.obfuscation)
        c.obfuscation = piece();
    for (auto& choice : c.choices) {
        auto& said = choice.delta;
        if (said.content && said.content->is_string())
            said.content = piece();
        else if (said.reasoning)
            said.reasoning = piece();
    }
}

void change_texts(chunk& c, std::string_view input, dice& d)
{
    auto const piece = [&] {
        auto const at = d.below(input.size() + 1);
        return std::string(input.substr(at, d.below(d.below(4) == 0 ? 300 : 20)));
    };
    if (c.obfuscation)
        c.obfuscation = piece();
    for (auto& choice : c.choices) {
        auto& said = choice.delta;
        if (said.content)
            said.content = piece();
        for (auto* const text : {&said.refusal, &said.reasoning_content, &said.reasoning})
            if (*text)
                *text = piece();
        for (auto& call : said.tool_calls)
            if (call.function && call.function->arguments)
                call.function->arguments = piece();
    }
}

enum class changed { anything, choices, text };

class writers {
public:
    void check(chunk const& c, changed what_changed)
    {
        auto const text = json::to_text(c);
        std::string expected;
        sse::write_data(expected, text);
        write(events_, c, what_changed, expected, "an event is the same whatever was written before");
        write(bare_, c, what_changed, text, "JSON is the same whatever was written before");
        json::chunk_writer<> fresh(&sse::write_data);
        write(fresh, c, changed::anything, expected, "an event is the same when it is the first");
    }

private:
    void write(json::chunk_writer<>& w, chunk const& c, changed what_changed, std::string_view expected,
               std::string_view what)
    {
        auto const start = out_.size();
        switch (what_changed) {
        case changed::anything: w.write(out_, c); break;
        case changed::choices: w.write_next(out_, c); break;
        case changed::text: w.write_text(out_, c); break;
        }
        require_equal(std::string_view(out_).substr(start), expected, what);
        if (out_.size() > 100'000)
            out_ = "x"; // with little room
    }

    json::chunk_writer<> events_{&sse::write_data};
    json::chunk_writer<> bare_{};
    std::string out_{};
};

void run(std::string_view input)
{
    dice d(input);
    writers all;
    auto const chunks = read(input);
    for (auto const& c : chunks) {
        all.check(c, changed::anything);
        auto other = c;
        auto const either = [&] { return d.below(2) == 0 ? changed::choices : changed::anything; };
        for (int i = 0; i < 3; ++i) {
            change_texts(other, input, d);
            all.check(other, either());
            change_one_text(other, input, d);
            all.check(other, changed::text);
        }
        other.choices = chunks[d.below(chunks.size())].choices;
        all.check(other, either());
    }
}

registered const chunk_writer_target("chunk_writer", &run);

} // namespace fuzz_chunk_writer
