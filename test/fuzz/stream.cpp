// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
//
// Invariant: for any body of an answer, whether its media type says stream, JSON or nothing,
// - chunks, end and diagnostics are the same however the bytes are cut, but for one diagnostic's excerpt;
// - a stream has exactly one end, the last of all; only one that is no success has an error, and only whole choices
// make
//   a success: folding the chunks agrees about that, and adds or loses no byte of the text;
// - whoever wanted a completion gets the one that folding the stream gives, and nothing where the stream was none;
// - strict mode ends as lenient mode does where nothing was tolerated, and without success where something was;
// - a body that is cut short is never a success that the whole was not, unless every choice had been finished.
#include "json_texts.hpp"

#include <chatwire/client/exchange.hpp>
#include <chatwire/json/chunk.hpp>
#include <chatwire/json/completion.hpp>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace fuzz_stream {

using namespace chatwire;
using namespace chatwire::fuzz;

struct seen {
    bool begun = false;
    std::vector<chunk> chunks{};
    std::optional<completion> whole{};
    std::optional<stream_end> end{};
    std::optional<failure> refusal{};
    std::uint64_t diagnostics = 0;
    std::string log{};

    bool success() const { return end ? end->success() : !refusal; }
};

std::string to_text(seen const& s)
{
    std::string out = s.begun ? "begin\n" : "";
    for (auto const& c : s.chunks)
        out += json::to_text(c) + '\n';
    if (s.whole)
        out += json::to_text(*s.whole) + '\n';
    if (s.end)
        out += "end " + std::string(chatwire::to_string(s.end->how)) +
               (s.end->error ? ' ' + fuzz::to_text(*s.end->error) : "") + '\n';
    if (s.refusal)
        out += "refused " + fuzz::to_text(*s.refusal) + '\n';
    return out + s.log;
}

http::response_head head_of(std::string_view media_type)
{
    http::response_head h;
    if (!media_type.empty())
        (void)h.fields.insert("Content-Type", media_type);
    return h;
}

seen read(cuts const& pieces, std::string_view media_type, client_call::answer expects, bool strict)
{
    client_options o;
    o.strict = strict;
    auto const log = std::make_shared<diagnostics>();
    log->max_kept = 1 << 20;
    client_exchange<> in(o, expects, log);
    seen out;
    auto const take = [&] {
        for (;;) {
            auto e = in.next_event();
            if (!e) {
                require(!out.refusal && !out.end && out.chunks.empty(), "a refusal is all there is");
                out.refusal = e.error();
                break;
            }
            if (!*e)
                break;
            require(!out.end && !out.refusal, "nothing comes after the end");
            auto& event = **e;
            if (std::holds_alternative<stream_begin>(event)) {
                require(!out.begun && out.chunks.empty(), "a stream has one beginning");
                out.begun = true;
            } else if (auto* c = std::get_if<chunk>(&event))
                out.chunks.push_back(std::move(*c));
            else if (auto* w = std::get_if<completion>(&event)) {
                require(!out.whole && out.chunks.empty(), "a completion comes alone");
                out.whole = std::move(*w);
            } else if (auto* end = std::get_if<stream_end>(&event))
                out.end = std::move(*end);
        }
    };
    in.head(head_of(media_type));
    take();
    for (auto const piece : pieces) {
        if (in.done())
            break;
        in.body(piece);
        take();
    }
    if (!in.done()) {
        in.end();
        take();
    }
    require(in.done(), "after the end of the body the answer is over");
    if (expects == client_call::answer::stream)
        require(out.end || out.refusal, "a stream has an end");
    else
        require(out.whole.has_value() != out.refusal.has_value(), "a completion, or why there is none");
    if (out.end)
        require(out.end->success() != out.end->error.has_value(), "an end that is no success says why");
    out.diagnostics = log->count();
    // of an answer that is of another kind than was asked for, the excerpt is what had come when that was seen
    for (auto const& d : log->kept())
        out.log += "diagnostic " + d.code + ' ' + std::to_string(d.offset) + ' ' +
                   (d.code.starts_with("answer_") ? "" : d.excerpt) + '\n';
    return out;
}

// What the chunks add up to; nothing where that is beyond the limits.
std::optional<accumulator<>> fold(seen const& s)
{
    accumulator<> all;
    std::vector<std::pair<std::int64_t, std::string>> texts;
    for (auto const& c : s.chunks) {
        if (all.add(c))
            return std::nullopt;
        for (auto const& choice : c.choices) {
            auto at = std::find_if(texts.begin(), texts.end(), [&](auto const& t) { return t.first == choice.index; });
            if (at == texts.end())
                at = texts.insert(texts.end(), {choice.index, ""});
            at->second += choice.delta.text();
        }
    }
    auto const whole = all.snapshot();
    require(whole.choices.size() == texts.size(), "folding has every choice");
    for (auto const& [index, text] : texts)
        for (auto const& choice : whole.choices)
            if (choice.index == index)
                require_equal(choice.message.text(), text, "folding has every byte of the text");
    return all;
}

void run(std::string_view input)
{
    using answer = client_call::answer;
    constexpr std::string_view types[] = {"text/event-stream", "application/json", ""};
    auto const type = types[dice(input).below(3)];
    same_however_cut(input, "an answer that ought to be a completion",
                     [&](cuts const& pieces) { return to_text(read(pieces, type, answer::completion, false)); });
    same_however_cut(input, "an answer that ought to be a stream",
                     [&](cuts const& pieces) { return to_text(read(pieces, type, answer::stream, false)); });
    same_however_cut(input, "an answer that ought to be a stream, strictly",
                     [&](cuts const& pieces) { return to_text(read(pieces, type, answer::stream, true)); });

    auto const s = read({input}, "text/event-stream", answer::stream, false);
    auto const strict = read({input}, "text/event-stream", answer::stream, true);
    if (s.diagnostics == 0)
        require_equal(to_text(s), to_text(strict), "what is by the book is the same in strict mode");
    else
        require(!strict.success(), "what is not by the book is no success in strict mode");

    if (!s.end || s.whole)
        return;
    auto const folded = fold(s);
    if (!folded)
        return;
    using chatwire::how;
    auto const h = s.end->how;
    require((h != how::finished && h != how::finished_without_done) || folded->complete(), "finished is finished");
    require(h != how::done_without_finish_reason || !folded->complete(), "what is not finished is not called so");

    auto const wanted = read({input}, "text/event-stream", answer::completion, false);
    if (wanted.whole) {
        require(s.success(), "a completion is made of a whole stream only");
        require_equal(json::to_text(*wanted.whole), json::to_text(folded->snapshot()), "the completion is the fold");
    } else {
        require(!s.success() || folded->empty(), "of a whole stream a completion is made");
    }

    auto const cut = dice(input).below(input.size() + 1);
    auto const shorter = read({input.substr(0, cut)}, "text/event-stream", answer::stream, false);
    if (shorter.end && shorter.success() && shorter.end->how == how::finished_without_done)
        require(fold(shorter)->complete(), "what is cut short is a success only if every choice was finished");
}

registered const stream_target("stream", &run);

} // namespace fuzz_stream
