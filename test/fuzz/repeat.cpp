// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
//
// Invariant: for any lines, each the data of an event of one stream and each sent twice,
// - a decoder that learns the texts of events gives the same chunks, diagnostics and end as one that reads each event
//   whole; however the bytes are cut, and whether they are lent or copied;
// - so does a reader of chunks alone.
#include "target.hpp"

#include <chatwire/client/stream_decoder.hpp>
#include <chatwire/json/writer.hpp>

#include <string>
#include <string_view>

namespace fuzz_repeat {

using namespace chatwire;
using namespace chatwire::fuzz;

std::string to_text(diagnostics const& log)
{
    std::string out;
    for (auto const& d : log.kept())
        out += d.code + ' ' + std::to_string(d.offset) + ' ' + d.excerpt + '\n';
    return out + std::to_string(log.count());
}

std::string decode(cuts const& pieces, bool learn, bool lend)
{
    diagnostics log;
    log.max_kept = 1 << 20;
    stream_decoder in({.learn = learn}, &log);
    std::string out;
    auto const take = [&] {
        for (;;)
            switch (in.next()) {
            case decoded::chunk: out += std::to_string(in.offset()) + ' ' + json::to_text(in.chunk()) + '\n'; break;
            case decoded::end:
                out += std::string(chatwire::to_string(in.end().how)) +
                       (in.end().error ? ' ' + fuzz::to_text(*in.end().error) : "") + '\n';
                break;
            default: return;
            }
    };
    for (auto const piece : pieces) {
        std::string const own(piece); // gone as soon as it may be
        lend ? in.lend(own) : in.feed(own);
        take();
    }
    in.commit_eof();
    take();
    return out + to_text(log);
}

std::string read(std::string_view lines, bool learns)
{
    diagnostics log;
    log.max_kept = 1 << 20;
    json::chunk_reader<> in(&log, json::read_options::for_answers(), learns);
    std::string out;
    while (!lines.empty()) {
        auto const line = lines.substr(0, lines.find('\n'));
        lines.remove_prefix(std::min(line.size() + 1, lines.size()));
        in.start(line);
        for (;;) {
            auto const r = in.next();
            if (!r)
                out += fuzz::to_text(r.error()) + '\n';
            if (!r || !*r)
                break;
            out += json::to_text(in.chunk()) + '\n';
        }
    }
    return out + to_text(log);
}

void run(std::string_view input)
{
    std::string lines, body;
    for (auto rest = input; !rest.empty();) {
        auto const line = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(std::min(line.size() + 1, rest.size()));
        for (int twice = 0; twice < 2; ++twice) {
            lines.append(line).append("\n");
            body.append("data: ").append(line).append("\n\n");
        }
    }
    require_equal(read(lines, true), read(lines, false), "what was learnt makes no difference to chunks");
    auto const ways = ways_to_cut(body);
    auto const expected = decode(ways.front(), false, false);
    for (auto const& way : ways)
        for (bool const lend : {false, true})
            require_equal(decode(way, true, lend), expected, "what was learnt makes no difference");
}

registered const repeat_target("repeat", &run);

} // namespace fuzz_repeat
