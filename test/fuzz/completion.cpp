// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
//
// Invariant: for any body of an answer,
// - it is a completion or a failure that says so, the same whenever it is read; a completion has a choice;
// - strict mode refuses exactly what has a diagnostic in lenient mode, and takes the rest as the same completion;
// - a completion that was read is written as JSON, by another parser's judgement too, which is read as the same one;
// - one that came in place of a stream becomes a chunk, which is folded to a completion with the same choices.
#include "json_texts.hpp"

#include <chatwire/chat/accumulator.hpp>
#include <chatwire/client/as_chunk.hpp>
#include <chatwire/json/chunk.hpp>
#include <chatwire/json/completion_reader.hpp>

#include <string>
#include <string_view>

namespace fuzz_completion {

using namespace chatwire;
using namespace chatwire::fuzz;

void run(std::string_view input)
{
    auto const o = json::read_options::for_answers();
    diagnostics log;
    auto const c = json::read_completion(input, &log, o);

    auto strict = o;
    strict.strict = true;
    diagnostics strict_log;
    auto const by_the_book = json::read_completion(input, &strict_log, strict);
    require(strict_log.count() == 0, "strict mode tolerates nothing");
    if (c && log.count() == 0)
        require(by_the_book && *by_the_book == *c, "what is by the book is the same in strict mode");
    else
        require(!by_the_book, "what is not by the book is refused in strict mode");

    if (!c) {
        require(is_json_error(c.error()) || c.error().code == errc::refused, "a failure of reading");
        require(is_json_error(by_the_book.error()) || by_the_book.error().code == errc::refused, "the same, strictly");
        return;
    }
    require(!c->choices.empty(), "a completion has a choice");
    check_written(*c, o, false); // some members that are not there are written as null

    auto const piece = as_chunk(*c);
    as_json(json::to_text(piece), "a completion's chunk is JSON");
    accumulator<> whole;
    if (!whole.add(piece)) {
        auto const folded = whole.take();
        require(folded.choices.size() <= c->choices.size(), "folding makes no choices");
        require_equal(folded.id, c->id, "folding keeps the id");
        require_equal(folded.model, c->model, "folding keeps the model");
        as_json(json::to_text(folded), "what was folded is JSON");
        auto const& first = c->choices.front();
        for (auto const& choice : folded.choices)
            if (c->choices.size() == 1) {
                require(choice.index == first.index, "folding keeps the index");
                require_equal(choice.message.text(), first.message.text(), "folding keeps the text");
                require(choice.message.tool_calls.size() == first.message.tool_calls.size(), "folding keeps the calls");
            }
    }
}

registered const completion_target("completion", &run);

} // namespace fuzz_completion
