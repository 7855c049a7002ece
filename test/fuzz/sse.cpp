// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
//
// Invariant: for any bytes,
// - the events, the diagnostics and everything else the parser tells are the same however the bytes are cut;
// - by the letter of the standard (options::strict) they are those of a reader that is nothing but the standard's
//   algorithm, line by line over the whole text;
// - an event's type, data and id hold no byte that they cannot hold, its data stands where it says, and nothing is
//   larger than its limit;
// - an event that was read can be written, and what was written is read as that event.
#include "target.hpp"

#include <chatwire/sse/parser.hpp>
#include <chatwire/sse/writer.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fuzz_sse {

using namespace chatwire;
using namespace chatwire::fuzz;

struct seen {
    std::vector<sse::event> events{};
    std::string rest{}; // what else there is to tell
};

seen read(cuts const& pieces, sse::options const& o)
{
    diagnostics log;
    log.max_kept = 1 << 20;
    sse::parser in(o, &log);
    seen out;
    auto const take = [&] {
        sse::event_view e;
        while (in.next(e))
            out.events.emplace_back(e);
    };
    for (auto const piece : pieces) {
        in.feed(piece);
        take();
    }
    in.commit_eof();
    take();
    require(in.done() || in.error(), "after the end the parser is done, or broke a limit");
    sse::event_view e;
    require(!in.next(e), "nothing comes after the end");
    require(in.ignored_text().size() <= sse::parser::max_ignored_text, "what is kept of ignored lines is bounded");

    out.rest = in.error().message() + '|' + std::string(in.last_event_id()) + '|' +
               (in.retry() ? std::to_string(in.retry()->count()) : "") + '|' + std::to_string(in.comments()) + '|' +
               std::to_string(in.ignored_lines()) + '|' + std::string(in.ignored_text());
    for (auto const& d : log.kept())
        out.rest += "\ndiagnostic " + d.code + ' ' + std::to_string(d.offset) + ' ' + d.excerpt;
    return out;
}

std::string to_text(sse::event const& e)
{
    return "event " + e.type + '|' + e.id + '|' + std::to_string(e.offset) + (e.terminated ? "|" : "|cut|") + e.data;
}

std::string to_text(seen const& s)
{
    std::string out;
    for (auto const& e : s.events)
        out += to_text(e) + '\n';
    return out + s.rest;
}

// WHATWG HTML, 9.2.6, as it stands there.
std::vector<sse::event> by_the_letter(std::string_view text)
{
    std::vector<sse::event> events;
    std::size_t at = text.starts_with("\xEF\xBB\xBF") ? 3 : 0;
    sse::event now;
    std::optional<std::string> data;
    now.type.clear();
    while (at < text.size()) {
        auto const end = text.find_first_of("\r\n", at);
        if (end == text.npos)
            break; // the last line has no end
        auto const line = text.substr(at, end - at);
        auto const line_at = at;
        at = end + (text.substr(end).starts_with("\r\n") ? 2 : 1);
        if (line.empty()) {
            if (data) {
                auto e = now;
                e.data = *data;
                if (e.type.empty())
                    e.type = "message";
                events.push_back(e);
            }
            now.type.clear();
            data.reset();
            continue;
        }
        if (line.front() == ':')
            continue;
        auto const colon = line.find(':');
        auto const name = line.substr(0, colon);
        auto value_at = colon == line.npos ? line.size() : colon + 1;
        if (value_at < line.size() && line[value_at] == ' ')
            ++value_at;
        std::string const value(line.substr(value_at));
        if (name == "event")
            now.type = value;
        else if (name == "id" && value.find('\0') == value.npos)
            now.id = value;
        else if (name == "data") {
            if (!data)
                now.offset = line_at + value_at;
            data = data ? *data + '\n' + value : value;
        }
    }
    return events;
}

void check_event(sse::event const& e, std::string_view input, sse::limits const& l)
{
    using namespace std::string_view_literals;
    require(!e.type.empty() && e.type.find_first_of("\r\n") == e.type.npos, "a type is one line");
    require(e.id.find_first_of("\r\n\0"sv) == e.id.npos, "an id is one line without NUL");
    require(e.data.find('\r') == e.data.npos, "no CR in data");
    require(e.data.size() <= std::max(l.max_event, l.max_line), "data is bounded");
    require(e.type.size() <= l.max_line && e.id.size() <= l.max_line, "type and id are bounded");
    auto const first = std::string_view(e.data).substr(0, e.data.find('\n'));
    require(e.offset <= input.size() && input.substr(e.offset, first.size()) == first, "data stands where it says");

    std::string written;
    require(!sse::write_event(written, e.view()), "an event that was read can be written");
    auto const again = read({written}, sse::options::strict());
    require(again.events.size() == 1, "one event is written for one");
    auto expected = e;
    expected.offset = again.events.front().offset;
    expected.terminated = true;
    require_equal(to_text(again.events.front()), to_text(expected), "what was written is read as the same");
}

void run(std::string_view input)
{
    sse::options const narrow{.limits = {.max_line = 24, .max_event = 40}};
    for (auto const& o : {sse::options{}, sse::options::strict(), narrow}) {
        same_however_cut(input, "SSE", [&](cuts const& pieces) { return to_text(read(pieces, o)); });
        for (auto const& e : read({input}, o).events)
            check_event(e, input, o.limits);
    }
    std::string ours, theirs;
    for (auto const& e : read({input}, sse::options::strict()).events)
        ours += to_text(e) + '\n';
    for (auto const& e : by_the_letter(input))
        theirs += to_text(e) + '\n';
    require_equal(ours, theirs, "strict is the standard");

    // any text at all is carried as data, but for its line ends, and as a comment it says nothing
    std::string carried;
    sse::write_comment(carried, input);
    sse::write_data(carried, input);
    sse::write_comment(carried, input);
    std::string plain;
    for (std::size_t i = 0; i < input.size(); ++i)
        if (input[i] != '\r')
            plain += input[i];
        else if (!input.substr(i).starts_with("\r\n"))
            plain += '\n';
    auto const got = read({carried}, {});
    require(got.events.size() == 1 && got.events.front().terminated, "data is one event, comments are none");
    require_equal(got.events.front().data, plain, "data is carried as it is");
}

registered const sse_target("sse", &run);

} // namespace fuzz_sse
